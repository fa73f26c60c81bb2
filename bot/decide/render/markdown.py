# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Text from strangers made safe to stand in Markdown on GitHub: it formats nothing, links nothing, calls nobody.

File names, titles, license tags and names are written by whoever opens a pull request.
"""

import re

from bot.unseen import shown

LONGEST_CODE = 200
LONGEST_PROSE = 1_000
_UNSEEN = "&#8203;"  # a space of no width: breaks what GitHub would link, and shows nothing
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$])")
_LEADING = re.compile(r"^(\s*)([-+=#]|[0-9]+(?=[.)]))")
_LINKED = re.compile(r"([@#])|(?<=[a-z])(:)(?=//)|(?<=\bwww)(\.)|(?<=\bGH)(-)", re.IGNORECASE)

_UNSPELLED = re.compile(r"[^A-Za-z0-9._/+ -]")
_COMMIT = re.compile(r"\b[0-9a-f]{7,}\b", re.IGNORECASE)


def plain(text: str, longest: int = LONGEST_PROSE) -> str:
    """One line without control characters, cut in the middle where it is too long. It is not escaped."""
    if len(text) > 2 * longest:
        text = text[:longest] + text[-longest:]
    line = "".join(_visible(letter) for letter in text)
    return line if len(line) <= longest else f"{line[: longest // 2]}…{line[-longest // 2 + 1 :]}"


def prose(text: str) -> str:
    """A sentence that stands as it is: nothing in it formats, links or mentions."""
    return _LEADING.sub(lambda match: match.group(0) + _UNSEEN, _inline(plain(text)))


def cell(text: str) -> str:
    """The same in a table, where nothing begins a list, and a long word would push all others aside."""
    return _inline(plain(text, LONGEST_CODE))


def bare(text: str) -> str:
    """A name in a commit's message, which GitHub reads for mentions, references and addresses, and nothing escapes."""
    spelled = _UNSPELLED.sub("?", text[:LONGEST_CODE])
    return _COMMIT.sub(lambda match: f"{match[0][:6]}?{match[0][6:]}", _unlinked(spelled, "?"))


def _inline(text: str) -> str:
    return _unlinked(_SPECIAL.sub(r"\\\1", text), _UNSEEN)


def _unlinked(text: str, between: str) -> str:
    return _LINKED.sub(lambda match: match[0] + between, text)


def code(text: str) -> str:
    """A name or path as inline code, whatever it holds. GitHub neither links nor mentions inside code."""
    line = plain(text, LONGEST_CODE)
    fence = "`" * (_longest_run(line) + 1)
    edge = " " if line.startswith("`") or line.endswith("`") or not line.strip() else ""
    return f"{fence}{edge}{line}{edge}{fence}"


def block(text: str) -> str:
    """Lines to copy, as a fenced block. Control characters but line ends and tabs become visible."""
    lines = ["".join(letter if letter == "\t" else _visible(letter) for letter in line) for line in text.split("\n")]
    fence = "`" * max(3, _longest_run(text) + 1)
    return "\n".join((fence, *lines, fence))


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _visible(letter: str) -> str:
    return "\\n" if letter == "\n" else shown(letter)
