# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What folders and names tell of whether a file is data."""

import pytest

from rules.materials.committed import formats, places
from rules.materials.material import Sort

KIB = 1024


@pytest.mark.parametrize(
    ("path", "factor"),
    [
        ("a.csv", 1.0),
        ("src/a.csv", 1.0),
        ("data/a.csv", 0.1),
        ("Data/raw/a.csv", 0.1),
        ("my_dataset/a.csv", 0.1),
        ("train.csv", 0.1),
        ("a/labels.tar.gz", 0.1),
        ("docs/a.csv", 10.0),
        ("docs/data/a.csv", 1.0),
        ("app/res/drawable-hdpi/a.png", 10.0),
        ("data", 1.0),
    ],
)
def test_bounds_are_lower_among_data_and_higher_where_pages_show_it(path: str, factor: float) -> None:
    assert places.of_path(path).factor == pytest.approx(factor)


@pytest.mark.parametrize(
    ("path", "quiet"),
    [
        ("tests/a.jsonl", True),
        ("pkg/tests/fixtures/a.jsonl", True),
        ("examples/a.jsonl", True),
        ("src/__snapshots__/a.json", True),
        ("test/a.jsonl", True),
        ("data/test/a.jsonl", False),
        ("tests/data/test/a.jsonl", True),
        ("data/a.jsonl", False),
        ("contest/a.jsonl", False),
        ("tests.jsonl", False),
    ],
)
def test_in_tests_small_files_are_quiet_and_a_split_is_no_test(path: str, *, quiet: bool) -> None:
    assert (places.of_path(path).quiet == 64 * KIB) is quiet


@pytest.mark.parametrize(
    ("path", "settings"),
    [
        ("locales/de.json", True),
        ("app/de.lproj/a.txt", True),
        (".github/a.json", True),
        ("values-de/a.xml", True),
        ("a.json", False),
    ],
)
def test_texts_in_some_folders_are_settings_or_translations(path: str, *, settings: bool) -> None:
    assert places.of_path(path).settings is settings


@pytest.mark.parametrize(
    ("path", "never"),
    [
        ("package.json", True),
        ("a/package-lock.json", True),
        ("tsconfig.build.json", True),
        ("a.schema.json", True),
        ("poetry.lock", True),
        ("CITATION.cff", True),
        ("LICENSE.txt", True),
        ("a/uv.lock", True),
        ("data.json", False),
        ("packages.csv", False),
    ],
)
def test_some_names_are_never_data(path: str, *, never: bool) -> None:
    assert places.never_counts(path) is never


@pytest.mark.parametrize(
    ("path", "beside"),
    [
        ("data/README.md", True),
        ("data/LICENSE", True),
        ("a/MODEL_CARD.md", True),
        ("data/a.csv.license", True),
        ("a.csv", False),
    ],
)
def test_what_stands_beside_data_is_none(path: str, *, beside: bool) -> None:
    assert places.stands_beside(path) is beside


@pytest.mark.parametrize(
    ("path", "device"),
    [
        ("firmware/a.bin", True),
        ("boards/esp32/a.bin", True),
        ("u_boot.bin", True),
        ("a/boot.bin", True),
        ("a/b.bin", False),
    ],
)
def test_a_binary_for_a_device_is_no_model(path: str, *, device: bool) -> None:
    assert places.for_a_device(path) is device


@pytest.mark.parametrize(
    ("folder", "sort", "within"),
    [
        ("train", Sort.DATASET, True),
        ("train", Sort.MODEL, False),
        ("Images", Sort.DATASET, True),
        ("shard-3", Sort.DATASET, True),
        ("onnx", Sort.MODEL, True),
        ("checkpoint-500", Sort.MODEL, True),
        ("reviews", Sort.DATASET, False),
    ],
)
def test_some_folders_are_parts_of_what_they_lie_in(folder: str, sort: Sort, *, within: bool) -> None:
    assert places.within(folder, sort) is within


@pytest.mark.parametrize(
    ("folder", "language"),
    [
        ("en", True),
        ("pt_BR", True),
        ("zh-Hans", True),
        ("en-de", True),
        ("xx", False),
        ("eng", False),
        ("en-de-fr", False),
    ],
)
def test_a_folder_may_be_called_by_a_language(folder: str, *, language: bool) -> None:
    assert places.is_language(folder) is language


@pytest.mark.parametrize(
    ("path", "least"),
    [
        ("a.csv", 100 * KIB),
        ("data/a.csv", 10 * KIB),
        ("docs/a.csv", 1000 * KIB),
        ("a.parquet", KIB),
        ("docs/a.parquet", KIB),
        ("data/a.parquet", 102.4),
    ],
)
def test_a_format_of_nothing_but_data_is_judged_no_more_mildly_anywhere(path: str, least: float) -> None:
    told = formats.of_path(path)
    assert told is not None
    assert places.least(told, places.of_path(path)) == pytest.approx(least)
