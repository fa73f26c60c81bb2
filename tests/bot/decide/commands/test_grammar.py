# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which lines of a comment are commands: told by what Markdown makes of them, not by how they look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decide.commands import grammar
from bot.decide.commands.grammar import LONGEST_BODY, LONGEST_PARAGRAPH, MOST_COMMANDS, SIGNING_PHRASE, added, parse
from bot.receive.when import may_command
from tests.bot.receive.payloads import payload

SIGN, CHECK = "/steward sign", "/steward check"
SAID = SIGNING_PHRASE


def lines(body: str) -> list[str]:
    return [command.line for command in parse(body)]


COMMANDS: list[tuple[str, list[str]]] = [
    # where it stands
    (CHECK, [CHECK]),
    ("Thank you!\n/steward check\nBest,\nAda", [CHECK]),
    ("Thank you!\r\n/steward check\r\nBest", [CHECK]),
    ("Thank you!\r/steward check\rBest", [CHECK]),
    ("\n\n\n/steward check\n\n\n", [CHECK]),
    ("   /steward check", [CHECK]),
    ("Thank you\n        /steward check", [CHECK]),
    ("Thank you  \n/steward check", [CHECK]),
    ("Thank you\\\n/steward check", [CHECK]),
    ("/steward check\n/steward sign", [CHECK, SIGN]),
    ("/steward sign\n\nAnd then\n\n/steward check", [SIGN, CHECK]),
    ("/steward check\n--\nAda", [CHECK]),
    ("/steward check\n===", [CHECK]),
    ("> What now?\n\n/steward check", [CHECK]),
    ("- one\n- two\n\n/steward check", [CHECK]),
    ("```\nx\n```\n/steward check", [CHECK]),
    ("# A title\n/steward check", [CHECK]),
    ("A <br> b\n/steward check", [CHECK]),
    ("A <b>bold</b> word\n/steward check", [CHECK]),
    ("<!-- from the template, with a <name> -->\n/steward check", [CHECK]),
    ("<!-- from the template, with a <name> -->\n\n/steward check", [CHECK]),
    ("A <!-- hidden --> word\n/steward check", [CHECK]),
    ("<details>\nlong\n</details>\n\n/steward check", [CHECK]),
    ("<p>One\n\n/steward check", [CHECK]),
    ("A List<String> of things\n\n/steward check", [CHECK]),
    ("**Important**\n/steward check", [CHECK]),
    ("[a link](https://example.com)\n/steward check", [CHECK]),
    ("[a]: https://example.com\n/steward check", [CHECK]),
    # how it is written
    (
        "/steward override headers src/*/a.py and tests/*/__init__.py",
        ["/steward override headers src/*/a.py and tests/*/__init__.py"],
    ),
    ("Hi `a\nb`\n/steward override headers ~~old~~ `new`", ["/steward override headers ~~old~~ `new`"]),
    ("`\n/steward override headers *a*\n` c\n/steward override headers *b*", ["/steward override headers *b*"]),
    ("/Steward CHECK", [CHECK]),
    ("/steward    check   ", [CHECK]),
    ("/steward\tcheck", [CHECK]),
    ("/steward\u00a0check", [CHECK]),
    ("\u00a0/steward check", [CHECK]),
    ("/steward", ["/steward"]),
    ("/steward frobnicate", ["/steward frobnicate"]),
    ("/steward check now", ["/steward check now"]),
    ("/steward check\u200b", ["/steward check\u200b"]),
    ("/steward override headers   it is `generated`", ["/steward override headers it is `generated`"]),
    ("/steward override headers it is *really* so", ["/steward override headers it is *really* so"]),
    (
        "/steward override headers see [here](https://example.com)",
        ["/steward override headers see [here](https://example.com)"],
    ),
    ("/steward override headers a <b> c", ["/steward override headers a <b> c"]),
    # the sentence
    (SAID, [SAID]),
    (f"{SAID}.", [SAID]),
    (f"Thank you!\n{SAID}.\nAda", [SAID]),
    (SAID.upper(), [SAID]),
    (SAID.lower(), [SAID]),
    (f"  {SAID.replace(' ', '   ')}  .", [SAID]),
    (SAID.replace(" ", "\u00a0"), [SAID]),
]

