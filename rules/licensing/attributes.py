# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the `.gitattributes` of the base branch say of a file: whether tools made it, whether it came from elsewhere.

Source: gitattributes(5); github-linguist, docs/overrides.md. Macros (`[attr]`) are passed over.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import re2

from rules.change import Side, SideFile
from rules.licensing.folders import folders_of
from rules.patterns import UnfitError, linear_regex

GIT_ATTRIBUTES = ".gitattributes"
LONGEST_LINE = 2048
"""In bytes; git passes over a line that is longer."""

_GENERATED, _VENDORED = "linguist-generated", "linguist-vendored"

_LINE = re.compile(
    r'[ \t\r]*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>[^# \t\r][^ \t\r]*))(?P<attributes>.*)', re.DOTALL
)
_WORD = re.compile(r"[^ \t\r]+")
_ATTRIBUTE = re.compile(r"(?P<mark>[-!]?)(?P<name>[A-Za-z0-9_.][A-Za-z0-9_.-]*)(?:=(?P<value>.*))?", re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:(?P<octal>[0-3][0-7]{2})|(?P<mark>.))", re.DOTALL)
_ESCAPED = dict(zip(b'abtnvfr"\\', b'\a\b\t\n\v\f\r"\\', strict=True))
_GLOB = re.compile(
    r"(?P<folders>(?:\A|(?<=/))\*{2,}/)|(?P<all>(?:\A|(?<=/))\*{2,}\Z)|(?P<some>\*+)|(?P<one>\?)"
    r"|\[(?P<inverted>[!^]?)(?P<set>\]?(?:\[:[a-z]*:\]|\\.|[^\]\\])*)\]"
    r"|\\(?P<escaped>.)|(?P<text>[^*?\[\\]+)|(?P<broken>.)",
    re.DOTALL,
)
_WILD = {"folders": "(?:.*/)?", "all": ".*", "some": "[^/]*", "one": "[^/]"}
_SET = re.compile(r"(?P<class>\[:[a-z]*:\])|(?P<low>\\.|[^\\])-(?P<high>\\.|[^\\])|(?P<mark>\\?.)", re.DOTALL)
_WITH_SLASH = {"[:graph:]": "!-.0-~", "[:print:]": " -.0-~", "[:punct:]": r"!-.:-@\[-`{-~"}
_NOTHING = r"[^\x00-\x{10ffff}]"


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: what it covers, and what it says of the attributes. None takes back what is said further away."""

    regex: Any
    says: dict[str, bool | None]


class Attributes:
    """The attributes linguist-generated and linguist-vendored.

    Only files at the tip of the base branch count: nobody may excuse a file in the contribution that brings it.
    """

    def __init__(self, side_files: Iterable[SideFile]) -> None:
        """Read the side files; a line that git would not take is skipped."""
        named = (file for file in side_files if file.path.rpartition("/")[2] == GIT_ATTRIBUTES)
        self._lines = {file.path: tuple(_lines(file.text)) for file in named if file.side is Side.BASE}

    def generated(self, path: str) -> bool | None:
        """Whether a file is said to be made by a tool; None where nothing is said."""
        return self._said(path, _GENERATED)

    def vendored(self, path: str) -> bool | None:
        """Whether a file is said to come from elsewhere; None where nothing is said."""
        return self._said(path, _VENDORED)

    def _said(self, path: str, attribute: str) -> bool | None:
        """What the last line says that covers a path, in the nearest file that has such a line."""
        for folder in reversed(folders_of(path)) if self._lines else ():
            below = path[len(folder) :].encode("utf-8", "replace")
            for line in self._lines.get(f"{folder}{GIT_ATTRIBUTES}", ()):
                if attribute in line.says and line.regex.search(below):
                    return line.says[attribute]
        return None


def side_paths(path: str) -> tuple[str, ...]:
    """The `.gitattributes` that may say something of a file: from the root down to its folder."""
    return tuple(f"{folder}{GIT_ATTRIBUTES}" for folder in folders_of(path))


# -- lines --------------------------------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[_Line]:
    """The lines that say something of the attributes, the last first."""
    for written in reversed(text.removeprefix("\ufeff").split("\n")):
        if _GENERATED in written or _VENDORED in written:
            yield from _line(written)


def _line(written: str) -> Iterator[_Line]:
    """One line as git reads it; nothing if git would not take it."""
    match = _LINE.fullmatch(written)
    if not match or len(written.encode("utf-8", "replace")) > LONGEST_LINE:
        return
    says = _says(match["attributes"])
    try:
        pattern = match["plain"] or _unquoted(match["quoted"])
        if says and not pattern.startswith(("!", "[attr]")):
            yield _Line(_regex(pattern), says)
    except UnfitError:
        return


def _says(attributes: str) -> dict[str, bool | None]:
    """What a line says of the two attributes; nothing at all if one of its attributes has no proper name."""
    found = [_ATTRIBUTE.fullmatch(attribute) for attribute in _WORD.findall(attributes)]
    named = {match["name"]: _state(match) for match in found if match}
    return {name: named[name] for name in (_GENERATED, _VENDORED) if name in named} if all(found) else {}


def _state(attribute: re.Match[str]) -> bool | None:
    """As Linguist reads it: every value but `false` is a yes."""
    if attribute["mark"] == "!":
        return None
    return attribute["mark"] != "-" and attribute["value"] != "false"


def _unquoted(quoted: str) -> str:
    """A pattern from between quotes, its escapes resolved as in C; raises UnfitError."""
    return _ESCAPE.sub(_resolved, quoted.encode("utf-8", "replace")).decode("utf-8", "replace")


def _resolved(escape: re.Match[bytes]) -> bytes:
    if escape["octal"]:
        return bytes([int(escape["octal"], 8)])
    if escape["mark"][0] not in _ESCAPED:
        raise UnfitError("has an escape that C does not know")
    return bytes([_ESCAPED[escape["mark"][0]]])


# -- patterns -----------------------------------------------------------------------------------------------------


def _regex(pattern: str) -> Any:
    """A pattern as gitattributes(5) reads it: like one of gitignore, but a folder does not cover what is in it."""
    if pattern.endswith("/"):
        raise UnfitError("covers folders, which have no attributes")
    anywhere = "" if "/" in pattern else "(?:.*/)?"
    return linear_regex(f"^{anywhere}{_GLOB.sub(_part, pattern.removeprefix('/'))}$")


def _part(part: re.Match[str]) -> str:
    kind = part.lastgroup or ""
    if kind == "broken":
        raise UnfitError("ends within brackets or an escape")
    if kind == "set":
        members = _SET.sub(_member, part["set"])
        return f"[^/{members}]" if part["inverted"] else f"[{members}]" if members else _NOTHING
    return _WILD.get(kind) or str(re2.escape(part[kind]))


def _member(member: re.Match[str]) -> str:
    """A member of a set, or all from one to another; a class such as [:digit:] stays as it is. No set has a slash."""
    if name := member["class"]:
        return _WITH_SLASH.get(name, name)
    low, high = (_plain(member[part] or member["mark"]) for part in ("low", "high"))
    if not low <= "/" <= high:
        return _span(low, high)
    return "".join(_span(*ends) for ends in ((low, "."), ("0", high)) if ends[0] <= ends[1])


def _plain(mark: str) -> str:
    return mark.removeprefix("\\") or "\\"


def _span(low: str, high: str) -> str:
    return str(re2.escape(low)) if low == high else f"{re2.escape(low)}-{re2.escape(high)}"
