# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the first bytes of a file show, whatever it is called, and that nothing in them can do harm."""

import gzip
import io
import pickle
import random
import tarfile
import zipfile

import pytest

from rules.materials.committed import archives, magic
from rules.materials.committed.magic import Shown


def a_zip(*names: str, body: bytes = b"x" * 10, kind: int = zipfile.ZIP_STORED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", kind) as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), body, kind)
    return held.getvalue()


def a_gzip(name: str) -> bytes:
    held = io.BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=held, mtime=0) as archive:
        archive.write(b"x")
    return held.getvalue()


def a_tar() -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a"))
    return held.getvalue()


@pytest.mark.parametrize(
    ("start", "shown"),
    [
        (b"PAR1\x15\x04", Shown("Parquet")),
        (b"ARROW1\0\0", Shown("Arrow")),
        (b"\x89HDF\r\n\x1a\n\0", Shown("HDF5", container=True)),
        (b"\x93NUMPY\x01\0", Shown("NumPy")),
        (b"Obj\x01\x04", Shown("Avro")),
        (b"ORC\x0a\0", Shown("ORC")),
        (b"SQLite format 3\0\x10", Shown("SQLite", container=True)),
        (b"GGUF\x03\0\0\0", Shown("GGUF")),
        (b"\x1c\0\0\0TFL3\x14", Shown("TensorFlow Lite")),
        (b"\0" * 128 + b"DICM", Shown("medical images")),
        (b'\x40\0\0\0\0\0\0\0{"a":{"dtype":', Shown("safetensors")),
        (b'\xff\0\0\0\0\0\0\xff{"a', None),
        (b'\x01\0\0\0\0\0\0\0{"a', None),
        (b"\x40\0\0\0\0\0\0\0{x", None),
        (b'\x40\0\0\0\0\0\0\0["a', None),
        (pickle.dumps({"a": 1}, 2), Shown("Python pickle")),
        (pickle.dumps([1, 2, 3], 5), Shown("Python pickle")),
        (b"\x80\x09\x95", None),
        (b"\x80\x02\xff", None),
        (b"\x80\x02", None),
        (a_zip("archive/data.pkl", "archive/data/0"), Shown("PyTorch")),
        (a_zip("data", "policy.pth"), Shown("PyTorch")),
        (a_zip("a.py", "policy.pth"), Shown("ZIP archive", container=True)),
        (a_zip("metadata.json", "config.json", "model.weights.h5"), Shown("Keras")),
        (a_zip("x.npy", "y.npy"), Shown("NumPy")),
        (a_zip("x.npy", "y.txt"), Shown("ZIP archive", container=True)),
        (b"PK\x03\x04", Shown("ZIP archive", container=True)),
        (a_gzip("a.csv"), Shown("compressed file", container=True)),
        (a_tar(), Shown("tar archive", container=True)),
        (b"\x7fELF\x02\x01", None),
        (b"\x89PNG\r\n\x1a\n\0", None),
        (b"\0" * 4096, None),
        (b"", None),
    ],
)
def test_first_bytes_show_a_format(start: bytes, shown: Shown | None) -> None:
    assert magic.of_start(start[:4096]) == shown


def test_names_in_a_zip_are_read_as_far_as_their_headers_stand_there() -> None:
    whole = a_zip("a/b.csv", "c.txt", "d.bin", body=b"x" * 1000)
    assert list(archives.names_in_zip(whole)) == ["a/b.csv", "c.txt", "d.bin"]
    assert list(archives.names_in_zip(whole[:2000])) == ["a/b.csv", "c.txt"]
    assert list(archives.names_in_zip(whole[:20])) == []


def test_at_most_a_hundred_names_are_read() -> None:
    assert len(list(archives.names_in_zip(a_zip(*(f"{n}" for n in range(300)), body=b"")))) == 100


def test_a_zip_written_as_a_stream_names_the_next_file_behind_a_gap() -> None:
    header = b"PK\x03\x04" + b"\x14\0\x08\0\0\0" + b"\0" * 16 + b"\x01\0\0\0"
    assert list(archives.names_in_zip(header + b"a" + b"data" + header + b"b" + b"more")) == ["a", "b"]


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (a_gzip("users.csv"), "users.csv"),
        (gzip.compress(b"x", mtime=0), ""),
        (b"\x1f\x8b\x08\x0c\0\0\0\0\0\xff\x02\0zz" + b"a.csv\0", "a.csv"),
        (b"\x1f\x8b\x08\x08", ""),
        (b"PAR1", ""),
        (b"\x1f\x8b\x08\x08\0\0\0\0\0\xff" + b"a" * 4000, "a" * 255),
    ],
)
def test_a_gzip_may_name_what_it_holds(start: bytes, name: str) -> None:
    assert archives.name_in_gzip(start) == name


@pytest.mark.parametrize(
    ("names", "none"),
    [
        (["[Content_Types].xml", "word/document.xml"], True),
        (["META-INF/MANIFEST.MF", "a/B.class"], True),
        (["pkg/", "pkg/a.py", "pkg/README.md", "pkg/config.json"], True),
        (["pkg/a.py", "pkg/fonts/a.woff"], True),
        (["pkg/a.py", "pkg/data.csv"], False),
        (["pkg/a.py", "pkg/a.parquet"], False),
        (["pkg/a.py", "pkg/a.png"], False),
        (["a/1.txt", "a/2.txt"], False),
        ([], False),
    ],
)
def test_the_names_in_a_zip_may_show_that_there_is_no_data_in_it(names: list[str], *, none: bool) -> None:
    assert archives.holds_no_data(a_zip(*names)) is none


def test_arbitrary_bytes_do_no_harm() -> None:
    chance = random.Random(7)
    for begin in (b"", b"PK\x03\x04", b"\x1f\x8b\x08\x0c", b"\x80\x04", b"PK\x03\x04" * 500):
        for _ in range(200):
            start = begin + chance.randbytes(chance.randrange(100))
            magic.of_start(start)
            archives.name_in_gzip(start)
            archives.holds_no_data(start)
