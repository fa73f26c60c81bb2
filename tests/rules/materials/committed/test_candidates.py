# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What one file is: by its first bytes, its pointer or the policy, rather than by its name."""

import gzip
import io
from typing import Any

import pytest

from rules.change import FileKind, FileStatus
from rules.materials.material import Sort
from rules.patterns import Globs
from tests.rules.materials.committed.test_magic import a_zip
from tests.rules.materials.committing import ANNEX, KIB, MIB, PICKLE, file, found, only_part, sorts

DATASET, MODEL = Sort.DATASET, Sort.MODEL
PARQUET, NPY, HDF5 = b"PAR1\x15", b"\x93NUMPY\x01", b"\x89HDF\r\n\x1a\n"
SQLITE, OTHER = b"SQLite format 3\0", b"\x7fELF\x02\x01\x01\0"


def gz(name: str) -> bytes:
    held = io.BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=held, mtime=0) as archive:
        archive.write(b"x" * 100)
    return held.getvalue()


@pytest.mark.parametrize(
    ("path", "size", "start", "sort", "name"),
    [
        # What is called something harmless.
        ("notes.txt", 5 * KIB, PARQUET, DATASET, "Parquet"),
        ("src/helper.py", 5 * KIB, PARQUET, DATASET, "Parquet"),
        ("logo.png", 5 * KIB, PICKLE, MODEL, "Python pickle"),
        ("assets/data.png", 5 * KIB, PICKLE, MODEL, "Python pickle"),
        ("fonts/a.woff2", 5 * KIB, NPY, DATASET, "NumPy"),
        ("package.json", 5 * KIB, PICKLE, MODEL, "Python pickle"),
        ("LICENSE", 5 * KIB, b"GGUF\x03", MODEL, "GGUF"),
        ("a.csv", 5 * KIB, SQLITE, DATASET, "SQLite"),
        # What is called nothing.
        ("x.bin", 5 * KIB, PICKLE, MODEL, "Python pickle"),
        ("blob", 5 * KIB, a_zip("m/data.pkl"), MODEL, "PyTorch"),
        ("data/batch_1", 50 * KIB, PICKLE, DATASET, "Python pickle"),
        ("cache", 5 * KIB, HDF5, DATASET, "HDF5"),
        ("data/blob", 200 * KIB, OTHER, DATASET, "data file"),
        ("weights/blob", 2 * MIB, OTHER, MODEL, "weights"),
        ("data/blob", 200 * KIB, a_zip("a/1.txt"), DATASET, "ZIP archive"),
        # What is called something else of the kind.
        ("a.pkl", 5 * KIB, PARQUET, DATASET, "Parquet"),
        ("a.safetensors", 5 * KIB, PICKLE, MODEL, "Python pickle"),
        ("model.bin", 5 * KIB, b"GGUF\x03", MODEL, "GGUF"),
        ("model.zip", 50 * KIB, a_zip("data", "policy.pth"), MODEL, "PyTorch"),
        # What the name says better than the bytes.
        ("a.pt", 5 * KIB, a_zip("a/data.pkl"), MODEL, "PyTorch"),
        ("a.ckpt", 5 * KIB, PICKLE, MODEL, "checkpoint"),
        ("a.h5ad", 5 * KIB, HDF5, DATASET, "annotated matrix"),
        ("a.npz", 5 * KIB, a_zip("x.npy"), DATASET, "NumPy"),
        ("a.zip", 2 * MIB, a_zip("a/1.txt"), DATASET, "ZIP archive"),
        ("dump.gz", 200 * KIB, gz("users.csv"), DATASET, "CSV (gz)"),
        ("dump.gz", 2 * MIB, gz("what"), DATASET, "compressed file"),
        ("dump.gz", 2 * MIB, gzip.compress(b"x", mtime=0), DATASET, "compressed file"),
        ("a.mat", 5 * KIB, OTHER, DATASET, "MATLAB"),
    ],
)
def test_the_first_bytes_go_before_the_name(path: str, size: int, start: bytes, sort: Sort, name: str) -> None:
    one = file(path, size, start=start)
    assert sorts(one) == [sort]
    assert only_part(one, sort).format == name


