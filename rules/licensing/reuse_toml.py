# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One REUSE.toml: read, checked, and asked what it says of a path.

Source: REUSE Specification 3.3, "REUSE.toml". A contributor may write anything into it, so every size has a bound.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import re2

from rules.licensing.licenses import canonical
from rules.patterns import linear_regex

MOST_CHARACTERS = 256 * 1024
MOST_ANNOTATIONS = 1_000
MOST_GLOBS = 1_000
"""Paths with `*` or `\\` in all annotations together: each is tried on every file."""
LONGEST_PATH = 300
DEEPEST_KEY = 20
"""Parts of a dotted key. What tomllib needs for one, time and memory, grows faster than their square."""

_SHOWN = 100  # characters of what somebody else wrote
_DEEP_KEY = linear_regex(rf"""(?:(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')[ \t]*\.[ \t]*){{{DEEPEST_KEY}}}""")
_REASON = re.compile(r"(?P<reason>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)", re.DOTALL)
_HEADING = re.compile(r"[ \t]*\[\[[ \t]*annotations[ \t]*\]\]")
_GLOB = re.compile(r"\*\*/?|\*|\\.?|[^*\\]+", re.DOTALL)


class Precedence(StrEnum):
    """What counts where the file, or a REUSE.toml nearer to it, says something as well."""

    CLOSEST = "closest"  # what is nearest
    AGGREGATE = "aggregate"  # both
    OVERRIDE = "override"  # this alone


class UnfitTomlError(ValueError):
    """A REUSE.toml that cannot be used: `words` is a clause, `line` counts from 1 and is None where it is unknown."""

    def __init__(self, words: str, line: int | None = None) -> None:
        super().__init__(words)
        self.words = words
        self.line = line


@dataclass(frozen=True, slots=True)
class Annotation:
    """What is said of some paths; licenses are canonical, and `line` is where the annotation begins, if known."""

    paths: tuple[str, ...]
    precedence: Precedence
    licenses: tuple[str, ...]
    copyrights: tuple[str, ...]
    line: int | None


class Annotations:
    """The annotations of one REUSE.toml."""

    def __init__(self, annotations: Sequence[Annotation]) -> None:
        """Compile the paths; the later an annotation stands, the more it counts."""
        numbered = _numbered_paths(annotations)
        self._annotations = annotations
        self._plain = {path: number for number, path in numbered if not _is_glob(path)}
        self._globs = [(number, _regex(path)) for number, path in reversed(numbered) if _is_glob(path)]

    def of(self, path: str) -> Annotation | None:
        """The last annotation that covers a path, which is relative to the folder of the REUSE.toml."""
        plain, encoded = self._plain.get(path, -1), path.encode("utf-8", "replace")
        globs = (number for number, regex in self._globs if number > plain and regex.search(encoded))
        number = next(globs, plain)
        return None if number < 0 else self._annotations[number]


def read(text: str) -> Annotations:
    """The annotations in the text of a REUSE.toml; raises UnfitTomlError for the first thing that is wrong."""
    table = _parsed(text)
    if type(table.get("version")) is not int or table["version"] != 1:
        raise UnfitTomlError("it does not say version = 1, the only version that is known")
    rows = table.get("annotations", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UnfitTomlError("its annotations should be tables, each under [[annotations]]")
    if len(rows) > MOST_ANNOTATIONS:
        raise UnfitTomlError(f"it has more than {MOST_ANNOTATIONS:,} annotations")
    annotations = [_annotation(row, line) for row, line in zip(rows, _lines(text, len(rows)), strict=True)]
    if sum(_is_glob(path) for _, path in _numbered_paths(annotations)) > MOST_GLOBS:
        raise UnfitTomlError(f"it has more than {MOST_GLOBS:,} patterns for paths")
    return Annotations(annotations)


# -- the file -----------------------------------------------------------------------------------------------------


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > MOST_CHARACTERS:
        raise UnfitTomlError(f"it is larger than {MOST_CHARACTERS // 1024} KiB")
    if deep := _DEEP_KEY.search(text):
        line = text.count("\n", 0, deep.start()) + 1
        raise UnfitTomlError(f"it has a key of more than {DEEPEST_KEY} parts", line)
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(str(error)) from None
    except (ValueError, RecursionError):  # a whole number of more than 4,300 digits; lists in lists in lists
        raise UnfitTomlError("it holds a value that is too long or nested too deeply") from None


def _not_toml(error: str) -> UnfitTomlError:
    """What tomllib found wrong; it tells the place in its message alone."""
    match = _REASON.fullmatch(error)
    reason, line = (match["reason"], match["line"]) if match else (error, None)
    return UnfitTomlError(f"it is not TOML: {_shown(reason)}", int(line) if line else None)


def _lines(text: str, count: int) -> Sequence[int | None]:
    """The lines in which annotations begin. tomllib does not tell, so they are known where their headings add up."""
    headings = [number for number, line in enumerate(text.split("\n"), 1) if _HEADING.match(line)]
    return headings if len(headings) == count else [None] * count


# -- one annotation -----------------------------------------------------------------------------------------------


def _annotation(row: dict[str, Any], line: int | None) -> Annotation:
    try:
        return Annotation(
            paths=_paths(row),
            precedence=_precedence(row.get("precedence", Precedence.CLOSEST)),
            licenses=tuple(_license(text) for text in _texts(row, "SPDX-License-Identifier")),
            copyrights=tuple(one_line(text) for text in _texts(row, "SPDX-FileCopyrightText")),
            line=line,
        )
    except UnfitTomlError as error:
        raise UnfitTomlError(f"an annotation {error.words}", line) from None


def _paths(row: dict[str, Any]) -> tuple[str, ...]:
    paths = _texts(row, "path")
    if not paths or not all(paths):
        raise UnfitTomlError("has no path")
    if any(len(path) > LONGEST_PATH for path in paths):
        raise UnfitTomlError(f"has a path of more than {LONGEST_PATH} characters")
    return paths


def _precedence(value: Any) -> Precedence:
    try:
        return Precedence(value)
    except ValueError:
        raise UnfitTomlError("has a precedence that is none of closest, aggregate and override") from None


def _license(text: str) -> str:
    if expression := canonical(text):
        return expression
    raise UnfitTomlError(f"names a license that is not an SPDX license expression: {_shown(text)}")


def _texts(row: dict[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key, ())
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(text, str) for text in texts):
        raise UnfitTomlError(f"has under {key} neither a text nor a list of texts")
    return tuple(texts)


def one_line(text: str) -> str:
    """A text of somebody else on one line, with nothing in it that is not printed."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())


def _shown(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


# -- paths --------------------------------------------------------------------------------------------------------


def _numbered_paths(annotations: Sequence[Annotation]) -> list[tuple[int, str]]:
    return [(number, path) for number, annotation in enumerate(annotations) for path in annotation.paths]


def _is_glob(path: str) -> bool:
    return "*" in path or "\\" in path


def _regex(path: str) -> Any:
    return linear_regex(f"^{_GLOB.sub(lambda part: _part(part[0]), path)}$")


def _part(part: str) -> str:
    """Part of a path as a regular expression: `*` stays in a folder, `**` does not, and `\\` makes either plain."""
    wild = {"**": ".*", "**/": ".*", "*": "[^/]*"}
    return wild.get(part) or str(re2.escape(part.removeprefix("\\")))
