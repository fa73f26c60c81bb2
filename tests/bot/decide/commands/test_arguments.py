# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What may stand behind a command, and what is said of all else."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decide.commands.arguments import approve_words, known_rule, one_rule, override_words
from bot.decide.commands.asked import Refused
from bot.decide.commands.grammar import parse
from rules.policy import RULE_ORDER

SHA = "abcdef1234567890abcdef1234567890abcdef12"
SHA256 = "abcdef1234567890" * 4

# -- override ------------------------------------------------------------------------------------------------------

OVERRIDES: list[tuple[str, tuple[str, ...], str | None, str]] = [
    # words, rules, commit, reason
    ("headers generated file", ("headers",), None, "generated file"),
    ("headers x", ("headers",), None, "x"),
    ("HEADERS Generated File", ("headers",), None, "Generated File"),
    ("ai-assistance told in the chat", ("ai-assistance",), None, "told in the chat"),
    ("headers,cla reason", ("headers", "cla"), None, "reason"),
    ("headers, cla reason", ("headers", "cla"), None, "reason"),
    ("headers ,cla reason", ("headers", "cla"), None, "reason"),
    ("headers , cla reason", ("headers", "cla"), None, "reason"),
    ("headers,cla,dco reason", ("headers", "cla", "dco"), None, "reason"),
    ("headers,headers,HEADERS reason", ("headers",), None, "reason"),
    ("headers cla reason", ("headers",), None, "cla reason"),
    ("headers generated, see #12", ("headers",), None, "generated, see #12"),
    (f"headers @{SHA} reason", ("headers",), SHA, "reason"),
    (f"headers @{SHA.upper()} reason", ("headers",), SHA, "reason"),
    (f"headers @{SHA256} reason", ("headers",), SHA256, "reason"),
    ("headers @abcdef1 reason", ("headers",), "abcdef1", "reason"),
    ("headers,cla @abcdef1 reason", ("headers", "cla"), "abcdef1", "reason"),
    ("headers @abcdef1 @abcdef2 reason", ("headers",), "abcdef1", "@abcdef2 reason"),
    ("headers @abcdef reason", ("headers",), None, "@abcdef reason"),
    (f"headers @{'a' * 65} reason", ("headers",), None, f"@{'a' * 65} reason"),
    ("headers @ada said so", ("headers",), None, "@ada said so"),
    ("headers @acme/core said so", ("headers",), None, "@acme/core said so"),
    ("headers @ada", ("headers",), None, "@ada"),
    ("headers abcdef1 is generated", ("headers",), None, "abcdef1 is generated"),
    ("headers reason @abcdef1", ("headers",), None, "reason @abcdef1"),
    ("headers @abcdef1, reason", ("headers",), None, "@abcdef1, reason"),
    (f"headers {'x' * 500}", ("headers",), None, "x" * 500),
    (f"headers @abcdef1 {'x' * 500}", ("headers",), "abcdef1", "x" * 500),
    (f"headers {'é' * 500}", ("headers",), None, "é" * 500),
    ("headers 👍 ok", ("headers",), None, "👍 ok"),
    ("headers 理由", ("headers",), None, "理由"),
    ("headers #12", ("headers",), None, "#12"),
    ("headers a\x1b[31m\u202eb", ("headers",), None, "a\x1b[31m\u202eb"),
    ("headers <b>`@ada`</b> | \\", ("headers",), None, "<b>`@ada`</b> | \\"),
]

NO_RULE, NO_REASON, TOO_LONG, UNKNOWN = "Which rule?", "needs a reason in words", "longer than 500", "There is no rule"

NO_OVERRIDES: list[tuple[str, str]] = [
    ("", NO_RULE),
    (",", NO_RULE),
    (",headers reason", NO_RULE),
    (", headers reason", NO_RULE),
    ("headers,", NO_RULE),
    ("headers,, reason", NO_RULE),
    ("headers,,cla reason", NO_RULE),
    ("headers", NO_REASON),
    ("headers,cla", NO_REASON),
    ("headers @abcdef1", NO_REASON),
    (f"headers @{SHA}", NO_REASON),
    ("headers \u200b", NO_REASON),
    ("headers \u200b\u2060\u00ad", NO_REASON),
    ("headers @abcdef1 \u202e", NO_REASON),
    ("headers \u3164\u3164", NO_REASON),
    ("headers \u115f\u1160 \uffa0", NO_REASON),
    ("headers \u2800", NO_REASON),
    ("headers \u034f\u17b4\ufe0f", NO_REASON),
    ("headers 👍", NO_REASON),
    ("headers ...", NO_REASON),
    (f"headers {'x' * 501}", TOO_LONG),
    (f"headers @abcdef1 {'x' * 501}", TOO_LONG),
    (f"headers {'x ' * 30_000}", TOO_LONG),
    ("header reason", f"{UNKNOWN} `header`. Did you mean `headers`?"),
    ("Heders reason", f"{UNKNOWN} `Heders`. Did you mean `headers`?"),
    ("data reason", UNKNOWN),
    ("frobnicate reason", f"{UNKNOWN} `frobnicate`. There are `cla`, `dco`"),
    ("headers,frobnicate reason", f"{UNKNOWN} `frobnicate`"),
    ("headers, generated file", f"{UNKNOWN} `generated`"),
    ("policy it is fine", UNKNOWN),
    ("all I say so", UNKNOWN),
    ("* I say so", f"{UNKNOWN} `*`"),
    ("@abcdef1 headers reason", f"{UNKNOWN} `@abcdef1`"),
    ("@ada headers", f"{UNKNOWN} `@ada`"),
    ("headers: reason", f"{UNKNOWN} `headers:`. Did you mean `headers`?"),
    ("h\u0435aders reason", f"{UNKNOWN} `h\u0435aders`. Did you mean `headers`?"),  # a Cyrillic letter
    ("\uff48eaders reason", f"{UNKNOWN} `\uff48eaders`. Did you mean `headers`?"),  # a wide one
    ("c\u217ca reason", f"{UNKNOWN} `c\u217ca`"),  # a Roman numeral
    ("headers\u200b reason", f"{UNKNOWN} `headers\\u{{200b}}`. Did you mean `headers`?"),
    ("\u202esredaeh reason", f"{UNKNOWN} `\\u{{202e}}sredaeh`"),
    (f"{'x' * 60_000} reason", UNKNOWN),
]


