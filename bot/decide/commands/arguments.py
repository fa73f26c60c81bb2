# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What stands behind a command: rules, a commit, a reason. What cannot be understood is refused with a hint."""

import re
from dataclasses import dataclass

from bot.decide.commands.asked import Refused
from bot.decide.render.markdown import code
from bot.unseen import shown
from rules.policy import RULE_ORDER
from rules.suggest import nearest

LONGEST_REASON = 500
_COMMIT = re.compile(r"@?([0-9a-f]{7,64})", re.IGNORECASE)
_NO_REASON = (
    "An override needs a reason in words, which stands in the record: `/steward override RULE REASON`, such as "
    "`/steward override headers generated file, see #12`."
)
_TOO_LONG = f"That reason is longer than {LONGEST_REASON} characters. Say it in fewer."
_WHICH_RULE = "Which rule? Its name stands behind the command, such as `headers`; a comma stands between two names."
_ONE_RULE = (
    "`/steward approve` takes one rule, or none for all that wait for you, and then a commit if you like, by 7 digits "
    "or more: `/steward approve protected`."
)


@dataclass(frozen=True, slots=True)
class OverrideWords:
    """`<rule>[,<rule>] [@<sha>] <reason>`; the SHA may be a beginning of one, in lower case."""

    rules: tuple[str, ...]
    sha: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class ApproveWords:
    """`[<rule>] [<sha>]`"""

    rule: str | None
    sha: str | None


def override_words(arguments: str) -> OverrideWords:
    """Read what stands behind `/steward override`. Raises Refused."""
    match = re.match(r"(?P<rules>[^\s,]+(?:\s*,\s*[^\s,]+)*)\s*(?P<rest>.*)", arguments)
    if match is None or match["rest"].startswith(","):
        raise Refused(_WHICH_RULE)
    rules = tuple(dict.fromkeys(known_rule(name) for name in re.split(r"\s*,\s*", match["rules"])))
    first, _, others = match["rest"].partition(" ")
    sha = _commit(first) if first.startswith("@") else None
    reason = (others if sha else match["rest"]).strip()
    if not any(letter.isalnum() and shown(letter) == letter for letter in reason):
        raise Refused(_NO_REASON)
    if len(reason) > LONGEST_REASON:
        raise Refused(_TOO_LONG)
    return OverrideWords(rules, sha, reason)


def approve_words(arguments: str) -> ApproveWords:
    """Read what stands behind `/steward approve`. Raises Refused."""
    words = arguments.split()
    sha = _commit(words[-1]) if words else None
    named = words[:-1] if sha else words
    if len(named) > 1:
        raise Refused(_ONE_RULE)
    return ApproveWords(known_rule(named[0]) if named else None, sha)


def one_rule(arguments: str, command: str) -> str:
    """The one rule that has to stand behind a command, and nothing else. Raises Refused."""
    words = arguments.split()
    if len(words) != 1:
        raise Refused(f"`/steward {command}` takes one rule and no more, such as `/steward {command} headers`.")
    return known_rule(words[0])


def known_rule(name: str) -> str:
    """The rule that somebody named, whatever its case. Raises Refused for what is none."""
    rule = name.strip("`*").lower()
    if rule in RULE_ORDER:
        return rule
    meant = nearest(rule, RULE_ORDER)
    hint = f"Did you mean `{meant}`?" if meant else f"There are {', '.join(f'`{one}`' for one in RULE_ORDER)}."
    raise Refused(f"There is no rule {code(name)}. {hint}")


def _commit(word: str) -> str | None:
    match = _COMMIT.fullmatch(word)
    return match[1].lower() if match else None
