# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import pytest

from bot.checkout.git import CheckoutError
from bot.checkout.objects import beginnings, sizes
from rules.change import Content
from tests.bot.checkout.conftest import Repo

KIB = 1024
CONTENTS: dict[str, tuple[bytes, Content]] = {
    "an empty file": (b"", Content("", whole=True)),
    "a short file": (b"# a line\n", Content("# a line\n", whole=True)),
    "a byte order mark stays": (b"\xef\xbb\xbfx\n", Content("\ufeffx\n", whole=True)),
    "bytes that are not UTF-8": (b"caf\xe9\n", Content("caf\ufffd\n", whole=True)),
    "a file of exactly what is kept": (b"x" * 8 * KIB, Content("x" * 8 * KIB, whole=True)),
    "a file of one byte more": (b"x" * (8 * KIB + 1), Content("x" * 8 * KIB, whole=False)),
    "a character that the cut splits": ("é".encode() * 5 * KIB, Content("é" * (4 * KIB + 1), whole=False)),
    "a character that the file itself cuts off": (b"x\xc3", Content("x\ufffd", whole=True)),
    "a NUL makes it binary": (b"PK\0\x01", Content("", whole=True, binary=True, start=b"PK\0\x01")),
    "a NUL at the last place that counts": (
        b"x" * (8 * KIB - 1) + b"\0",
        Content("", whole=True, binary=True, start=b"x" * 4 * KIB),
    ),
    "a large file": (b"line\n" * 300_000, Content(("line\n" * 300_000)[: 8 * KIB], whole=False)),
    "a large binary file": (b"\0" * 1_500_000, Content("", whole=False, binary=True, start=bytes(4 * KIB))),
}


@pytest.mark.parametrize(("stored", "shown"), CONTENTS.values(), ids=CONTENTS)
def test_the_beginning_of_a_file(repo: Repo, stored: bytes, shown: Content) -> None:
    blob = repo.run("hash-object", "-w", "--stdin", stdin=stored)

    assert sizes(repo.git, [blob]) == {blob: len(stored)}
    assert beginnings(repo.git, {blob: len(stored)}) == {blob: shown}


def test_many_files_come_in_one_go_and_none_is_mixed_up(repo: Repo) -> None:
    texts = {f"{number}.txt": f"{number}\n" * number for number in range(1, 400)}
    repo.commit({**texts})
    listing = [row.split("\t") for row in repo.run("ls-tree", "HEAD").splitlines()]
    blob_of = {path: entry.split()[2] for entry, path in listing}

    shown = beginnings(repo.git, sizes(repo.git, blob_of.values()))

    assert {path: shown[blob].text for path, blob in blob_of.items()} == texts


def test_nothing_asked_is_nothing_answered(repo: Repo) -> None:
    assert sizes(repo.git, []) == {}
    assert beginnings(repo.git, {}) == {}


@pytest.mark.parametrize("size", [5, 2_000_000], ids=["small", "large"])
def test_an_object_that_is_not_there_is_an_error(repo: Repo, size: int) -> None:
    absent = "1" * 40

    with pytest.raises(CheckoutError, match="does not hold every object"):
        sizes(repo.git, [absent])
    with pytest.raises(CheckoutError, match="does not hold every object"):
        beginnings(repo.git, {absent: size})


def test_a_damaged_object_is_an_error(repo: Repo) -> None:
    text = bytes(range(1, 256)) * 2000
    blob = repo.run("hash-object", "-w", "--stdin", stdin=text)
    stored = repo.folder / ".git" / "objects" / blob[:2] / blob[2:]
    stored.chmod(0o644)
    stored.write_bytes(stored.read_bytes()[:60])

    with pytest.raises(CheckoutError, match="does not hold every object"):
        beginnings(repo.git, {blob: len(text)})
