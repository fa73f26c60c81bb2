# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Small files that stand in a repository in place of large ones, which are kept elsewhere: what stands behind them.

Git LFS, git-annex and DVC. A pointer is what its author says it is: its size is claimed, and nobody here can see more.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rules import git_lfs, yaml_guard
from rules.change import ChangedFile, Content, FileKind
from rules.materials.committed.names import name_of

LFS, ANNEX, DVC = "Git LFS", "git-annex", "DVC"
SMALL = 1024
"""Bytes of a pointer at most, but for those of DVC."""
LARGEST = 2**63 - 1
"""Bytes behind a pointer at most; more is no size of a file."""
_LINES = 12  # of a pointer of Git LFS with all its extensions; one of git-annex has one
# An unlocked file holds `/annex/objects/KEY`, a locked one links to `.git/annex/objects/xx/yy/KEY/KEY`. A key is
# `BACKEND-sSIZE-...--NAME` (git-annex, internals/key_format and internals/pointer_file).
_ANNEX = re.compile(r"(?:\A|/)annex/objects/(?:[^\n]*/)?(?P<key>[A-Z0-9_]+(?:-[a-zA-Z]\d+)*--[^/\n]+)(?:\n|\Z)")
_ANNEX_SIZE = re.compile(r"-s(\d{1,19})(?:-|\Z)")


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a pointer: where it belongs, its size in bytes if that is told, and whether it is a folder."""

    path: str
    size: int | None
    folder: bool = False


@dataclass(frozen=True, slots=True)
class Pointer:
    """A pointer of this kind, and what stands behind it."""

    kind: str
    behind: tuple[Behind, ...]


def is_dvc(path: str) -> bool:
    """Whether a path is one of those where DVC keeps pointers."""
    name = name_of(path)
    return name == "dvc.lock" or (name.endswith(".dvc") and name != ".dvc")


def may_be_pointer(file: ChangedFile) -> bool:
    """Whether a file of known size may be a pointer, by that and by its new lines."""
    return (file.size or 0) <= SMALL and file.additions <= _LINES


def pointer(file: ChangedFile) -> Pointer | None:
    """What a file points at; None if it is no pointer, or if its content was not read."""
    if file.content is None or file.content.binary:
        return None
    if is_dvc(file.path):
        return Pointer(DVC, tuple(_outs(file.path, file.content)))
    if (size := git_lfs.size_behind(file.content)) is not None:
        return Pointer(LFS, (Behind(file.path, min(size, LARGEST)),))
    return _annexed(file, file.content)


def _annexed(file: ChangedFile, content: Content) -> Pointer | None:
    if len(content.text) > SMALL or (file.kind is FileKind.REGULAR and not content.text.startswith("/annex/")):
        return None
    found = _ANNEX.search(content.text)
    if not found:
        return None
    size = _ANNEX_SIZE.search(found["key"].partition("--")[0])
    return Pointer(ANNEX, (Behind(file.path, min(int(size[1]), LARGEST) if size else None),))


# -- DVC (dvc.org/doc/user-guide/project-structure) ------------------------------------------------------------------


def _outs(path: str, content: Content) -> Iterator[Behind]:
    """What DVC keeps for a `.dvc` file or a `dvc.lock`; the file that it is named for, where that cannot be read."""
    found = list(_read_outs(path, content))
    if not found and not path.endswith("dvc.lock"):
        yield Behind(path[: -len(".dvc")], None)
    yield from found


def _read_outs(path: str, content: Content) -> Iterator[Behind]:
    # Only the beginning of a file is kept: what is cut off in the middle of a line goes.
    text = content.text if content.whole else content.text.rpartition("\n")[0]
    try:
        top = yaml_guard.load(text).value
    except yaml_guard.YamlError:
        return
    stages = top.get("stages")
    rows = [top, *(stages.values() if isinstance(stages, dict) else ())]
    base = posixpath.join(posixpath.dirname(path), str(top.get("wdir", "")))
    outs = [out for row in rows if isinstance(row, dict) for out in _list(row.get("outs"))]
    for out in outs:
        if isinstance(out, dict) and isinstance(out.get("path"), str):
            yield _out(out, base)


def _out(out: dict[str, Any], base: str) -> Behind:
    size, digest = out.get("size"), str(out.get("md5", ""))
    known = isinstance(size, int) and not isinstance(size, bool) and 0 <= size <= LARGEST
    path = posixpath.normpath(posixpath.join(base, out["path"]))
    return Behind(path, size if known else None, folder=digest.endswith(".dir") or "nfiles" in out)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
