# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The work tree that a command is called for, and the paths in it that were asked about.

A path is taken as it is spelled. One that leads through a link of a repository is refused, for who laid the link would
choose what is written to.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.checkout.folder import Folder
from bot.checkout.git import CheckoutError, Git, open_repository


@dataclass(frozen=True, slots=True)
class WorkTree:
    """The files of a repository as they lie in its folder.

    `within` are the paths that were asked about, none for all of it; "" stands for the folder itself.
    """

    git: Git
    folder: Folder
    within: tuple[str, ...] = ()

    def covers(self, path: str) -> bool:
        """Whether a path is what was asked about, or lies in it."""
        return not self.within or any(lies_in(path, place) for place in self.within)


def lies_in(path: str, place: str) -> bool:
    """Whether a path is a place or lies below it; everything lies below ""."""
    return place in ("", path) or path.startswith(f"{place}/")


def open_work_tree(*paths: Path) -> WorkTree:
    """The work tree that files or folders lie in; without one, all of the work tree that one stands in.

    Raises `CheckoutError` if there is none, none that is its own, or more than one, and for a path through a link.
    """
    found = [_opened(path) for path in paths or (Path(),)]
    if len({root for _, root, _ in found}) > 1:
        raise CheckoutError("the paths lie in more than one repository: name those of one at a time")
    git, root, _ = found[0]
    within = tuple(dict.fromkeys(inside for *_, inside in found)) if paths else ()
    return WorkTree(git, Folder(root), within)


def _opened(path: Path) -> tuple[Git, Path, str]:
    """Git at the root of the work tree that a path lies in, the root, and the path from there."""
    _refuse_links(path)
    folder, name = _folder_and_name(path)
    git = open_repository(folder)
    root = _folder_of(git, "--show-toplevel")
    at_root = Git(root)
    # A repository's configuration can call any folder its work tree, also one that lies around it.
    if _folder_of(at_root, "--absolute-git-dir") != _folder_of(git, "--absolute-git-dir"):
        raise CheckoutError(f"{folder} belongs to a repository whose work tree is elsewhere (core.worktree)")
    return at_root, root, _within(folder.resolve() / name, root.resolve())


def _refuse_links(path: Path) -> None:
    for one in _prefixes(path):
        if one.is_symlink() and _in_repository(one.parent.resolve()):
            raise CheckoutError(f"{one} is a symbolic link in a repository: name what it leads to, if that is meant")


def _prefixes(path: Path) -> Iterator[Path]:
    """The path and every folder on its way, as they are spelled."""
    yield path
    yield from path.parents


def _in_repository(folder: Path) -> bool:
    """Whether a folder lies in a repository, also in one that git would not read."""
    return any(os.path.lexists(one / ".git") for one in (folder, *folder.parents))


def _folder_and_name(path: Path) -> tuple[Path, str]:
    """The folder that a path is or lies in, and the file's name in it."""
    if path.is_dir():
        return path, ""
    if path.is_file():
        return path.parent, path.name
    raise CheckoutError(f"{path} is not a file or folder")


def _folder_of(git: Git, option: str) -> Path:
    """The folder that `git rev-parse` names, whatever bytes are in its name."""
    return Path(os.fsdecode(git.output("rev-parse", option).removesuffix(b"\n")))


def _within(path: Path, root: Path) -> str:
    if not path.is_relative_to(root):
        raise CheckoutError(f"{path} is not in the work tree of its repository")
    inside = path.relative_to(root).as_posix()
    if not inside.isascii() and "\ufffd" in os.fsencode(inside).decode("utf-8", "replace"):
        raise CheckoutError(f"{inside} has a name that is not UTF-8")  # git's lists could not be compared with it
    return "" if inside == "." else inside
