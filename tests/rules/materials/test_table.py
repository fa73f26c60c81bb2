# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import pytest

from rules.materials.look import Found, Look
from rules.materials.material import Sort
from rules.materials.table import rows_left_out, table
from tests.rules.materials.seen import card, found, loaded, material, part


def test_nothing_has_no_table() -> None:
    assert table(Look(), Sort.DATASET) is None
    assert rows_left_out(Look()) == ()


def test_every_dataset_has_its_row() -> None:
    said = card(license="CC-BY-4.0", source="https://example.org", base_model="acme/base")
    top = Found(material(part("a.csv", 10), name="a", folder=""), None)
    seen = Look((found(said), top), (loaded(pinned=False), loaded(said, pinned=True), loaded()))
    made = table(seen, Sort.DATASET)
    assert made is not None
    source = "https://huggingface.co/datasets/acme/gears"
    assert made.rows == (
        ("widgets", "data/widgets/", "committed", "Parquet, 1.2 MB", "CC-BY-4.0", "https://example.org"),
        ("a", "a.csv", "committed", "Parquet, 10 bytes", "not said", "not said"),
        ("acme/gears", "src/train.py, line 7", "loaded", "Hugging Face, no fixed revision", "not said", source),
        ("acme/gears", "src/train.py, line 7", "loaded", "Hugging Face, fixed revision", "CC-BY-4.0", source),
        ("acme/gears", "src/train.py, line 7", "loaded", "Hugging Face", "not said", source),
    )
    models = table(Look((found(said),)), Sort.MODEL)
    assert models is not None
    assert (models.columns[-1], models.rows[0][-1]) == ("Made from", "acme/base")


CONTENTS = {
    "only what tells of it": (part(describes=True),),
    "Parquet, size unknown": (part(size=None),),
    "Parquet, 1.2 MB in 1,200 files": (part(size=1_000),) * 1_200,
    "Parquet, at least 10 bytes in 2 files": (part(size=10), part(size=None)),
    "Parquet, 1.2 MB, by Git LFS": (part(pointer="Git LFS"),),
    "Git submodule, size unknown": (part(size=None, format="Git submodule", pointer="Git submodule"),),
    "CSV, PNG, WAV and more, 4 bytes in 4 files": tuple(
        part(size=1, format=one) for one in ("CSV", "PNG", "WAV", "MP4")
    ),
}


@pytest.mark.parametrize("words", CONTENTS)
def test_what_is_in_it(words: str) -> None:
    made = table(Look((found(None, *CONTENTS[words]),)), Sort.DATASET)
    assert made is not None
    assert made.rows[0][3] == words


def test_a_long_table_is_cut_and_says_so() -> None:
    seen = Look((found(),) * 60, (loaded(),) * 1_000)
    made = table(seen, Sort.DATASET)
    assert made is not None
    assert len(made.rows) == 100
    assert rows_left_out(seen) == ("The table has 100 of 1,060 rows",)
