# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Whatever strangers write stands in our Markdown as text: it formats nothing, links nothing, calls nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.decide.render.markdown import LONGEST_CODE, bare, block, cell, code, plain, prose


@pytest.mark.parametrize(
    ("written", "stands"),
    [
        ("src/a.py", "`src/a.py`"),
        ("", "`  `"),
        ("a`b", "``a`b``"),
        ("`a", "`` `a ``"),
        ("a``b`c", "```a``b`c```"),
        ("two\nlines", "`two\\nlines`"),
        ("to the \u202eleft", "`to the \\u{202e}left`"),
        ("bell\x07", "`bell\\u{7}`"),
        ("\udcff", "`\\u{dcff}`"),
    ],
)
def test_a_name_stands_as_code_whatever_it_holds(written: str, stands: str) -> None:
    assert code(written) == stands


@pytest.mark.parametrize(
    ("written", "stands"),
    [
        ("plain words, nothing else", "plain words, nothing else"),
        ("**bold** _it_ `code`", "\\*\\*bold\\*\\* \\_it\\_ \\`code\\`"),
        ("<img src=x onerror=y>", "\\<img src=x onerror=y\\>"),
        ("[text](target)", "\\[text\\](target)"),
        ("a | b", "a \\| b"),
        ("- no item", "-&#8203; no item"),
        ("12. no item", "12&#8203;. no item"),
        ("# no heading", "#&#8203;&#8203; no heading"),
        ("> no quote", "\\> no quote"),
        ("SPDX-License-Identifier: Apache-2.0", "SPDX-License-Identifier: Apache-2.0"),
        ("@octocat look", "@&#8203;octocat look"),
        ("mail me@example.com", "mail me@&#8203;example.com"),
        ("fixes #12 and GH-12", "fixes #&#8203;12 and GH-&#8203;12"),
        ("https://evil.example", "https:&#8203;//evil.example"),
        ("WWW.evil.example", "WWW.&#8203;evil.example"),
    ],
)
def test_a_sentence_neither_formats_nor_links_nor_calls(written: str, stands: str) -> None:
    assert prose(written) == stands


@pytest.mark.parametrize(
    ("written", "stands"),
    [
        ("src/a.py", "src/a.py"),
        ("fixes @all #1", "fixes ?all ?1"),
        ("closes GH-12", "closes GH-?12"),
        ("www.evil.example/x.py", "www.?evil.example/x.py"),
        ("https://evil.example", "https?//evil.example"),
        (f"acme/widgets/commit/{'a' * 40}", f"acme/widgets/commit/{'a' * 6}?{'a' * 34}"),
        ("0badcafe.py", "0badca?fe.py"),
        ("bell\x07\n", "bell??"),
    ],
)
def test_a_name_in_a_commit_is_no_mention_and_no_reference(written: str, stands: str) -> None:
    assert bare(written) == stands


@pytest.mark.parametrize(
    ("written", "stands"),
    [("1.0.2", "1.0.2"), ("- x", "- x"), ("1.0@all", "1.0@&#8203;all"), ("a|b", "a\\|b"), ("2024.1", "2024.1")],
)
def test_a_version_in_a_table_can_be_copied(written: str, stands: str) -> None:
    assert cell(written) == stands


def test_what_is_too_long_is_cut_in_the_middle_so_that_both_ends_can_be_told() -> None:
    cut = plain("begin" + "x" * 5_000 + "end", 100)
    assert len(cut) <= 100
    assert cut.startswith("begin")
    assert cut.endswith("end")
    assert len(code("y" * 5_000)) <= LONGEST_CODE + 2


def test_a_block_cannot_be_ended_by_its_own_lines() -> None:
    assert block("a\n```\n@everyone") == "````\na\n```\n@everyone\n````"


def test_a_block_shows_control_characters_and_keeps_tabs() -> None:
    assert block("\tkept\x1b[31mred") == "```\n\tkept\\u{1b}[31mred\n```"


@given(st.text(max_size=300))
def test_any_text_in_a_list_stays_one_item_of_text(text: str) -> None:
    """Read back by a Markdown parser: one paragraph, and in it nothing but text, code and entities."""
    for stands in (prose(text), code(text)):
        tokens = MarkdownIt("commonmark", {"linkify": False}).parse(f"- x {stands}\n")
        assert [token.type for token in tokens if token.type != "inline"] == [
            "bullet_list_open",
            "list_item_open",
            "paragraph_open",
            "paragraph_close",
            "list_item_close",
            "bullet_list_close",
        ]
        inline = next(token for token in tokens if token.type == "inline")
        assert {child.type for child in inline.children or []} <= {"text", "code_inline", "text_special"}


@given(st.text(max_size=300))
def test_any_text_in_a_block_stays_in_it(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(block(text) + "\n")
    assert [token.type for token in tokens] == ["fence"]
