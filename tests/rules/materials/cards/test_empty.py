# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is no answer in a card."""

import pytest

from rules.materials.cards.empty import LOOKED_AT, is_none, says_nothing

NOTHING = """
TODO|todo:|TODO: say where it comes from|TODO describe|**TODO**|`TODO`|_todo_|[TODO]|FIXME|TBD|tbd.|TBA|XXX
N/A|n/a.|NA|N.A.|unknown|Unknown.|UNKNOWN!|unspecified|null|nil|None|none.|no|NOASSERTION|not applicable
[More Information Needed]|[more information needed]|More Information Needed|*[More Information Needed]*
[More Information Needed](https://example.org/how-to)|[Needs More Information]|to be determined|coming soon
{{ license }}|{{ card.name }}|{license}|<license>|<your name here>|{x}{y}
...|-|?|???|\u2014|\u2026|()|*|***|"|lorem ipsum dolor sit amet|INSERT_TITLE_HERE|Dataset Name|Model ID|changeme
"""
SOMETHING = """
MIT|CC-BY-4.0|none were found|unknown authors of the 19th century|nonesuch|not applicable: no people are in it
https://example.org|<https://example.org/data>|<me@example.org>|org/name|todos|tbdata|Nada|\u7121\u984c|\u0394|0|2024
N/A: trained from scratch|See [TODO](https://example.org) for the rest|a{b}c
"""


def cases(text: str) -> list[str]:
    """The cases of a table, several on a line."""
    return [case for line in text.strip().splitlines() for case in line.split("|") if case.strip()]


@pytest.mark.parametrize("text", ["", " ", "\n", '{{ a | default("x") }}', *cases(NOTHING)])
def test_a_placeholder_says_nothing(text: str) -> None:
    assert says_nothing(text)
    assert says_nothing(f"  {text}\n")


@pytest.mark.parametrize("text", cases(SOMETHING))
def test_words_say_something(text: str) -> None:
    assert not says_nothing(text)


@pytest.mark.parametrize("key", ["base_model", "personal_data"])
@pytest.mark.parametrize("text", ["none", "None.", "no", "**None**", "nothing"])
def test_none_is_an_answer_where_there_may_be_nothing(key: str, text: str) -> None:
    assert not says_nothing(text, key)
    assert is_none(text, key)
    assert says_nothing(text, "license")
    assert not is_none(text, "license")


@pytest.mark.parametrize("text", ["unknown", "TODO", "n/a", "?", ""])
def test_not_to_know_is_no_answer_anywhere(text: str) -> None:
    assert says_nothing(text, "base_model")
    assert says_nothing(text, "personal_data")


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    assert says_nothing(" " * 5_000 + "TODO: " + "x" * 5_000)
    assert not says_nothing("." * (LOOKED_AT - 1) + "x")
    assert says_nothing("." * LOOKED_AT + "x")
