# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What stands beside a file about its license: its own `.license` file, and REUSE.toml in the folders above it.

Source: REUSE Specification 3.3, "Comment headers", "REUSE.toml" and "Order of precedence".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from rules.change import Side, SideFile
from rules.licensing.comments import Line
from rules.licensing.folders import folders_of
from rules.licensing.header import Header
from rules.licensing.licenses import canonical
from rules.licensing.reuse_toml import MOST_LICENSES, Annotations, Precedence, Size, UnfitTomlError, one_line, read

REUSE_TOML = "REUSE.toml"
SIDECAR = ".license"
"""What is appended to the path of a file to name the one beside it that speaks for it."""

TOGETHER = Size(1024 * 1024, 2_000, 32 * 1024, 2_000)
"""What all REUSE.toml of one contribution may be together."""
MOST_ABOVE = 500
"""Patterns in all REUSE.toml above one file together: all of them are tried on it."""

_TOGETHER = "with the other REUSE.toml of this contribution it has"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a REUSE.toml: `words` is a clause without a full stop.

    Nothing that it says counts, unless only `part` of it is wrong.
    """

    path: str
    line: int | None
    words: str
    part: bool = False


@dataclass(frozen=True, slots=True)
class Declared:
    """What one side file says of one file.

    `licenses` are SPDX expressions, canonical if valid, which none need be; all of them apply together. `source` is
    the path of the side file, `line` where it says so, if that is known. A `.license` file counts as `override`.
    """

    licenses: tuple[str, ...]
    copyrights: tuple[str, ...]
    precedence: Precedence
    source: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """All that side files say of one file.

    Where something `replaces`, what stands in the file itself does not count. What `adds` is added to it. What stands
    `instead` counts where neither the file nor what replaces it says anything; the nearest comes first.
    """

    replaces: tuple[Declared, ...] = ()
    adds: tuple[Declared, ...] = ()
    instead: tuple[Declared, ...] = ()

    def licenses(self, *, own: bool) -> tuple[Declared, ...]:
        """What names licenses of the file beside its own header; `own` says whether that header names one."""
        return self._naming(lambda declared: declared.licenses, own=own)

    def copyrights(self, *, own: bool) -> tuple[Declared, ...]:
        """The same for copyrights, which are looked at separately."""
        return self._naming(lambda declared: declared.copyrights, own=own)

    def __bool__(self) -> bool:
        return bool(self.replaces or self.adds or self.instead)

    def _naming(self, names: Callable[[Declared], tuple[str, ...]], *, own: bool) -> tuple[Declared, ...]:
        parts = (self.replaces, self.adds, self.instead)
        replaces, adds, instead = (tuple(filter(names, part)) for part in parts)
        said_there = replaces or (own and not self.replaces)
        return (*replaces, *adds, *(() if said_there else instead[:1]))


class Reuse:
    """What the side files of one contribution say. Those at its head count, for they come and go with the files.

    `problems` has what is wrong with them, the first thing in each.
    """

    def __init__(self, side_files: Iterable[SideFile]) -> None:
        """Read the side files; what is wrong with one is a problem, never an error."""
        texts = {file.path: file.text for file in side_files if file.side is Side.HEAD}
        self._sidecars = {path: text for path, text in texts.items() if path.endswith(SIDECAR)}
        self._tomls: dict[str, Annotations] = {}
        tomls = {path: text for path, text in texts.items() if path.rpartition("/")[2] == REUSE_TOML}
        self.problems = tuple(self._read(tomls))

    def _read(self, tomls: Mapping[str, str]) -> Iterator[Problem]:
        """Read as many as have room together, those nearest to the root first."""
        together = Size()
        for path, text in sorted(tomls.items(), key=lambda item: (item[0].count("/"), item[0])):
            together = together.plus(Size(len(text)))  # to read it takes time, whatever comes of it
            try:
                together.hold_to(TOGETHER, _TOGETHER)
                found = read(text)
                self._hold_to_room(path, found.size, together)
            except UnfitTomlError as error:
                yield Problem(path, error.line, error.words)
            else:
                self._tomls[path], together = found, together.plus(found.size)
                if found.invalid:
                    yield Problem(path, found.invalid.line, found.invalid.words, part=True)

    def _hold_to_room(self, path: str, size: Size, together: Size) -> None:
        """Raise UnfitTomlError for a REUSE.toml that is too much beside those that are read already."""
        together.plus(size).hold_to(TOGETHER, _TOGETHER)
        above = sum(self._tomls[one].size.patterns for one in self._above(path))
        if above + size.patterns > MOST_ABOVE:
            raise UnfitTomlError(f"with those in the folders above it has more than {MOST_ABOVE:,} patterns for paths")

    def _above(self, path: str) -> Iterator[str]:
        """The REUSE.toml that speak for a path, from the root on."""
        paths = (f"{folder}{REUSE_TOML}" for folder in (folders_of(path) if self._tomls else ()))
        return filter(self._tomls.__contains__, paths)

    def of(self, path: str) -> Said:
        """What they say of a file; an empty Said where they say nothing."""
        declared = list(_until_override(self._annotated(path)))
        override = tuple(one for one in declared if one.precedence is Precedence.OVERRIDE)
        adds = tuple(one for one in declared if one.precedence is Precedence.AGGREGATE)
        if override:
            return Said(override, adds)
        closest = tuple(one for one in reversed(declared) if one.precedence is Precedence.CLOSEST)
        return Said(self._sidecar(path), adds, closest)

    def _annotated(self, path: str) -> Iterator[Declared]:
        """What each REUSE.toml says of a file, from the root on."""
        for source in self._above(path):
            found = self._tomls[source].of(path[len(source) - len(REUSE_TOML) :])
            if found:
                yield Declared(found.licenses, found.copyrights, found.precedence, source, found.line)

    def _sidecar(self, path: str) -> tuple[Declared, ...]:
        source = f"{path}{SIDECAR}"
        return (_declared_in(self._sidecars[source], source),) if source in self._sidecars else ()


def side_paths(path: str) -> tuple[str, ...]:
    """The files that may say something of a file: its `.license`, and REUSE.toml from its folder up to the root."""
    return (f"{path}{SIDECAR}", *(f"{folder}{REUSE_TOML}" for folder in reversed(folders_of(path))))


def without_ignored(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that stand outside of REUSE-IgnoreStart .. REUSE-IgnoreEnd; one without an end ignores the rest."""
    return tuple(_outside(lines))


def _outside(lines: Iterable[Line]) -> Iterator[Line]:
    ignoring = False
    for line in lines:
        start, end = line.text.rfind("REUSE-IgnoreStart"), line.text.rfind("REUSE-IgnoreEnd")
        if not ignoring and start < 0:
            yield line
        ignoring = start > end or (ignoring and end < 0)


def _until_override(declared: Iterable[Declared]) -> Iterator[Declared]:
    """What is not overridden: nothing that is nearer to the file than an override."""
    for one in declared:
        yield one
        if one.precedence is Precedence.OVERRIDE:
            return


def _declared_in(text: str, source: str) -> Declared:
    """What a `.license` file says: all of it is header, whatever its lines begin with."""
    texts = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    header = Header(without_ignored(Line(number, line) for number, line in enumerate(texts, 1)))
    named = islice(dict.fromkeys(tag.text for tag in header.tags), MOST_LICENSES)
    return Declared(
        licenses=tuple(canonical(text) or text for text in named),
        copyrights=tuple(one_line(line.text) for line in header.copyrights),
        precedence=Precedence.OVERRIDE,
        source=source,
        line=header.tags[0].number if header.tags else None,
    )