NONE = [
    # quoted
    "> /steward check",
    ">/steward check",
    "> quoted\n/steward check",
    "> > /steward check",
    "> - /steward check",
    "> ```\n> /steward check\n> ```",
    "> [!NOTE]\n> /steward check",
    f"> {SAID}",
    # code
    "```\n/steward check\n```",
    "```\n/steward check",
    "```sh\n/steward check\n``",
    "~~~\n/steward check\n~~~",
    "~~~\n```\n/steward check\n~~~",
    "    /steward check",
    "\t/steward check",
    "Say this:\n\n    /steward check",
    "`/steward check`",
    "Say `this\n/steward check\n` once",
    "`` a `\n/steward check\n` b ``",
    "<pre>\n/steward check\n</pre>",
    # listed
    "- /steward check",
    "* /steward check",
    "1. /steward check",
    "- one\n/steward check",
    "- one\n\n  /steward check",
    "- [ ] /steward check",
    # HTML
    "<!-- /steward check -->",
    "<!--\n/steward check\n-->",
    "<!--\n\n/steward check\n\n-->",
    "<!--\n/steward check",
    "A <!--\n/steward check\n--> comment",
    "<details>\n/steward check\n</details>",
    "<details><summary>More</summary>\n\n/steward check\n\n</details>",
    "<div>\n\n/steward check",
    "<blockquote>\n\n/steward check\n\n</blockquote>",
    "A <kbd>\n/steward check\n</kbd>",
    "A <a title='\n/steward check\n'>link</a>",
    "<b>/steward check</b>",
    "<?php\n/steward check\n?>",
    "<![CDATA[\n/steward check\n]]>",
    # links, pictures, spans
    "[/steward check](https://example.com)",
    "[a\n/steward check\nb](https://example.com)",
    "[a](https://example.com '\n/steward check\n')",
    "[a </b>\n/steward check\nb](https://example.com)",
    "![a\n/steward check\nb](https://example.com)",
    "[a]: https://example.com '\n/steward check\n'",
    "**a\n/steward check\nb**",
    "~~a\n/steward check\nb~~",
    # not at the beginning of a line, or not the word
    "Please say /steward check",
    "@bot /steward check",
    "**/steward check**",
    "\\/steward check",
    "&#47;steward check",
    "/stewardcheck",
    "/steward: check",
    "/steward-check",
    "/stewardship check",
    "/steward-bot check",
    "/steward[bot] check",
    "/steward/check",
    "//steward check",
    "steward check",
    "/\u200bsteward check",
    "\u200b/steward check",
    "/steward\u200bcheck",
    "\u202e/steward check",
    "/\u017fteward check",
    "One line\u2028/steward check",
    "One line\x0b/steward check",
    "# /steward check",
    "| /steward check |\n| --- |\n| /steward check |",
    # not the sentence
    f"{SAID} for Ben",
    f"No: {SAID}",
    f"**{SAID}**",
    f'"{SAID}"',
    f"{SAID}!",
    f"`{SAID}`",
    SAID.replace(" and", "\nand"),
    SAID.replace("the CLA", "a CLA"),
    SAID.replace("hereby", ""),
    "",
    " ",
    "\x00",
]


@pytest.mark.parametrize(("body", "found"), COMMANDS, ids=repr)
def test_a_command_on_a_line_of_its_own(body: str, found: list[str]) -> None:
    assert lines(body) == found


@pytest.mark.parametrize("body", NONE, ids=repr)
def test_what_is_no_command(body: str) -> None:
    assert parse(body) == ()


@pytest.mark.parametrize("body", [body for body, found in COMMANDS if found], ids=repr)
def test_whatever_is_a_command_is_looked_at(body: str) -> None:
    assert may_command(payload("created", comment={"body": body}))


def test_a_command_has_a_name_and_the_rest_of_its_line() -> None:
    (command,) = parse("/Steward Override  headers,dco  @ABC123   It is Generated.")
    assert (command.name, command.arguments) == ("override", "headers,dco @ABC123 It is Generated.")
    assert not command.is_phrase


def test_the_sentence_is_the_command_to_sign() -> None:
    (command,) = parse(f"{SAID.title()}.")
    assert (command.name, command.arguments, command.is_phrase) == ("sign", "", True)


def test_the_same_command_twice_is_counted() -> None:
    found = parse("/steward check\n/steward sign\n/STEWARD   check\n\n> /steward check\n\n/steward check")
    assert [(one.name, one.occurrence) for one in found] == [("check", 1), ("sign", 1), ("check", 2), ("check", 3)]


# -- edits --------------------------------------------------------------------------------------------------------

EDITS = [
    # before, after, what was added
    ("Thank you", "Thank you\n/steward check", ["check 1"]),
    ("", "/steward check", ["check 1"]),
    (CHECK, f"{CHECK}\nThank you", []),
    (CHECK, f"Thank you\n\n{CHECK}", []),
    (CHECK, f"/Steward  Check\n\n{SIGN}", ["sign 1"]),
    (CHECK, f"{CHECK}\n{CHECK}", ["check 2"]),
    (f"{CHECK}\n{CHECK}", CHECK, []),
    (CHECK, "Nothing", []),
    (f"```\n{CHECK}\n```", CHECK, []),
    (f"> {CHECK}", CHECK, ["check 1"]),
    ("/steward override headers *so*", "/steward override headers *so*\nSorry.", []),
]


