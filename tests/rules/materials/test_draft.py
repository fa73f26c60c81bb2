# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Cards that are ready to be filled in: where they go, what they know, and that no name breaks one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rules import yaml_guard
from rules.change import Side, SideFile
from rules.materials.draft import Draft, draft
from rules.materials.material import Material, Part, Sort

DATASET = Material(
    Sort.DATASET,
    "reviews",
    "data/reviews",
    (Part("data/reviews/a.parquet", "Parquet", 1_200_000), Part("data/reviews/b.csv", "CSV", 34_000)),
)
MODEL = Material(Sort.MODEL, "tiny-bert", "models/tiny", (Part("models/tiny/model.safetensors", "safetensors", 4_000),))

DATASET_CARD = """\
---
license: "TODO: the SPDX id of the license of the data, such as CC-BY-4.0"
pretty_name: "reviews"
source: "TODO: where the data come from: an address, or how they were made"
personal_data: "TODO: what personal data is in it, or none"
---

# reviews

2 files, 1.2 MB: Parquet, CSV.

TODO: what the data are about, in which languages, and how they were collected."""

MODEL_CARD = """\
---
license: "TODO: the SPDX id of the license of the weights, such as Apache-2.0"
model_name: "tiny-bert"
base_model: "TODO: the model that it was made from, such as org/name, or none"
datasets:
  - "TODO: what it was trained on, such as org/name"
library_name: "TODO: what loads it, such as transformers"
---

# tiny-bert

1 file, 4 kB: safetensors.

TODO: what the model does, and what it should not be used for."""


def at(path: str, text: str = "", side: Side = Side.HEAD) -> SideFile:
    return SideFile(path, side, text)


def made(sort: Sort = Sort.DATASET, name: str = "x", folder: str = "x", *parts: Part) -> Draft:
    return draft(Material(sort, name, folder, parts or (Part("x/a.csv", "CSV", 1),)), ())


def front_matter(text: str) -> dict[str, Any]:
    """What stands between the first two lines of dashes, as YAML has it, which is held to be sound."""
    document = yaml_guard.load(text.removeprefix("---\n").partition("\n---")[0])
    assert document.problems == ()
    return document.value


# -- what ----------------------------------------------------------------------------------------------------------


def test_a_dataset_gets_a_card_with_what_is_known_and_blanks() -> None:
    assert draft(DATASET, ()) == Draft("data/reviews/README.md", DATASET_CARD, existing=False)


def test_a_model_gets_a_card_of_its_own_kind() -> None:
    assert draft(MODEL, ()) == Draft("models/tiny/README.md", MODEL_CARD, existing=False)


def contents(*parts: Part) -> str:
    return made(Sort.DATASET, "x", "x", *parts).text.split("\n\n")[2]


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([Part("a", "CSV", 1)], "1 file, 1 byte: CSV."),
        ([Part("a", "CSV")], "1 file: CSV."),
        ([Part("a", "CSV", 2_000), Part("b", "CSV")], "2 files, at least 2 kB: CSV."),
        ([Part("a", "CSV", 1), Part("dataset.json", "Croissant", 9, describes=True)], "1 file, 1 byte: CSV."),
        ([Part("a.bin", "PyTorch (zip)", 0)], "1 file, 0 bytes: `PyTorch (zip)`."),
        (
            [Part(str(number), f"F{number}", 1) for number in range(12)],
            "12 files, 12 bytes: F0, F1, F2, F3, F4, F5, F6, F7, F8, F9 and 2 more.",
        ),
        ([Part("card", "Croissant", describes=True)], "TODO: what the data are about, in which languages, and how "),
    ],
)
def test_it_says_how_much_there_is(parts: list[Part], told: str) -> None:
    assert contents(*parts).startswith(told)


