# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which files are worth a request, before they were measured and after."""

from typing import Any

import pytest

from rules.change import FileKind, FileStatus
from rules.materials.committed.found import peeks, wants
from rules.materials.material import Sort
from rules.patterns import Globs
from tests.rules.materials.committing import KIB, MIB, NONE, file

DATASET, MODEL = Sort.DATASET, Sort.MODEL


def told(path: str, size: int | None, additions: int = 0, **more: Any) -> str:
    """The sorts by which a file is wanted, each by its first letter: in small ones if not its first bytes as well."""
    one = file(path, size, additions=additions, **more)
    return "".join(sort[0].upper() if peeks(one, sort, NONE) else sort[0] for sort in Sort if wants(one, sort, NONE))


ORDINARY = [
    "src/a.py", "src/a.ts", "docs/a.md", "a.toml", "Makefile", "a.sh", "notes.txt", "app.yaml", "src/a.css", "a.html",
]  # fmt: skip


@pytest.mark.parametrize("path", ORDINARY)
@pytest.mark.parametrize("status", [FileStatus.ADDED, FileStatus.MODIFIED])
def test_ordinary_files_cost_nothing(path: str, status: FileStatus) -> None:
    assert told(path, None, 30, status=status) == ""


@pytest.mark.parametrize("path", ["src/a.py", "README.md", "a.parquet", "a.txt", "data/a.csv", "a.dvc", "a.bin"])
def test_what_is_empty_or_gone_costs_nothing(path: str) -> None:
    assert told(path, 0) == ""
    assert told(path, None, blob="e69de29bb2d1d6434b8b29ae775ad8c2e48c5391") == ""
    assert told(path, None, status=FileStatus.REMOVED) == ""
    assert told(path, None, status=FileStatus.RENAMED) == ""
    assert told(path, None, kind=FileKind.SUBMODULE) == ""


@pytest.mark.parametrize(
    ("path", "additions", "sorts"),
    [
        # Cards, pointers and lists.
        ("README.md", 9, "dm"),
        ("data/README.md", 9, "dm"),
        ("MODEL_CARD.md", 9, "m"),
        ("croissant.json", 9, "d"),
        ("config.json", 9, "dm"),
        (".gitmodules", 3, "dm"),
        ("data/a.csv.dvc", 5, "dm"),
        ("dvc.lock", 50, "dm"),
        # Data and weights.
        ("a.parquet", 0, "d"),
        ("tests/a.parquet", 0, "d"),
        ("a.jsonl", 900, "d"),
        ("a.safetensors", 0, "m"),
        ("data/train.bin", 0, "D"),
        ("a.csv", 900, "d"),
        ("a.json", 1, "d"),
        ("a.txt", 900, "D"),
        ("data/a.txt", 5, "D"),
        ("a.png", 0, "dm"),
        ("a1.png", 0, "d"),
        # What is out of the question.
        ("package.json", 9, ""),
        ("locales/de.json", 4999, ""),
        ("locales/de.json", 5000, "d"),
        ("locales/de.json", 0, "DM"),
        (".github/workflows/a.yml", 9, ""),
        ("docs/a.png", 0, ""),
        ("tokenizer.json", 9, ""),
        # What git sees no lines in.
        ("src/a.py", 0, "DM"),
        ("a.txt", 0, "DM"),
        ("blob", 0, "DM"),
        ("a.woff2", 0, "dm"),
        ("package-lock.json", 0, ""),
        # What has no known format.
        ("blob", 9, ""),
        ("blob", 3, "d"),
        (".config/blob", 3, ""),
        ("data/blob", 5, "D"),
        ("data/a.py", 5, ""),
        (".config/data/blob", 5, ""),
        ("data/go.sum", 5, ""),
    ],
)
def test_before_it_was_measured_what_may_count_is_wanted(path: str, additions: int, sorts: str) -> None:
    assert told(path, None, additions).lower() == sorts.lower()


