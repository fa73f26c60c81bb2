# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What stands behind small files that stand in place of large ones."""

from typing import Any

import pytest

from rules.change import ChangedFile, Content, FileKind
from rules.materials.committed.pointers import LARGEST, Behind, Pointer, is_dvc, pointer
from tests.rules.materials.committing import POINTER, file

KEY = "SHA256E-s1048576--0123abcd.csv"
LOCK = """schema: '2.0'
stages:
  prepare:
    cmd: x
    deps:
    - path: not/this.csv
      size: 1
    outs:
    - path: data/prepared
      md5: 153a.dir
      size: 8437363
      nfiles: 2
  train:
    outs:
    - path: model.pkl
      size: 952447
  broken: 1
"""


def behind(path: str, text: str, **more: Any) -> Pointer | None:
    return pointer(file(path, text=text, **more))


def test_a_pointer_of_git_lfs_gives_the_size_of_the_file() -> None:
    assert behind("a.csv", POINTER.format(size=123)) == Pointer("Git LFS", (Behind("a.csv", 123),))


def test_a_size_that_no_file_has_is_cut() -> None:
    assert behind("a.csv", POINTER.format(size="9" * 500)) == Pointer("Git LFS", (Behind("a.csv", LARGEST),))


@pytest.mark.parametrize(
    ("text", "size"),
    [
        (f"/annex/objects/{KEY}\n", 1048576),
        (f"/annex/objects/{KEY}", 1048576),
        ("/annex/objects/WORM-s0-m123--a.csv\n", 0),
        ("/annex/objects/URL--http&c%%a.csv\n", None),
    ],
)
def test_an_unlocked_annexed_file_holds_its_key(text: str, size: int | None) -> None:
    assert behind("a.csv", text) == Pointer("git-annex", (Behind("a.csv", size),))


def test_a_locked_annexed_file_is_a_link_to_its_key() -> None:
    target = f"../.git/annex/objects/aa/bb/{KEY}/{KEY}"
    assert behind("a.csv", target, kind=FileKind.SYMLINK) == Pointer("git-annex", (Behind("a.csv", 1048576),))


@pytest.mark.parametrize(
    "text",
    [
        "see /annex/objects/SHA256E-s1--a.csv\n",
        "/annex/elsewhere/a\n",
        "/annex/objects/\n",
        "/annex/objects/" + "A-s1--" * 1000,
        "a,b\n1,2\n",
        "",
    ],
)
def test_other_texts_point_at_nothing(text: str) -> None:
    assert behind("a.csv", text) is None


def test_a_link_to_another_file_points_at_nothing_that_is_kept_elsewhere() -> None:
    assert behind("a.csv", "../b.csv", kind=FileKind.SYMLINK) is None


def test_what_was_not_read_or_is_binary_is_no_pointer() -> None:
    assert pointer(file("a.csv", 100)) is None
    assert pointer(file("a.csv", 100, start=b"\0")) is None


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("data/a.csv.dvc", "outs:\n- md5: 12\n  size: 77\n  path: a.csv\n", [Behind("data/a.csv", 77)]),
        ("a.dvc", "wdir: x/..\nouts:\n- md5: 1.dir\n  path: data\n", [Behind("data", None, folder=True)]),
        ("a.dvc", "outs:\n- nfiles: 3\n  size: 4\n  path: data\n", [Behind("data", 4, folder=True)]),
        ("a.dvc", "outs:\n- path: x\n- path: y\n  size: 2\n", [Behind("x", None), Behind("y", 2)]),
        ("dvc.lock", LOCK, [Behind("data/prepared", 8437363, folder=True), Behind("model.pkl", 952447)]),
        ("a/dvc.lock", "stages: {a: {outs: [{path: m.pt, size: 1}]}}\n", [Behind("a/m.pt", 1)]),
        # What cannot be read stands for the file that it is named for.
        ("data/a.csv.dvc", "outs: [", [Behind("data/a.csv", None)]),
        ("data/a.csv.dvc", "outs: 1\n", [Behind("data/a.csv", None)]),
        ("data/a.csv.dvc", "outs: [1, {path: 1}, {size: 3}]\n", [Behind("data/a.csv", None)]),
        ("data/a.csv.dvc", "", [Behind("data/a.csv", None)]),
        ("a.dvc", "outs:\n- path: x\n  size: true\n", [Behind("x", None)]),
        ("a.dvc", f"outs:\n- path: x\n  size: {10**15}\n", [Behind("x", None)]),
        ("a.dvc", f"outs:\n- path: x\n  size: {10**14}\n", [Behind("x", 10**14)]),
        ("a.dvc", "outs:\n- path: x\n  size: -1\n", [Behind("x", None)]),
        ("dvc.lock", "stages: {}\n", []),
        ("dvc.lock", "{{{", []),
    ],
)
def test_dvc_tells_what_it_keeps(path: str, text: str, expected: list[Behind]) -> None:
    assert behind(path, text) == Pointer("DVC", tuple(expected))


def test_of_a_long_lock_what_was_read_counts() -> None:
    rows = "".join(f"- path: data/{n:05}.csv\n  size: 10\n" for n in range(1000))
    content = Content(f"outs:\n{rows}"[:8000], whole=False)
    read = pointer(ChangedFile("dvc.lock", file("a").status, content=content))
    assert read is not None
    assert len(read.behind) > 200
    assert read.behind[0] == Behind("data/00000.csv", 10)


@pytest.mark.parametrize(
    ("path", "told"),
    [("a.dvc", True), ("a/dvc.lock", True), (".dvc", False), (".dvc/config", False), ("dvc.yaml", False)],
)
def test_dvc_keeps_pointers_under_known_names(path: str, *, told: bool) -> None:
    assert is_dvc(path) is told