@pytest.mark.parametrize(
    ("path", "size", "start"),
    [
        ("src/a.py", 5 * MIB, OTHER),
        ("bin/tool", 5 * MIB, OTHER),
        ("a.zip", 5 * MIB, a_zip("[Content_Types].xml")),
        ("a.zip", 5 * MIB, a_zip("a.py", "b.py")),
        ("data/a.py", 5 * MIB, OTHER),
        ("tool", 5 * MIB, a_zip("a/1.txt")),
        (".coverage", 5 * MIB, SQLITE),
        ("gradle-wrapper.jar", 5 * MIB, a_zip("META-INF/MANIFEST.MF")),
        ("a.woff2", 5 * MIB, OTHER),
        ("icon.png", 50 * KIB, b"\x89PNG\r\n\x1a\n\0"),
        ("package-lock.json", 5 * MIB, OTHER),
    ],
)
def test_what_shows_nothing_is_nothing(path: str, size: int, start: bytes) -> None:
    assert sorts(file(path, size, start=start)) == []


@pytest.mark.parametrize("path", ["a.mat", "game.sav", "box.model", "a.params", "flight.plan", "a.nc", "de.pt"])
def test_a_text_is_of_no_binary_format(path: str) -> None:
    assert sorts(file(path, text="a: 1\n" * 20_000)) == []


def test_pickles_were_texts_once() -> None:
    old = "(lp0\ncposix\nsystem\np1\n(S'touch /tmp/x'\np2\ntp3\nRp4\na."
    assert only_part(file("a.pkl", text=old), MODEL).unsafe
    assert sorts(file("a.pkl", text="no pickle, but a text\n")) == []
    assert sorts(file("a.pickle", 300 * KIB)) == [MODEL]


@pytest.mark.parametrize(("path", "size"), [("data/train.src", 300 * KIB), ("data/words", 300 * KIB)])
def test_a_large_text_of_no_known_kind_among_data_is_data(path: str, size: int) -> None:
    one = file(path, size, text="a\n")
    assert sorts(one) == [DATASET]
    assert only_part(one).format == "plain text"


@pytest.mark.parametrize("path", ["data/load.py", "data/Makefile", "data/package-lock.json", "words"])
def test_programs_among_data_are_none(path: str) -> None:
    assert sorts(file(path, 300 * KIB, text="a\n")) == []


@pytest.mark.parametrize(
    ("path", "size", "sort", "name"),
    [
        ("data/a.csv", 50 * KIB, DATASET, "CSV"),
        ("a.bin", 500 * MIB, MODEL, "weights"),
        ("a.png", 500 * MIB, DATASET, "images"),
        ("data/batch_1", 50 * MIB, DATASET, "data file"),
    ],
)
def test_behind_a_pointer_the_name_and_the_claimed_size_count(path: str, size: int, sort: Sort, name: str) -> None:
    one = file(path, lfs=size)
    assert sorts(one) == [sort]
    part = only_part(one, sort)
    assert (part.format, part.size, part.pointer) == (name, size, "Git LFS")


@pytest.mark.parametrize("path", ["src/a.py", "a.woff2", "package-lock.json", "a.csv"])
def test_behind_a_pointer_may_be_nothing_of_concern(path: str) -> None:
    assert sorts(file(path, lfs=50 * KIB)) == []


def test_a_linked_annexed_file_has_the_size_of_its_key() -> None:
    link = file("data/a.csv", 200, text="../.git/" + ANNEX.format(size=MIB), kind=FileKind.SYMLINK)
    assert (only_part(link).size, only_part(link).pointer) == (MIB, "git-annex")


@pytest.mark.parametrize(
    ("path", "size", "found_"),
    [
        ("a.parquet", 200, True),
        ("a.parquet", 30, False),
        ("a.csv", 200, False),
        ("a.pt", 200, False),
        ("a", 200, False),
    ],
)
def test_a_link_that_was_not_read_is_suspect_only_if_it_is_long(path: str, size: int, *, found_: bool) -> None:
    assert bool(found(file(path, size, kind=FileKind.SYMLINK))) is found_


def test_a_link_to_a_file_beside_it_is_nothing() -> None:
    assert found(file("a.parquet", 200, text="../" * 60 + "b.parquet", kind=FileKind.SYMLINK)) == ()


LOCK = """stages:
  a:
    outs:
    - {path: data/clean, md5: 1.dir, size: 5000, nfiles: 2}
    - {path: data/b.csv, size: 50000}
    - {path: model.pkl, size: 9000}
    - {path: models/best, md5: 2.dir, nfiles: 1}
    - {path: metrics.json, size: 90}
"""


