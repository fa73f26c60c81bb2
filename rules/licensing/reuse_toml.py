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
from itertools import islice
from typing import Any, NamedTuple

from rules.licensing.header import has_year
from rules.licensing.licenses import canonical
from rules.licensing.named import wrong_license
from rules.licensing.reuse_paths import LONGEST_PATH, Paths, is_pattern
from rules.patterns import linear_regex

MOST_ANNOTATIONS = 1_000
DEEPEST_KEY = 20
"""Parts of a dotted key. What tomllib needs for one, time and memory, grows faster than their square."""

MOST_LICENSES = 100
"""Of one annotation or `.license` file. No policy wants so many at once, so more would change no verdict."""

_MOST_NOTICES = 100
_LONGEST_NOTICE = 300
_SHOWN = 100  # characters of what somebody else wrote
_DEEP_KEY = linear_regex(rf"""(?:(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')[ \t]*\.[ \t]*){{{DEEPEST_KEY}}}""")
_REASON = re.compile(r"(?P<reason>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)", re.DOTALL)
_HEADING = re.compile(r"[ \t]*\[\[[ \t]*annotations[ \t]*\]\]")


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
    """What is said of some paths; valid licenses are canonical, and `line` is where the annotation begins, if known."""

    paths: tuple[str, ...]
    precedence: Precedence
    licenses: tuple[str, ...]
    copyrights: tuple[str, ...]
    line: int | None


class Size(NamedTuple):
    """How much of one REUSE.toml, or of several together, takes time or memory: counted, never measured."""

    characters: int = 0
    patterns: int = 0  # each is tried on every file below
    pattern_characters: int = 0
    licenses: int = 0

    def plus(self, other: "Size") -> "Size":
        """Both together."""
        return Size(*(mine + its for mine, its in zip(self, other, strict=True)))

    def hold_to(self, most: "Size", having: str) -> None:
        """Raise UnfitTomlError for the first thing of which there is more than `most`; `having` begins its words."""
        nouns = ("characters", "patterns for paths", "characters in patterns for paths", "licenses")
        for size, limit, noun in zip(self, most, nouns, strict=True):
            if size > limit:
                raise UnfitTomlError(f"{having} more than {limit:,} {noun}")


LARGEST = Size(256 * 1024, 500, 16 * 1024, 1_000)
"""What one REUSE.toml may be. Those that are in use have some dozens of patterns."""


class Annotations:
    """The annotations of one REUSE.toml, and how much they are, its text not counted.

    `invalid` is the first that names an invalid license, with what is wrong with that, as a clause.
    """

    def __init__(self, annotations: Sequence[Annotation], size: Size) -> None:
        """Compile the paths; the later an annotation stands, the more it counts."""
        self.size = size
        self.invalid = next(filter(None, map(_invalid, annotations)), None)
        self._annotations = annotations
        self._paths = Paths((number, path) for number, one in enumerate(annotations) for path in one.paths)

    def of(self, path: str) -> Annotation | None:
        """The last annotation that covers a path, which is relative to the folder of the REUSE.toml."""
        number = self._paths.last(path)
        return None if number is None else self._annotations[number]


def read(text: str) -> Annotations:
    """The annotations in the text of a REUSE.toml; raises UnfitTomlError for what makes it unfit as a whole."""
    table = _parsed(text)
    if type(table.get("version")) is not int or table["version"] != 1:
        raise UnfitTomlError("it does not say version = 1, the only version that is known")
    rows = table.get("annotations", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UnfitTomlError("its annotations should be tables, each under [[annotations]]")
    if len(rows) > MOST_ANNOTATIONS:
        raise UnfitTomlError(f"it has more than {MOST_ANNOTATIONS:,} annotations")
    annotations = [_annotation(row, line) for row, line in zip(rows, _lines(text, len(rows)), strict=True)]
    size = _size(annotations)
    size.hold_to(LARGEST, "it has")
    return Annotations(annotations, size)


def _size(annotations: Sequence[Annotation]) -> Size:
    patterns = [len(path) for one in annotations for path in one.paths if is_pattern(path)]
    licenses = sum(len(one.licenses) for one in annotations)
    return Size(patterns=len(patterns), pattern_characters=sum(patterns), licenses=licenses)


# -- the file -----------------------------------------------------------------------------------------------------


def _parsed(text: str) -> dict[str, Any]:
    Size(len(text)).hold_to(LARGEST, "it has")
    if deep := _DEEP_KEY.search(text):
        line = text.count("\n", 0, deep.start()) + 1
        raise UnfitTomlError(f"it has a key of more than {DEEPEST_KEY} parts", line)
    if "\ufffd" in text:
        raise UnfitTomlError("it is not UTF-8, as TOML has to be", text.count("\n", 0, text.index("\ufffd")) + 1)
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
            licenses=_licenses(row),
            copyrights=_copyrights(row),
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


def _licenses(row: dict[str, Any]) -> tuple[str, ...]:
    named = dict.fromkeys(canonical(text) or text for text in _texts(row, "SPDX-License-Identifier"))
    return tuple(islice(named, MOST_LICENSES))


def _copyrights(row: dict[str, Any]) -> tuple[str, ...]:
    """The notices, those with a year first: that there is one, and one with a year, is all that is ever asked."""
    notices = [one_line(text)[:_LONGEST_NOTICE] for text in _texts(row, "SPDX-FileCopyrightText")]
    return tuple(sorted(notices, key=lambda notice: not has_year([notice]))[:_MOST_NOTICES])


def _invalid(annotation: Annotation) -> UnfitTomlError | None:
    """What is wrong with the licenses of an annotation, which takes nothing from the others."""
    named = next((name for name in annotation.licenses if canonical(name) is None), None)
    return None if named is None else UnfitTomlError(f"an annotation {wrong_license(named)}", annotation.line)


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
