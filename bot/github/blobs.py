# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Modes, sizes and texts of files at one head, in calls that are no larger than GitHub answers in time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.github.client import Client
from bot.github.errors import Unavailable
from bot.github.pull import Pull
from rules.change import ChangedFile, Content, FileKind, content_of

PER_CALL = 100
BYTES_PER_CALL = 4 * 1024 * 1024
_KINDS = {0o120000: FileKind.SYMLINK, 0o160000: FileKind.SUBMODULE}
_T = TypeVar("_T")


@dataclass(frozen=True)
class Entry:
    """What a tree says of one path: what it is, and how many bytes it has."""

    kind: FileKind
    size: int


def read_entries(client: Client, pull: Pull, paths: Sequence[str]) -> dict[str, Entry]:
    """Kind and size of paths at the head; a path that GitHub does not show is left out.

    Many paths come out of one recursive tree, which GitHub may cut; a few, and what a cut tree lacks, by name.
    Raises GitHubError.
    """
    found = _tree(client, pull, set(paths)) if len(paths) > PER_CALL else {}
    missing = [path for path in paths if path not in found]
    for chunk in _chunks(missing):
        found.update(_halved(chunk, lambda part: _named_entries(client, pull, part)))
    return found


def read_texts(client: Client, pull: Pull, files: Sequence[ChangedFile]) -> dict[str | None, Content]:
    """The beginning of files by git object id; what GitHub does not show is left out. Raises GitHubError."""
    found: dict[str | None, Content] = {}
    for batch in _batches(files):
        found.update(_halved(batch, lambda part: _texts(client, pull, part)))
    return found


def _tree(client: Client, pull: Pull, paths: set[str]) -> dict[str, Entry]:
    rows = client.get(f"{pull.repository.path}/git/trees/{pull.head}", recursive=1)["tree"]
    return {row["path"]: _entry(int(row["mode"], 8), row.get("size", 0)) for row in rows if row["path"] in paths}


def _entry(mode: int, size: int) -> Entry:
    return Entry(_KINDS.get(mode, FileKind.REGULAR), size)


def _named_entries(client: Client, pull: Pull, paths: Sequence[str]) -> dict[str, Entry]:
    declared = "".join(f", $p{i}: String!" for i in range(len(paths)))
    fields = " ".join(f"f{i}: file(path: $p{i}) {{ mode size }}" for i in range(len(paths)))
    query = (
        f"query Entries($owner: String!, $name: String!, $head: GitObjectID!{declared}) {{"
        f" repository(owner: $owner, name: $name) {{ object(oid: $head) {{ ... on Commit {{ {fields} }} }} }} }}"
    )
    variables = {**_names(pull), "head": pull.head, **{f"p{i}": path for i, path in enumerate(paths)}}
    commit = client.graphql(query, variables)["repository"]["object"]
    if commit is None:
        raise Unavailable("GitHub does not know the head commit yet")
    rows = ((path, commit[f"f{i}"]) for i, path in enumerate(paths))
    return {path: _entry(row["mode"], row["size"]) for path, row in rows if row}


def _texts(client: Client, pull: Pull, files: Sequence[ChangedFile]) -> dict[str | None, Content]:
    declared = "".join(f", $o{i}: GitObjectID!" for i in range(len(files)))
    fields = " ".join(
        f"b{i}: object(oid: $o{i}) {{ ... on Blob {{ isBinary isTruncated text }} }}" for i in range(len(files))
    )
    query = (
        f"query Texts($owner: String!, $name: String!{declared}) {{"
        f" repository(owner: $owner, name: $name) {{ {fields} }} }}"
    )
    variables = {**_names(pull), **{f"o{i}": file.blob for i, file in enumerate(files)}}
    blobs = client.graphql(query, variables)["repository"]
    contents = ((file.blob, _content(blobs[f"b{i}"])) for i, file in enumerate(files))
    return {blob: content for blob, content in contents if content}


def _content(blob: dict[str, Any] | None) -> Content | None:
    if not blob:
        return None
    if blob["isBinary"]:
        return Content("", whole=False, binary=True)
    return None if blob["text"] is None else content_of(blob["text"], whole=not blob["isTruncated"])


def _names(pull: Pull) -> dict[str, str]:
    return {"owner": pull.repository.owner, "name": pull.repository.name}


def _chunks(paths: Sequence[str]) -> Iterator[Sequence[str]]:
    return (paths[i : i + PER_CALL] for i in range(0, len(paths), PER_CALL))


def _batches(files: Sequence[ChangedFile]) -> Iterator[list[ChangedFile]]:
    batch: list[ChangedFile] = []
    size = 0
    for file in files:
        if batch and (len(batch) == PER_CALL or size + (file.size or 0) > BYTES_PER_CALL):
            yield batch
            batch, size = [], 0
        batch.append(file)
        size += file.size or 0
    if batch:
        yield batch


def _halved(items: Sequence[_T], ask: Callable[[Sequence[_T]], dict[Any, Any]]) -> dict[Any, Any]:
    """Ask for all; if GitHub cannot answer in time, ask for each half, down to one."""
    try:
        return ask(items)
    except Unavailable as error:
        if len(items) == 1 or not error.in_doubt:
            raise
    middle = len(items) // 2
    return {**_halved(items[:middle], ask), **_halved(items[middle:], ask)}
