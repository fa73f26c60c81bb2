# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A header that can be added to a file: which lines, where, and as which comment; for a person and a program alike."""

from dataclasses import dataclass

from rules.finding import Finding
from rules.licensing.comments import Place, written
from rules.licensing.kinds import Style
from rules.licensing.reuse import SIDECAR

_PLAIN = Style(lines=(), unless=None, blocks=(), write=("", "", ""), never=(), indented=False)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Lines to put at a place of a file, as a comment of a style.

    `path` is the file to write in, which may not exist yet where it is the one beside a file without comments.
    """

    path: str
    place: Place
    lines: tuple[str, ...]
    style: Style

    @property
    def text(self) -> str:
        """The comment, ready to be pasted, without a line feed at its end."""
        return written(self.lines, self.style)

    @property
    def words(self) -> str:
        """Where to put it, for a person."""
        if self.style is _PLAIN:
            return f"Put this into a file beside it that has the same name and {SIDECAR} behind it:"
        if self.place.column:
            behind = f"behind the first {self.place.column} characters of line {self.place.line}"
            return f"Put this on lines of its own {behind}:"
        return f"Put this at line {self.place.line}, and an empty line behind it:"

    @property
    def fix(self) -> str:
        """What to do in words, and after an empty line the comment."""
        return f"{self.words}\n\n{self.text}"


def beside(path: str, lines: tuple[str, ...]) -> Proposal:
    """Lines for the `.license` file of a file that cannot carry comments; in there they need no comment marks."""
    return Proposal(f"{path}{SIDECAR}", Place(1), lines, _PLAIN)


@dataclass(frozen=True, slots=True)
class Examined:
    """What is wrong with the header of a file, if anything is, and what can be added without anybody's decision.

    `source` is the file beside it that names its license, where it is not the file itself.
    """

    finding: Finding | None = None
    proposal: Proposal | None = None
    source: str = ""
