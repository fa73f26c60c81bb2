# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What stands at paths: kinds, sizes and object ids, asked for by name or out of one recursive tree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.github.client import Client
from bot.github.errors import Unavailable
from bot.github.halved import PER_CALL, halved
from bot.github.pull import Pull
from bot.github.wanted import Place
from rules.change import FileKind, Side

CALLS = 10
"""Calls by name at most: 1,000 paths of a repository that is too large for GitHub to list."""
_FOLDER = 0o040000
_EXECUTABLE = 0o100755
_KINDS = {0o120000: FileKind.SYMLINK, 0o160000: FileKind.SUBMODULE}


@dataclass(frozen=True)
class Entry:
    """What a tree says of one path: what it is, how many bytes it has, its git object id, and whether it may be run."""

    kind: FileKind
    size: int
    oid: str
    executable: bool = False


Entries = dict[Place, Entry]


def read_entries(client: Client, pull: Pull, places: Sequence[Place]) -> tuple[Entries, tuple[Place, ...]]:
    """What stands at these places, and those of them that are too many to ask for. Where nothing stands is left out.

    Many places at one end come out of its recursive tree. A few, and what a cut tree lacks, are asked for by name, in
    the order in which they are given. Raises GitHubError.
    """
    listed = {side: listing for side in Side if (listing := _tree(client, pull, side, places))}
    found = {place: entry for entries, _ in listed.values() for place, entry in entries.items()}
    told = {side for side, (_, all_) in listed.items() if all_}
    rest = [place for place in places if place not in found and place[0] not in told]
    asked = rest[: CALLS * PER_CALL]
    for start in range(0, len(asked), PER_CALL):
        found |= halved(asked[start : start + PER_CALL], lambda part: _named(client, pull, part))
    return found, tuple(rest[len(asked) :])


def _tree(client: Client, pull: Pull, side: Side, places: Sequence[Place]) -> tuple[Entries, bool] | None:
    """What the tree at one end says of many places, and whether it says all; None where they are few."""
    paths = {path for at, path in places if at is side}
    if len(paths) <= PER_CALL:
        return None
    tree = client.get(f"{pull.repository.path}/git/trees/{_commit(pull, side)}", recursive=1)
    rows = (row for row in tree["tree"] if row["path"] in paths)
    entries = (((side, row["path"]), _entry(int(row["mode"], 8), row.get("size", 0), row["sha"])) for row in rows)
    return {place: entry for place, entry in entries if entry}, not tree["truncated"]


def _commit(pull: Pull, side: Side) -> str:
    return pull.head if side is Side.HEAD else pull.base


def _entry(mode: int, size: int, oid: str) -> Entry | None:
    return None if mode == _FOLDER else Entry(_KINDS.get(mode, FileKind.REGULAR), size, oid, mode == _EXECUTABLE)


def _named(client: Client, pull: Pull, places: Sequence[Place]) -> Entries:
    """What stands at a few places, at both ends in one call."""
    by_side = {side: [path for at, path in places if at is side] for side in Side}
    asked = {side: paths for side, paths in by_side.items() if paths}
    declared = "".join(_declared(side, paths) for side, paths in asked.items())
    fields = " ".join(_commit_field(side, paths) for side, paths in asked.items())
    query = (
        f"query Entries($owner: String!, $name: String!{declared}) {{"
        f" repository(owner: $owner, name: $name) {{ {fields} }} }}"
    )
    oids = {side.value: _commit(pull, side) for side in asked}
    names = {f"{side}{i}": path for side, paths in asked.items() for i, path in enumerate(paths)}
    where = {"owner": pull.repository.owner, "name": pull.repository.name}
    commits = client.graphql(query, {**where, **oids, **names})["repository"]
    shown = (row for side, paths in asked.items() for row in _shown(side, commits[side], paths))
    return {place: entry for place, entry in shown if entry}


def _declared(side: Side, paths: Sequence[str]) -> str:
    return f", ${side}: GitObjectID!" + "".join(f", ${side}{i}: String!" for i in range(len(paths)))


def _commit_field(side: Side, paths: Sequence[str]) -> str:
    files = " ".join(f"f{i}: file(path: ${side}{i}) {{ mode size oid }}" for i in range(len(paths)))
    return f"{side}: object(oid: ${side}) {{ ... on Commit {{ {files} }} }}"


def _shown(side: Side, commit: dict[str, Any] | None, paths: Sequence[str]) -> Iterator[tuple[Place, Entry | None]]:
    if commit is None:
        raise Unavailable(f"GitHub does not know the {side} commit yet", 404)
    for i, path in enumerate(paths):
        row = commit[f"f{i}"]
        yield (side, path), _entry(row["mode"], row["size"], row["oid"]) if row else None