@pytest.mark.parametrize(("before", "after", "news"), EDITS)
def test_an_edit_says_what_it_adds(before: str, after: str, news: list[str]) -> None:
    assert [f"{one.name} {one.occurrence}" for one in added(after, before)] == news


# -- whatever else people write ------------------------------------------------------------------------------------

_PIECES = [
    "/steward sign",
    SAID,
    "`",
    "```",
    "~~~",
    "> ",
    "- ",
    "    ",
    "\t",
    "<!--",
    "-->",
    "<b>",
    "</b>",
    "[",
    "](",
    "*",
    "~~",
]
TEXTS = st.lists(st.sampled_from([*_PIECES, "\n", "\n\n", " ", "word"]), max_size=30).map("".join)


@given(TEXTS)
def test_nothing_that_is_quoted_is_a_command(text: str) -> None:
    assert parse("\n".join(f"> {line}" for line in text.split("\n"))) == ()


@given(TEXTS)
def test_nothing_in_a_block_of_code_is_a_command(text: str) -> None:
    assert parse(f"`````\n{text}\n`````") == ()
    assert parse("\n".join(f"    {line}" for line in text.split("\n"))) == ()


@given(TEXTS)
def test_whatever_people_write_a_command_is_a_line_that_says_so(text: str) -> None:
    plain = [" ".join(line.split()).lower() for line in text.splitlines()]
    for command in parse(text):
        assert any(line.startswith("/steward") or SAID.lower() in line for line in plain)
        assert 1 <= command.occurrence <= len(plain)


# -- bounds -------------------------------------------------------------------------------------------------------


def test_what_comes_after_twenty_commands_is_passed_over() -> None:
    assert len(parse(f"{CHECK}\n" * 30)) == MOST_COMMANDS


def test_a_comment_longer_than_github_takes_holds_none() -> None:
    filling = "x" * (LONGEST_BODY - len(CHECK) - 2)
    assert lines(f"{CHECK}\n\n{filling}") == [CHECK]
    assert lines(f"{CHECK}\n\n{filling}x") == []


def test_a_paragraph_of_many_pages_holds_none() -> None:
    filling = "x" * (LONGEST_PARAGRAPH - len(CHECK) - 1)
    assert lines(f"{CHECK}\n{filling}") == [CHECK]
    assert lines(f"{CHECK}\n{filling}x\n\n{SIGN}") == [SIGN]


HOSTILE = [
    ">" * 65_000,
    "> " * 32_000,
    "- " * 32_000,
    "1. " * 20_000,
    "> - " * 16_000,
    "[" * 9_900,
    "![[]()" * 1_600,
    "[a](<b" * 1_600,
    "*a **a " * 1_400,
    "~~a " * 2_400,
    "`" + "`a" * 4_900,
    "a <!-- " * 1_400,
    "<!--\n" * 13_000,
    "<div>\n" + "<!--" * 16_000,
    "<div>\n" + "<a " * 20_000,
    "<a>\n\n" * 10_000,
    "a <" * 3_300,
    "&" * 9_900,
    "[a]: b\n" * 9_000,
    "[\n" * 20_000,
    "a|" * 200 + "\n" + "-|" * 200 + "\n" + "a\n" * 20_000,
    "a\n=\n" * 13_000,
    "\n".join("  " * depth + "- a" for depth in range(240)),
    "/steward x\n" * 5_900,
]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: repr(text[:12]))
def test_no_comment_keeps_steward_busy(hostile: str) -> None:
    assert lines(f"{CHECK}\n\n{hostile}\n\n{SIGN}")[0] == CHECK


@pytest.mark.timeout(60)
@pytest.mark.parametrize("hostile", ["<" + "a" * 1_000_000, "<a" + " " * 1_000_000, "<a " * 300_000, "<!--" * 250_000])
def test_the_work_on_html_grows_with_its_length_and_no_faster(monkeypatch: pytest.MonkeyPatch, hostile: str) -> None:
    """Were it to grow with the square, this would take a quarter of an hour."""
    monkeypatch.setattr(grammar, "LONGEST_BODY", 2_000_000)
    assert lines(f"{CHECK}\n\n<div>\n{hostile}\n\n{SIGN}") == [CHECK]


def test_no_line_is_read_twice_for_the_words_that_were_written(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    reads = grammar._reads

    def counted(line: str) -> str:
        read.append(line)
        return reads(line)

    monkeypatch.setattr(grammar, "_reads", counted)
    paragraph = [f"/steward *x{number}*" for number in range(500)]
    body = "\n\n".join(["\n".join(paragraph)] * 6)
    assert lines(body) == paragraph[:MOST_COMMANDS]
    assert len(read) == len(paragraph)
