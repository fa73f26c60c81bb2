# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""License files beside data and weights: where they are asked for, and which license their words are.

The project's own license is read at the tip of the base branch, so that no contribution chooses by which license it
is judged.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from rules.change import Side, SideFile
from rules.data import table
from rules.licensing.folders import folders_of
from rules.licensing.licenses import in_full, normalized
from rules.licensing.spdx import parsed_in_file
from rules.materials.terms.classes import CLOSED, NARROW, Class, effective
from rules.materials.terms.conflicts import Claim
from rules.materials.terms.license_names import leading
from rules.materials.terms.license_prose import spoken

NAMES = ("LICENSE", "LICENSE.md", "LICENSE.txt", "COPYING")
"""What a license file is called."""

_TITLE = 1000  # characters at the beginning of a license in which its title stands
_TITLE_LINES = 6
_READ = 64 * 1024  # characters of a license file


def places(folder: str) -> Iterator[tuple[Side, str]]:
    """Where license files may stand that concern what lies in a folder: from there up to the root, and the project's
    own. What REUSE knows beside each file is `reuse.side_paths`.
    """
    for above in reversed(folders_of(f"{folder}/" if folder else "")):
        yield from ((Side.HEAD, f"{above}{name}") for name in NAMES)
    yield from ((Side.BASE, name) for name in NAMES)


class LicenseFiles:
    """What the license files at the head of one contribution say by their words, by their folders."""

    def __init__(self, side_files: Iterable[SideFile]) -> None:
        self._texts: dict[str, tuple[str, str]] = {}
        self._told: dict[str, Claim] = {}
        texts = {file.path: file.text for file in side_files if file.side is Side.HEAD}
        for path in sorted(texts, key=lambda path: (path.rpartition("/")[2] != NAMES[0], path)):
            folder, _, name = path.rpartition("/")
            if name in NAMES:
                self._texts.setdefault(folder, (path, texts[path]))

    def in_folder(self, folder: str) -> Claim | None:
        """The one in this very folder."""
        if folder in self._texts and folder not in self._told:
            path, text = self._texts[folder]
            self._told[folder] = Claim(path, None, told(text))
        return self._told.get(folder)

    def above(self, folder: str) -> Iterator[Claim]:
        """Those in this folder and in those above it, the nearest first; the root's is the last."""
        for above in reversed(folders_of(f"{folder}/" if folder else "")):
            if found := self.in_folder(above.removesuffix("/")):
                yield found


@dataclass(frozen=True, slots=True)
class Project:
    """The project's own license: the file that tells it, and whether it is one of open source; None if nobody can tell.

    `license` is how to call it, empty where it cannot be told.
    """

    path: str = ""
    license: str = ""
    open: bool | None = None

    @property
    def guarded(self) -> bool:
        """Whether the project is held to be open source: it is, or nobody can tell."""
        return self.open is not False

    @property
    def words(self) -> str:
        """What kind of project it is, behind "in a project"."""
        if self.open is None:
            why = f"the words of {self.path} are not known" if self.path else "it has no license file"
            return f"that counts as open source, for nobody can tell its own license ({why})"
        kind = "an open-source license" if self.open else "a license that is no open-source license"
        return f"with {kind} ({self.license}, in {self.path})"


def project(side_files: Iterable[SideFile]) -> Project:
    """The project's own license, at the tip of the base branch."""
    texts = {file.path: file.text for file in side_files if file.side is Side.BASE}
    path = next((name for name in NAMES if name in texts), "")
    return _project(path, texts) if path else Project()


def _project(path: str, texts: Mapping[str, str]) -> Project:
    licenses = told(texts[path])
    classes = [effective(parsed) for parsed in map(parsed_in_file, licenses) if parsed is not None]
    name = " or ".join(sorted(licenses))
    if classes and all(class_ & (CLOSED | NARROW) for class_ in classes):
        return Project(path, name, open=False)
    if classes and all(Class.UNCLEAR not in class_ for class_ in classes):
        return Project(path, name, open=True)
    if any(phrase in normalized(texts[path][:_READ]) for phrase in _proprietary()):
        return Project(path, "all rights reserved", open=False)
    return Project(path)


def told(text: str) -> frozenset[str]:
    """Which license a license file is, by its title, its words, or what it says in a sentence; none if nobody knows."""
    start, read = text[:_TITLE], text[:_READ]
    return _by_title(start) or _by_first_lines(start) or _by_words(normalized(read)) or _by_sentence(read)


def _by_title(start: str) -> frozenset[str]:
    """The title that stands first, for licenses speak of others further down; of two in one place the longer one."""
    words = _title(start)
    found = [(words.index(title), -len(title), ids) for title, ids in _titles() if title in words]
    return min(found, key=lambda one: one[:2])[2] if found else frozenset()


def _title(text: str) -> str:
    """A title as it is compared: there is a license whose name differs from another's by two plus signs."""
    return normalized(text.replace("++", " plus plus "))


def _by_first_lines(start: str) -> frozenset[str]:
    """The title as a name, which may go on in the next line: `Attribution-ShareAlike 3.0 Unported`, `MIT License`."""
    lines = [line for line in start.splitlines() if line.strip()]
    titles = (" ".join(lines[number : number + 2]) for number in range(min(len(lines), _TITLE_LINES)))
    return next(filter(None, map(leading, titles)), frozenset())


def _by_words(whole: str) -> frozenset[str]:
    return frozenset(found.license.license for found in in_full(whole))


def _by_sentence(text: str) -> frozenset[str]:
    return next((said.licenses for said in spoken(text)), frozenset())


@cache
def _titles() -> tuple[tuple[str, frozenset[str]], ...]:
    rows = table("terms")["texts"]
    return tuple((_title(title), frozenset(row["licenses"])) for row in rows for title in row["titles"])


@cache
def _proprietary() -> tuple[str, ...]:
    return tuple(map(normalized, table("terms")["proprietary"]["phrases"]))
