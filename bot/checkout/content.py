# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is in the files of a work tree, and beside them, as far as rules want to see it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

from bot.checkout.beside import MAX_BYTES, with_beside
from bot.checkout.folder import Folder, NotAFile
from bot.checkout.paths import WorkTree
from bot.checkout.read import Subject
from rules.change import KEPT, Change, ChangedFile, Content, FileKind, Need, Side, SideFile, Unseen, decoded
from rules.rule import Rule
from rules.settings import RuleOptions

_READ = KEPT + 3  # bytes: what is kept, and the rest of a character that the cut would split

Asking = tuple[Rule, RuleOptions]
"""A rule that is on, with its options."""


def looked_into(tree: WorkTree, subject: Subject, asking: Sequence[Asking]) -> Change:
    """The files that were asked about, as they lie in the work tree, and what stands beside them.

    What cannot be read is unseen; a file that is not there is left out.
    """
    covered = sorted((file for file in subject.change.files if tree.covers(file.path)), key=attrgetter("path"))
    found = [_looked_into(tree.folder, file) if _matters(file, asking) else file for file in covered]
    files = [one for one in found if isinstance(one, ChangedFile)]
    change = replace(subject.change, files=tuple(files), unseen=_unseen(found))
    read = [file for file in files if file.content]
    places = {place for file in read for rule, options in asking for place in rule.beside(file, options)}
    change = with_beside(tree.git, change, subject.tip, {place for place in places if place[0] is Side.BASE})
    return _with_beside(tree.folder, change, sorted(path for side, path in places if side is Side.HEAD))


def _matters(file: ChangedFile, asking: Sequence[Asking]) -> bool:
    return any(rule.looks_at(file, options) for rule, options in asking)


def beginning(data: bytes) -> Content:
    """What a file with these bytes begins with."""
    return decoded(data[:_READ], whole=len(data) <= _READ)


def refused(path: str, error: Exception) -> Unseen:
    """Why a file was not read or written, in words."""
    words = "it is a link, or no regular file" if isinstance(error, NotAFile) else str(error)
    if isinstance(error, OSError):
        words = error.strerror or words
    return Unseen(Need.CONTENT, words, path)


def _looked_into(folder: Folder, file: ChangedFile) -> ChangedFile | Unseen | None:
    try:
        seen = folder.beginning(file.path, _READ)
    except FileNotFoundError:
        unreadable = Unseen(Need.CONTENT, "its name is not UTF-8", file.path)
        return unreadable if "\ufffd" in file.path else None
    except NotAFile:
        return replace(file, kind=FileKind.SYMLINK)
    except OSError as error:
        return refused(file.path, error)
    return replace(file, kind=FileKind.REGULAR, size=seen.size, content=decoded(seen.data, whole=seen.whole))


def _with_beside(folder: Folder, change: Change, paths: Iterable[str]) -> Change:
    found = [one for path in paths if (one := _side_file(folder, path))]
    texts = tuple(one for one in found if isinstance(one, SideFile))
    return replace(change, beside=(*change.beside, *texts), unseen=(*change.unseen, *_unseen(found)))


def _side_file(folder: Folder, path: str) -> SideFile | Unseen | None:
    try:
        seen = folder.beginning(path, MAX_BYTES)
    except (FileNotFoundError, NotAFile):
        return None
    except OSError as error:
        return refused(path, error)
    if not seen.whole:
        return Unseen(Need.CONTENT, f"it is larger than {MAX_BYTES // 1024} KiB", path)
    if b"\0" in seen.data:
        return Unseen(Need.CONTENT, "it is binary", path)
    return SideFile(path, Side.HEAD, seen.data.decode("utf-8", "replace"))


def _unseen(found: Iterable[object]) -> tuple[Unseen, ...]:
    return tuple(one for one in found if isinstance(one, Unseen))