# -- where ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("material", "there", "path", "existing"),
    [
        (DATASET, [], "data/reviews/README.md", False),
        (DATASET, [at("data/reviews/README.md", "# Reviews\n")], "data/reviews/README.md", True),
        (DATASET, [at("data/reviews/README.md")], "data/reviews/README.md", True),
        (DATASET, [at("data/reviews/README.md", "--- a line ---\n")], "data/reviews/README.md", True),
        (DATASET, [at("data/reviews/README.md", side=Side.BASE)], "data/reviews/README.md", False),
        (DATASET, [at("data/README.md", "# Data\n"), at("README.md")], "data/reviews/README.md", False),
        (DATASET, [at("data/reviews/README.md", "---\nlayout: x\n---\n")], "data/reviews/DATASET_CARD.md", False),
        (DATASET, [at("data/reviews/README.md", "\ufeff \r\n--- \r\nx\r\n")], "data/reviews/DATASET_CARD.md", False),
        (MODEL, [at("models/tiny/README.md", "---")], "models/tiny/MODEL_CARD.md", False),
        (Material(Sort.DATASET, "a", "", DATASET.parts), [at("README.md", "# A\n")], "DATASET_CARD.md", False),
        (Material(Sort.DATASET, "a", "", DATASET.parts), [at("DATASET_CARD.md", "# A\n")], "DATASET_CARD.md", True),
        (Material(Sort.MODEL, "a", "", DATASET.parts), [at("MODEL_CARD.md", "---\n")], "MODEL_CARD.md", False),
    ],
)
def test_it_goes_where_it_hides_nothing(material: Material, there: list[SideFile], path: str, existing: bool) -> None:
    found = draft(material, there)
    assert (found.path, found.existing) == (path, existing)
    assert ("# " in found.text) is not existing


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"# Reviews\n\nWords\n", b"---\n|\n---\n\n# Reviews\n\nWords\n"),
        (b"\xef\xbb\xbf# Reviews\r\n", b"\xef\xbb\xbf---\r\n|\r\n---\r\n\r\n# Reviews\r\n"),
        (b"\n\xff no UTF-8", b"---\n|\n---\n\n\xff no UTF-8"),
        (b"", b"---\n|\n---\n"),
    ],
)
def test_what_was_there_stays_byte_for_byte(before: bytes, after: bytes) -> None:
    assert Draft("README.md", "---\n|\n---", existing=True).put_into(before) == after


def test_a_new_file_ends_in_a_line_feed() -> None:
    assert draft(DATASET, ()).put_into(b"") == f"{DATASET_CARD}\n".encode()


@pytest.mark.parametrize(
    ("path", "existing", "words"),
    [
        ("a/README.md", False, "Put this into a new file a/README.md, and fill in what says TODO:"),
        ("a/README.md", True, "Put this at the very beginning of a/README.md, and fill in what says TODO:"),
        ("a\n@all/README.md", False, "Put this into a new file a\\n@all/README.md, and fill in what says TODO:"),
    ],
)
def test_people_are_told_where_to_put_it(path: str, existing: bool, words: str) -> None:
    assert Draft(path, "---\n---", existing).fix == f"{words}\n\n---\n---"


# -- names are hostile ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kept", "heading"),
    [
        ("reviews v1.0_en", "reviews v1.0_en", "# reviews v1.0_en"),
        ("Отзывы 1", "Отзывы 1", "# Отзывы 1"),
        ("no", "no", "# no"),
        ('a"b\\n', 'a"b\\n', '# `a"b\\n`'),
        ("a: b # c", "a: b # c", "# `a: b # c`"),
        ("@all #1", "@all #1", "# `@all #1`"),
        ("_x_", "_x_", "# `_x_`"),
        ("www.example.org", "www.example.org", "# `www.example.org`"),
        ("``a`", "``a`", "# ``` ``a` ```"),
        ("</h1>\n\n---\n\nlicense: MIT", "</h1> --- license: MIT", "# `</h1> --- license: MIT`"),
        ("a\u202eb\x85\u2028\x00\ud800", "a b", "# a b"),
        ("\x00", "dataset", "# dataset"),
        ("x" * 5_000, "x" * 100, f"# {'x' * 100}"),
    ],
)
def test_a_name_is_a_name(name: str, kept: str, heading: str) -> None:
    text = made(name=name).text
    assert front_matter(text)["pretty_name"] == kept
    assert heading in text.splitlines()


@given(st.sampled_from(Sort), st.text(), st.text(), st.lists(st.text(), min_size=1, max_size=3))
def test_whatever_the_names_the_card_reads_back_with_its_blanks(
    sort: Sort, name: str, folder: str, formats: list[str]
) -> None:
    text = made(sort, name, folder, *(Part("x", one, 1) for one in formats)).text
    declared = front_matter(text)
    assert [key for key, value in declared.items() if "TODO: " in str(value)] == [
        key for key in declared if key not in ("pretty_name", "model_name")
    ]
    assert text.isprintable() or set(filter(lambda letter: not letter.isprintable(), text)) == {"\n"}
    tokens = MarkdownIt("commonmark").parse(text.partition("\n---\n\n")[2])
    assert [token.type for token in tokens if token.level == 0][:2] == ["heading_open", "heading_close"]