@pytest.mark.parametrize(
    ("path", "size", "additions", "sorts"),
    [
        # Cards are read, whatever their size.
        ("README.md", 5 * KIB, 9, "DM"),
        # A pointer may stand anywhere.
        ("a.parquet", 130, 3, "d"),
        ("a.csv", 130, 3, "D"),
        ("a.png", 130, 3, "d"),
        ("a.csv", 900, 40, ""),
        # Path and size settle it.
        ("a.parquet", 5 * KIB, 0, ""),
        ("a.parquet", 5 * MIB, 0, ""),
        ("a.safetensors", 5 * MIB, 0, ""),
        ("a.csv", 5 * KIB, 90, ""),
        ("a.csv", 500 * KIB, 900, ""),
        ("a1.csv", 500 * KIB, 0, ""),
        ("data/a1.csv", 500 * KIB, 0, ""),
        ("a.png", 500 * KIB, 0, ""),
        ("a.woff2", 500 * KIB, 0, ""),
        ("data/a.npz", 500 * KIB, 0, ""),
        ("data/train1.bin", 500 * KIB, 0, ""),
        ("data/blob1", 500 * KIB, 0, ""),
        ("data/blob", 5 * KIB, 90, ""),
        # What is in it tells more.
        ("a.pkl", 5 * KIB, 0, "M"),
        ("a.pt", 50 * MIB, 0, "M"),
        ("a.bin", 500 * KIB, 0, "M"),
        ("a.zip", 5 * KIB, 0, "D"),
        ("tests/a.pkl", 5 * KIB, 0, ""),
        # Its extension is used by others.
        ("a.mat", 5 * KIB, 0, "D"),
        ("a.mat", 500 * KIB, 0, ""),
        ("a.mat", 500 * KIB, 900, "D"),
        ("a.parquet", 500 * KIB, 900, "d"),
        ("data/train.bin", 500 * KIB, 0, "D"),
        # What is called something else may be data or weights.
        ("data/blob", 500 * KIB, 0, "DM"),
        ("src/a.py", 5 * KIB, 0, "DM"),
        ("a.csv", 5 * KIB, 0, "DM"),
        ("a.txt", 5 * MIB, 0, "DM"),
        ("blob", 5 * MIB, 0, "DM"),
        ("data/blob", 500, 3, "D"),
        ("logo.png", 5 * MIB, 0, "dm"),
        ("docs/cover.png", 5 * MIB, 0, ""),
        ("img_001.png", 5 * MIB, 0, ""),
        ("a.woff2", 5 * MIB, 0, "dm"),
        ("a.jar", 5 * MIB, 9, ""),
    ],
)
def test_once_measured_only_what_is_open_is_wanted(path: str, size: int, additions: int, sorts: str) -> None:
    assert told(path, size, additions) == sorts


@pytest.mark.parametrize(
    ("path", "size", "sorts"),
    [
        ("a.parquet", None, "d"),
        ("a.parquet", 200, "d"),
        ("a.pt", 200, "m"),
        ("a.parquet", 5 * KIB, ""),
        ("a", 200, ""),
        ("data/a", 200, "d"),
    ],
)
def test_the_target_of_a_link_is_wanted_where_data_may_be(path: str, size: int | None, sorts: str) -> None:
    assert told(path, size, kind=FileKind.SYMLINK) == sorts


@pytest.mark.parametrize(
    ("path", "size", "wanted"),
    [
        ("lib/a.py", None, True),
        ("lib/a.py", 130, True),
        ("lib/a.py", 5 * KIB, False),
        ("lib/a.pt", 5 * KIB, True),
        ("lib/LICENSE", None, False),
        ("a.py", None, False),
    ],
)
def test_what_the_policy_lists_is_measured(path: str, size: int | None, *, wanted: bool) -> None:
    assert wants(file(path, size, additions=9), MODEL, Globs(["lib/**"])) is wanted