def test_a_lock_of_dvc_is_one_part_of_each_sort_that_it_brings() -> None:
    lock = file("dvc.lock", text=LOCK)
    data, model = only_part(lock, DATASET), only_part(lock, MODEL)
    assert (data.path, data.size, data.pointer, data.format) == ("dvc.lock", 55_090, "DVC", "CSV")
    assert (model.path, model.size, model.pointer, model.unsafe) == ("dvc.lock", None, "DVC", True)


@pytest.mark.parametrize(
    ("path", "sort", "name"),
    [
        ("data/a.csv.dvc", DATASET, "data"),
        ("models/best.dvc", MODEL, "models"),
        ("data.dvc", DATASET, "data"),
        ("checkpoints.dvc", MODEL, "checkpoints"),
    ],
)
def test_a_file_of_dvc_that_was_not_read_counts_all_the_same(path: str, sort: Sort, name: str) -> None:
    (material,) = found(file(path, 100), sort=sort)
    assert (sorts(file(path, 100)), material.name) == ([sort], name)
    assert material.parts[0].pointer == "DVC"


def test_a_lock_of_dvc_that_was_not_read_tells_nothing() -> None:
    assert sorts(file("dvc.lock", 100)) == []


@pytest.mark.parametrize(
    ("path", "more", "sort", "name"),
    [
        ("vendor/a.py", {"size": 10}, DATASET, "data file"),
        ("vendor/a.py", {"size": 10}, MODEL, "weights"),
        ("vendor/a.csv", {"size": 10}, DATASET, "CSV"),
        ("vendor/a.csv", {"size": 10}, MODEL, "weights"),
        ("vendor/a.png", {"size": 10}, DATASET, "images"),
        ("vendor/a.woff", {"size": 10}, DATASET, "data file"),
        ("vendor/a", {"lfs": 5}, DATASET, "data file"),
        ("vendor/tests/package.json", {"size": None}, DATASET, "data file"),
    ],
)
def test_what_the_policy_lists_is_of_its_sort_whatever_it_is(
    path: str, more: dict[str, Any], sort: Sort, name: str
) -> None:
    assert only_part(file(path, **more), sort, paths=Globs(["vendor/**"])).format == name


@pytest.mark.parametrize(
    "path", ["vendor/README.md", "vendor/LICENSE", "vendor/.gitignore", "vendor/a.csv.license", "elsewhere/a.csv"]
)
def test_what_stands_beside_it_is_not(path: str) -> None:
    assert found(file(path, 10), paths=Globs(["vendor/**"])) == ()


def test_what_the_policy_lists_is_nothing_if_nothing_is_in_it() -> None:
    assert found(file("vendor/a.csv", 0), paths=Globs(["vendor/**"])) == ()


@pytest.mark.parametrize(
    ("more", "new"),
    [
        ({}, True),
        ({"status": FileStatus.COPIED}, True),
        ({"status": FileStatus.MODIFIED}, False),
        ({"status": FileStatus.RENAMED, "additions": 1}, False),
        ({"status": FileStatus.CHANGED, "deletions": 1}, False),
    ],
)
def test_what_was_there_before_is_not_new(more: dict[str, Any], *, new: bool) -> None:
    assert only_part(file("a.parquet", 5 * KIB, **more)).new is new


@pytest.mark.parametrize(
    "more",
    [
        {"status": FileStatus.REMOVED},
        {"status": FileStatus.RENAMED},
        {"status": FileStatus.CHANGED},
        {"status": FileStatus.UNCHANGED},
        {"blob": "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "size": None},
        {"size": 0},
        {"kind": FileKind.SUBMODULE},
    ],
)
def test_what_brings_no_new_bytes_is_nothing(more: dict[str, Any]) -> None:
    assert found(file("a.parquet", **{"size": 5 * KIB, **more})) == ()


@pytest.mark.parametrize(
    ("path", "size", "sort"),
    [("big/blob", 20 * MIB, [DATASET]), ("big/blob", 5 * MIB, []), ("src/main.rs", 20 * MIB, [])],
)
def test_what_nobody_knows_counts_behind_a_pointer_if_it_is_large(path: str, size: int, sort: list[Sort]) -> None:
    assert sorts(file(path, lfs=size)) == sort
