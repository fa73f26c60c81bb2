# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One bare repository: commits written through `git fast-import`, objects read through `git cat-file --batch`."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.demo.github.git.content import Stamp, Written, fast_import_stream
from bot.demo.github.git.difference import DIFF_TREE, FileChange, parse_difference
from bot.demo.github.git.objects import CommitObject, GitObject, TreeEntry, parse_commit, parse_ls_tree

# Nothing of the machine's own git settings may leak in; what is simulated need not survive a power cut.
_ENVIRONMENT = {**os.environ, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
_GIT = ["git", "-c", "core.fsync=none", "-c", "gc.auto=0", "-c", "core.quotepath=off"]


class GitError(Exception):
    """git refused; the message is git's own."""


class GitStore:
    """A bare repository in a folder. Forks share the objects of what they were forked from, as on GitHub."""

    def __init__(self, folder: Path, fork_of: "GitStore | None" = None) -> None:
        self.folder = folder
        self._reader: subprocess.Popen[bytes] | None = None
        self._commits: dict[str, CommitObject] = {}
        # What is named by commit ids alone never changes, so each question is put to git once.
        self._merge_bases: dict[tuple[str, str], str | None] = {}
        self._ranges: dict[tuple[str, str], list[str]] = {}
        self._differences: dict[tuple[str, str], list[FileChange]] = {}
        self._trees: dict[str, list[TreeEntry]] = {}
        subprocess.run([*_GIT, "init", "--quiet", "--bare", "--template=", str(folder)], check=True, env=_ENVIRONMENT)
        if fork_of is not None:
            self._share_objects(fork_of)

    def _share_objects(self, other: "GitStore") -> None:
        objects = self.folder / "objects"
        for name in ("info", "pack"):
            (objects / name).rmdir()
        objects.rmdir()
        objects.symlink_to((other.folder / "objects").resolve())

    def commit(
        self,
        ref: str,
        parents: Sequence[str],
        files: Mapping[str, Written],
        message: str,
        author: Stamp,
        committer: Stamp,
    ) -> str:
        """Write one commit, point `ref` at it (also backwards) and return its id.

        The tree is that of the first parent, with `files` laid over it.

        Raises:
            GitError: git does not take it (a path that git forbids, a parent that does not exist).
        """
        stream = fast_import_stream(ref, parents, files, message, author, committer)
        output = self._git("fast-import", "--quiet", "--force", "--done", given=stream)
        return output.decode().strip()

    def set_ref(self, ref: str, sha: str | None) -> None:
        """Point a ref at a commit, or remove it."""
        self._git(*(["update-ref", ref, sha] if sha else ["update-ref", "-d", ref]))

    def object(self, name: str) -> GitObject | None:
        """The object that an id or an expression such as `SHA:path` names, or None."""
        if not name or any(character in name for character in "\n\r\0"):
            return None
        reader = self._open_reader()
        assert reader.stdin is not None and reader.stdout is not None  # noqa: S101, PT018 - both are pipes
        reader.stdin.write(name.encode("utf-8", "surrogateescape") + b"\n")
        reader.stdin.flush()
        facts = reader.stdout.readline().decode("utf-8", "replace").split()
        if len(facts) != 3 or not facts[2].isdecimal():
            return None
        data = reader.stdout.read(int(facts[2]) + 1)[:-1]
        return GitObject(facts[0], facts[1], data)

    def _open_reader(self) -> subprocess.Popen[bytes]:
        if self._reader is None:
            command = [*_GIT, "-C", str(self.folder), "cat-file", "--batch"]
            self._reader = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_ENVIRONMENT
            )
        return self._reader

    def find_commit(self, name: str) -> CommitObject | None:
        """The commit of this id, or None if there is none."""
        if name not in self._commits:
            found = self.object(name)
            if found is None or found.kind != "commit":
                return None
            self._commits[name] = parse_commit(found)
        return self._commits[name]

    def commit_object(self, sha: str) -> CommitObject:
        """The commit of this id, which must exist."""
        found = self.find_commit(sha)
        if found is None:
            raise GitError(f"no commit {sha}")
        return found

    def tree(self, oid: str, *, recursive: bool = False) -> list[TreeEntry]:
        """The entries of a tree; recursively with full paths, the trees themselves included, as GitHub lists them."""
        key = f"{oid}:{recursive}"
        if key not in self._trees:
            deep = ["-r", "-t"] if recursive else []
            self._trees[key] = parse_ls_tree(self._git("ls-tree", "-z", "--long", *deep, oid))
        return self._trees[key]

    def entry(self, commit: str, path: str) -> TreeEntry | None:
        """What stands at a path in a commit: a file, a folder, a link or a submodule. The root is no entry."""
        folder, _, name = path.rpartition("/")
        holder = self.object(f"{commit}^{{tree}}:{folder}" if folder else f"{commit}^{{tree}}")
        if holder is None or holder.kind != "tree":
            return None
        found = next((entry for entry in self.tree(holder.oid) if entry.path == name), None)
        return found and TreeEntry(path, found.mode, found.kind, found.oid, found.size)

    def merge_base(self, one: str, other: str) -> str | None:
        """The best common ancestor of two commits, or None if they share none."""
        key = (one, other)
        if key not in self._merge_bases:
            self._merge_bases[key] = self._find_merge_base(one, other)
        return self._merge_bases[key]

    def _find_merge_base(self, one: str, other: str) -> str | None:
        try:
            return self._git("merge-base", one, other).decode().split()[0]
        except GitError:
            return None

    def between(self, base: str, head: str) -> list[str]:
        """The commits that HEAD has and BASE has not, oldest first."""
        key = (base, head)
        if key not in self._ranges:
            listed = self._git("rev-list", "--topo-order", "--reverse", f"{base}..{head}")
            self._ranges[key] = listed.decode().split()
        return self._ranges[key]

    def history(self, head: str) -> list[str]:
        """A commit and all that it stands on, the newest first."""
        return self._git("rev-list", "--topo-order", head).decode().split()

    def difference(self, base: str, head: str) -> list[FileChange]:
        """What changed from one commit to another, renames detected as git does by default."""
        key = (base, head)
        if key not in self._differences:
            self._differences[key] = parse_difference(self._git(*DIFF_TREE, base, head))
        return self._differences[key]

    def _git(self, *arguments: str, given: bytes = b"") -> bytes:
        command = [*_GIT, "-C", str(self.folder), *arguments]
        done = subprocess.run(command, input=given, capture_output=True, check=False, env=_ENVIRONMENT)
        if done.returncode != 0:
            raise GitError(done.stderr.decode("utf-8", "replace").strip() or f"git {arguments[0]} failed")
        return done.stdout

    def close(self) -> None:
        """End the reading process. The folder stays."""
        if self._reader is not None:
            self._reader.communicate()
            self._reader = None
