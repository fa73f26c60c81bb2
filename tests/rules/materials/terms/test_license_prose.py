# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which licenses sentences speak of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.materials.terms.license_prose import spoken

NC = "CC-BY-NC-4.0"


@pytest.mark.parametrize(
    ("line", "license_"),
    [
        ("This dataset is licensed under CC BY-NC 4.0.", NC),
        ("The data are licenced under the terms of the CC BY-NC 4.0 licence.", NC),
        ("The corpus is released under a Creative Commons Attribution-NonCommercial 4.0 International License.", NC),
        ("It is available under the [CC BY-NC 4.0](https://creativecommons.org/licenses/by-nc/4.0/) license.", NC),
        ("Distributed under [this license](https://creativecommons.org/licenses/by-nc/4.0/).", NC),
        ("shared under <https://creativecommons.org/licenses/by-nc/4.0/>", NC),
        ("The code is MIT. The data are licensed under CC BY-NC 4.0.", NC),
        ("**License:** CC BY-NC 4.0", NC),
        ("- License: [CC BY-NC 4.0](LICENSE)", NC),
        ("| License | [CC BY-NC 4.0](LICENSE) |", NC),
        ("[![License: CC BY-NC 4.0](https://img.shields.io/badge/x.svg)](LICENSE)", NC),
        ("License: see LICENSE", ""),
        ("SPDX-License-Identifier: CC-BY-NC-4.0", NC),
        ("SPDX-License-Identifier: nothing", ""),
        ("The code is licensed under the MIT license.", ""),
        ("The scripts in this folder are released under Apache 2.0.", ""),
        ("It was formerly licensed under CC BY-NC 4.0.", ""),
        ("It is not available under CC BY-NC 4.0.", ""),
        ("Licensed under a license of our own.", ""),
        ("Provided under https://example.org/terms", ""),
        ("We like CC BY-NC 4.0.", ""),
        ("x" * 2_000 + " licensed under CC BY-NC 4.0", ""),
        ("", ""),
    ],
)
def test_a_sentence_speaks_of_a_license_or_not(line: str, license_: str) -> None:
    assert [said.licenses for said in spoken(line)] == ([{license_}] if license_ else [])


@pytest.mark.parametrize("heading", ["## License", "# Licensing information", "### Dataset licence"])
def test_what_stands_below_a_heading_is_the_license(heading: str) -> None:
    (said,) = spoken(f"# Words\n\n{heading}\n\n[CC BY-NC 4.0](LICENSE), see there.\n")
    assert said.line == 5
    assert said.licenses == {NC}


def test_all_that_a_line_speaks_of_counts() -> None:
    (said,) = spoken("The labels are licensed under CC BY 4.0. The images are licensed under CC BY-NC 4.0.")
    assert said.licenses == {"CC-BY-4.0", NC}


def test_lines_are_counted_as_everybody_counts_them() -> None:
    (said,) = spoken("a\r\nb\x0c\u2028c\rd\nLicensed under CC BY-NC 4.0")
    assert said.line == 4


def test_only_the_first_words_below_a_heading_count() -> None:
    assert list(spoken("## License\n\nSome words.\nCC BY-NC 4.0\n")) == []
    assert list(spoken("## Contents\n\nCC BY-NC 4.0\n")) == []


def test_front_matter_is_no_prose() -> None:
    (said,) = spoken("---\nlicense: mit\n---\n\nLicensed under CC BY-NC 4.0.\n")
    assert said.line == 5
    assert list(spoken("\ufeff---\nlicense: mit\n---\n")) == []


def test_front_matter_that_never_ends_is_prose() -> None:
    assert [said.licenses for said in spoken("---\nlicense: mit\n")] == [{"MIT"}]


def test_of_a_long_page_the_beginning_is_read() -> None:
    assert list(spoken("\n" * 2_000 + "Licensed under CC BY-NC 4.0.")) == []


@given(st.text() | st.text(alphabet="# -licensed under CC BY\n:;.", max_size=80))
def test_any_text_may_be_read(text: str) -> None:
    assert all(said.licenses and said.line > 0 for said in spoken(text))