@pytest.mark.parametrize(("words", "rules", "sha", "reason"), OVERRIDES, ids=lambda value: repr(value)[:40])
def test_an_override_names_rules_a_commit_if_any_and_a_reason(
    words: str, rules: tuple[str, ...], sha: str | None, reason: str
) -> None:
    found = override_words(words)
    assert (found.rules, found.sha, found.reason) == (rules, sha, reason)


@pytest.mark.parametrize(("words", "answer"), NO_OVERRIDES, ids=lambda value: repr(value)[:40])
def test_what_is_no_override_is_refused_with_a_hint(words: str, answer: str) -> None:
    with pytest.raises(Refused, match=re.escape(answer)) as refusal:
        override_words(words)
    assert len(str(refusal.value)) <= 400


# -- approve -------------------------------------------------------------------------------------------------------

APPROVALS: list[tuple[str, str | None, str | None]] = [
    # words, rule, commit
    ("", None, None),
    ("protected", "protected", None),
    ("PROTECTED", "protected", None),
    ("abcdef1", None, "abcdef1"),
    ("ABCDEF1", None, "abcdef1"),
    ("1234567", None, "1234567"),
    ("@abcdef1", None, "abcdef1"),
    (SHA, None, SHA),
    (SHA256, None, SHA256),
    ("protected abcdef1", "protected", "abcdef1"),
    ("protected @abcdef1", "protected", "abcdef1"),
    (f"protected {SHA}", "protected", SHA),
]

NO_APPROVALS: list[tuple[str, str]] = [
    ("protected please", "takes one rule"),
    ("protected datasets", "takes one rule"),
    ("protected abcdef", "7 digits or more"),
    (f"protected {'a' * 65}", "7 digits or more"),
    ("abcdef1 protected", "takes one rule"),
    ("protected abcdef1 please", "takes one rule"),
    ("protected datasets abcdef1", "takes one rule"),
    ("protected,datasets", f"{UNKNOWN} `protected,datasets`"),
    ("abcdef", f"{UNKNOWN} `abcdef`"),
    ("@ada", f"{UNKNOWN} `@ada`"),
    ("protect", f"{UNKNOWN} `protect`. Did you mean `protected`?"),
    ("\u0430bcdef1", UNKNOWN),  # a Cyrillic letter
    ("abcdef\u0661", UNKNOWN),  # an Arabic digit
    ("please", UNKNOWN),
]


@pytest.mark.parametrize(("words", "rule", "sha"), APPROVALS)
def test_an_approval_names_a_rule_a_commit_both_or_neither(words: str, rule: str | None, sha: str | None) -> None:
    found = approve_words(words)
    assert (found.rule, found.sha) == (rule, sha)


@pytest.mark.parametrize(("words", "answer"), NO_APPROVALS, ids=lambda value: repr(value)[:40])
def test_what_is_no_approval_is_refused_with_a_hint(words: str, answer: str) -> None:
    with pytest.raises(Refused, match=re.escape(answer)):
        approve_words(words)


# -- one rule ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULE_ORDER)
def test_every_rule_is_known_in_any_case(rule: str) -> None:
    assert known_rule(rule.upper()) == rule
    assert one_rule(rule.title(), "revoke") == rule


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("", "`/steward revoke` takes one rule and no more, such as `/steward revoke headers`."),
        ("headers dco", "takes one rule and no more"),
        ("headers abcdef1", "takes one rule and no more"),
        ("headers,dco", f"{UNKNOWN} `headers,dco`"),
        ("ai_assistance", f"{UNKNOWN} `ai_assistance`. Did you mean `ai-assistance`?"),
        ("cla\x00", f"{UNKNOWN} `cla\\u{{0}}`. Did you mean `cla`?"),
    ],
)
def test_one_rule_is_one_that_there_is(words: str, answer: str) -> None:
    with pytest.raises(Refused, match=re.escape(answer)):
        one_rule(words, "revoke")


# -- whatever people write -----------------------------------------------------------------------------------------

READERS: list[Callable[[str], object]] = [
    override_words,
    approve_words,
    known_rule,
    lambda words: one_rule(words, "revoke"),
]
PIECES = ["headers", "cla", "@ada", "@abcdef1", "abcdef1", ",", "`", "``", "\n", "\n\n", "/steward", "<b>", "|", "\\"]
WORDS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=12).map(" ".join)


@given(st.one_of(WORDS, st.text(max_size=80), WORDS.map(lambda text: text.replace(" ", ""))))
def test_whatever_is_written_is_understood_or_refused_in_words_that_call_nobody(words: str) -> None:
    for read in READERS:
        answer = _refusal(read, words)
        assert "@" not in _outside_code(answer)
        assert parse(answer) == ()


def _refusal(read: Callable[[str], object], words: str) -> str:
    try:
        read(words)
    except Refused as refusal:
        return str(refusal)
    return ""


def _outside_code(markdown: str) -> str:
    return re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", markdown, flags=re.DOTALL)
