# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a pickle would import is told from its first bytes, wrapped or not, and nothing of it ever runs."""

import collections
import gzip
import io
import os
import pickle
import pickletools
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.materials.committed import pickles
from rules.materials.committed.pickles import Imports, imports
from tests.materials.starts import STARTS

SYSTEM = f"{os.system.__module__}.system"
HEADER = b"\x93NUMPY\x01\x00"


class Evil:
    """To load it is to run a command."""

    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, (self.command,)


def evil(protocol: int = 4) -> bytes:
    return pickle.dumps(Evil("false"), protocol)


def zipped(name: str, content: bytes, method: int = zipfile.ZIP_STORED, before: bytes = b"") -> bytes:
    """An archive with one file, or with another before it."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", method) as writing:
        if before:
            writing.writestr("archive/version", before)
        writing.writestr(name, content)
    return archive.getvalue()


def array(descr: str, content: bytes) -> bytes:
    header = f"{{'descr': {descr}, 'fortran_order': False, 'shape': (3,), }}\n".encode()
    return HEADER + struct.pack("<H", len(header)) + header + content


# -- a malicious one ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("protocol", range(6))
def test_a_command_is_told_and_never_run(protocol: int, tmp_path: Path) -> None:
    mark = tmp_path / "it ran"
    harm = pickle.dumps(Evil(f"touch '{mark}'"), protocol)
    assert imports(harm) == Imports((SYSTEM,), (SYSTEM,), whole=True)
    assert not mark.exists()
    pickle.loads(harm)
    assert mark.exists(), "the pickle would have run, had anybody loaded it"


WRAPPED = {
    "zip, stored": zipped("archive/data.pkl", evil(2)),
    "zip, deflated": zipped("archive/data.pkl", evil(2), zipfile.ZIP_DEFLATED),
    "zip, behind another file": zipped("archive/data.pkl", evil(), before=b"3\n"),
    "zip in a zip": zipped("policy.pth", zipped("archive/data.pkl", evil())),
    "array in a zip": zipped("x.npy", array("'|O'", evil())),
    "array of objects": array("'|O'", evil()),
    "array with a field of objects": array("[('id', '<i8'), ('row', '|O')]", evil()),
    "gzip": gzip.compress(evil()),
    "zlib, as joblib writes it": zlib.compress(evil(), 3),
    "behind a harmless one": pickle.dumps([1, 2]) + evil(),
    "before one that asks for nothing": evil() + b"\x80\x04\x93.",
    "cut in the middle": evil() + b"\x80\x04\x8c\xff...",
    "before bytes that are none": evil() + b"\x00\xff" * 30,
}


@pytest.mark.parametrize("start", WRAPPED.values(), ids=WRAPPED)
def test_a_wrapping_does_not_hide_it(start: bytes) -> None:
    found = imports(start)
    assert found is not None
    assert found.dangerous == (SYSTEM,)


def test_a_size_of_zero_in_an_archive_hides_nothing() -> None:
    """Writers that stream put the size behind the content; a liar may put any number there."""
    archive = bytearray(zipped("archive/data.pkl", evil()))
    archive[18:26] = struct.pack("<II", 0, 0)
    found = imports(bytes(archive))
    assert found is not None
    assert found.dangerous == (SYSTEM,)


# -- what is told -------------------------------------------------------------------------------------------------

ORDERED = "collections.OrderedDict"
TOLD = {
    "plain values": (pickle.dumps({"a": [1, 2.5, None]}), Imports((), (), whole=True)),
    "a class of the library": (pickle.dumps(collections.OrderedDict(a=1)), Imports((ORDERED,), (), whole=True)),
    "of the oldest protocol": (pickle.dumps(collections.OrderedDict(), 0), Imports((ORDERED,), (), whole=True)),
    "PyTorch": (STARTS["torch-zip"], Imports((ORDERED, "torch._utils._rebuild_tensor_v2"), (), whole=False)),
    "PyTorch before 1.6": (
        STARTS["torch-legacy"],
        Imports((ORDERED, "torch._utils._rebuild_tensor_v2"), (), whole=False),
    ),
    "scikit-learn": (
        STARTS["pickle-sklearn"],
        Imports(("sklearn.linear_model._logistic.LogisticRegression",), (), whole=True),
    ),
    "cut at its beginning": (b"\x80\x04", Imports((), (), whole=False)),
    "garbage behind the mark": (b"\x80\x04\xff\xff", Imports((), (), whole=False)),
    "an array of objects, cut before them": (array("'|O'", b""), Imports((), (), whole=False)),
    "as long as what is seen": (
        pickle.dumps(b"x" * (4096 - 18)) + evil(),
        Imports((), (), whole=False),
    ),
}


@pytest.mark.parametrize(("start", "told"), TOLD.values(), ids=TOLD)
def test_what_would_be_imported_is_told(start: bytes, told: Imports) -> None:
    assert imports(start) == told


NONE = {
    "nothing": b"",
    "an image": STARTS["png"],
    "an array of numbers": STARTS["npy"],
    "a header of an array without its end": HEADER,
    "weights": STARTS["safetensors"],
    "an archive of texts": zipped("a.txt", b"hello\n", zipfile.ZIP_DEFLATED),
    "an archive by a method that few know": zipped("a.pkl", evil(), zipfile.ZIP_BZIP2),
    "an archive cut in its header": b"PK\x03\x04\x14\x00",
    "a header far beyond the end": b"PK\x03\x04" + b"\xff" * 26,
    "damaged compression": zlib.compress(evil())[:2] + b"\xff" * 50,
    "a text that reads like instructions": b"import os\nprint(1)\n",
    "words": b"cats\nand\ndogs\n",
    "a number": b"0.5",
}


@pytest.mark.parametrize("start", NONE.values(), ids=NONE)
def test_what_is_no_pickle_is_none(start: bytes) -> None:
    assert imports(start) is None


# -- bounds -------------------------------------------------------------------------------------------------------


def text(word: str) -> bytes:
    return b"X" + struct.pack("<I", len(word.encode())) + word.encode()


def asking(*names: tuple[str, str]) -> bytes:
    """A pickle that asks for these names, each by its module, and does nothing with them."""
    return b"\x80\x04" + b"".join(text(module) + text(name) + b"\x93" for module, name in names) + b"."


def test_names_are_few_and_those_that_do_harm_come_first() -> None:
    found = imports(asking(*((f"m{number}", "f") for number in range(100)), ("os", "system"), ("pty", "spawn")))
    assert found is not None
    assert found.dangerous == ("os.system", "pty.spawn")
    assert found.names[:3] == ("os.system", "pty.spawn", "m0.f")
    assert len(found.names) == pickles.MOST_NAMES


def test_names_are_short_and_can_be_printed() -> None:
    found = imports(asking(("m" * 500, "f"), ("\x1b[2J\u202e\n", "f")))
    assert found is not None
    assert found.names == ("\\x1b[2J\\u202e\\n.f", "m" * pickles.LONGEST_NAME)


def test_a_name_that_only_shows_while_loading_counts_as_harm() -> None:
    found = imports(b"\x80\x04" + b"h\x00q\x00" * 900 + b"\x93" * 100 + b".")
    assert found is not None
    assert "unknown.unknown" in found.dangerous


def test_no_more_than_its_beginning_is_read() -> None:
    assert imports(b"\x80\x04" + b"0" * 5000 + evil()) == Imports((), (), whole=False)


def test_archives_and_pickles_without_end_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pickles, "MOST_PICKLES", 3)
    assert imports(pickle.dumps(1) * 2 + evil()) == Imports((SYSTEM,), (SYSTEM,), whole=True)
    assert imports(pickle.dumps(1) * 3 + evil()) == Imports((), (), whole=False)
    members = b"".join(zipped("a.pkl", evil())[:60] for _ in range(60))
    assert imports(members) is not None


def test_the_library_is_not_loaded_for_what_imports_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pickles, "_library", lambda: pytest.fail("the library is asked"))
    assert imports(b"import os\n") is None
    assert imports(pickle.dumps({"a": [1, 2.5]})) == Imports((), (), whole=True)


COSTLY = {
    "names of a thousand parts": b"\x80\x04" + text("a." * 1000) + b"\x94" + b"h\x00\x8c\x01f\x93" * 300,
    "numbers of thousands of digits": b"\x80\x04\x8b\xa0\x06\0\0" + b"\x7f" * 0x6A0 + b"\x94" + b"h\x00h\x00\x93" * 400,
}


@pytest.mark.parametrize("start", COSTLY.values(), ids=COSTLY)
def test_what_would_take_long_is_left(start: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pickles, "_library", lambda: pytest.fail("the library is asked"))
    assert imports(start) == Imports((), (), whole=False)


BOMBS = {
    "a text of exabytes": b"\x80\x04\x8d" + struct.pack("<Q", 2**62),
    "bytes of exabytes": b"\x80\x05\x8e" + struct.pack("<Q", 2**63 - 1),
    "a number of gigabytes": b"\x80\x04\x8b" + struct.pack("<i", 2**31 - 1),
    "a number of less than nothing": b"\x80\x04\x8b" + struct.pack("<i", -1),
    "a frame of exabytes": b"\x80\x04\x95" + struct.pack("<Q", 2**63),
    "nothing but memos": b"\x80\x04" + b"\x94" * 4000 + b"\x93" * 90,
    "lists in lists": b"\x80\x04" + b"](" * 2000 + b".",
    "doubled a thousand times": b"\x80\x04" + b"]" + b"2\x86" * 2000 + b".",
    "zeros in an archive": zipped("archive/data.pkl", b"\x80\x04" + b"0" * 50_000_000, zipfile.ZIP_DEFLATED),
    "zeros in a gzip": gzip.compress(b"\x80\x04" + b"\x00" * 50_000_000),
}


@pytest.mark.parametrize("start", BOMBS.values(), ids=BOMBS)
def test_bombs_do_not_go_off(start: bytes) -> None:
    found = imports(start)
    assert found is not None
    assert not found.names


@given(st.binary(max_size=4096))
def test_no_bytes_crash_it(data: bytes) -> None:
    imports(data)
    imports(b"\x80\x04" + data)
    imports(b"PK\x03\x04" + data)


@pytest.mark.filterwarnings("ignore:invalid escape sequence")  # pickletools reads texts as Python would
def test_no_instructions_crash_it() -> None:
    codes = [ord(opcode.code) for opcode in pickletools.opcodes] + [ord("\n")] * 20
    chance = random.Random(6)
    for _ in range(300):
        imports(bytes([0x80, 4, *chance.choices(codes, k=chance.choice([5, 50, 4000]))]))
