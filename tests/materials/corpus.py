# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The labelled corpus: small contributions, and what a person would say that they bring in.

The cases lie in corpus/*.toml, written down by what open-source AI projects commit and not by what Steward finds. A
case has a `name`, the reason `why` it is labelled as it is, and its `files`, or the keys of its one file. Of a file:
`path` ({n} in it counts up to `count`), `status`, `previous`, `kind`, `size` in bytes; and what it holds: a `text` (its
beginning, where `size` says more), the `start` of a binary file by its name in starts.py, or the size of what an `lfs`
pointer points at. `at` is the line where the text of a file that is not new was put in.

`datasets` and `models` are the labels: `committed` by folder or name, `referenced` by id. No label: there is none.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rules.change import Change, ChangedFile, Content, FileKind, FileStatus, Lines, decoded
from rules.materials.committed import found as committed
from rules.materials.loaded import references
from rules.materials.material import Sort
from rules.patterns import Globs
from tests.materials.starts import STARTS

CASES = Path(__file__).parent / "corpus"
WHOLE = 1024 * 1024
"""Bytes up to which a file is read whole, and its patch shown."""
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {size}\n"


@dataclass(frozen=True)
class Label:
    """What a person sees of one sort: folders or names of what is committed, ids of what is loaded from elsewhere."""

    committed: tuple[str, ...] = ()
    referenced: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """One contribution, and what it brings in."""

    name: str
    why: str
    change: Change
    labels: Mapping[Sort, Label]


def cases() -> list[Case]:
    """The whole corpus, in the order of its files."""
    return [_case(entry) for path in sorted(CASES.glob("*.toml")) for entry in tomllib.loads(path.read_text())["case"]]


def _case(entry: dict[str, Any]) -> Case:
    specs = entry.get("files", [entry])
    files = tuple(_looked_at(held) for spec in specs for held in _files(spec))
    labels = {Sort.DATASET: _label(entry.get("datasets", {})), Sort.MODEL: _label(entry.get("models", {}))}
    return Case(entry["name"], entry["why"], Change("b" * 40, "a" * 40, files), labels)


def _label(entry: dict[str, list[str]]) -> Label:
    return Label(tuple(entry.get("committed", ())), tuple(entry.get("referenced", ())))


# -- what is there ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Held:
    """A file with its size, its first bytes and, where it is text, the line where what is new begins."""

    file: ChangedFile
    size: int | None
    start: bytes
    at: int

    @property
    def whole(self) -> bool:
        return len(self.start) == self.size


def _files(spec: dict[str, Any]) -> Iterator[_Held]:
    for number in range(spec.get("count", 1)):
        start = _start(spec)
        size = None if spec.get("kind") == "submodule" else spec.get("size", len(start))
        binary = b"\0" in start
        file = ChangedFile(
            path=spec["path"].format(n=number) if "count" in spec else spec["path"],
            status=FileStatus(spec.get("status", "added")),
            previous_path=spec.get("previous"),
            additions=0 if binary or "previous" in spec else start.count(b"\n") + 1,
            kind=FileKind(spec.get("kind", "regular")),
        )
        yield _Held(file, size, start, spec.get("at", 1))


def _start(spec: dict[str, Any]) -> bytes:
    if "lfs" in spec:
        return POINTER.format(digest="4d7a2146" * 8, size=spec["lfs"]).encode()
    if "start" in spec:
        return STARTS[spec["start"]].ljust(min(spec["size"], WHOLE), b"\0")
    return str(spec.get("text", "")).encode()


# -- what is read of it -------------------------------------------------------------------------------------------


def _looked_at(held: _Held) -> ChangedFile:
    """The file as a reader hands it over: nothing is read that no rule asks for."""
    file = held.file
    if references.reads_lines(file) and held.whole and b"\0" not in held.start:
        file = replace(file, lines=(Lines(held.at, held.start.decode()),))
    if not _wanted(file):
        return file
    measured = replace(file, size=held.size)
    return replace(measured, content=_content(held, measured)) if _wanted(measured) else measured


def _wanted(file: ChangedFile) -> bool:
    return any(committed.wants(file, sort, Globs()) for sort in Sort)


def _content(held: _Held, measured: ChangedFile) -> Content | None:
    """Its beginning; of a small binary file only if somebody asks for its first bytes."""
    if held.size is None:
        return None
    content = decoded(held.start, whole=held.whole)
    peeked = held.size > WHOLE or any(committed.peeks(measured, sort, Globs()) for sort in Sort)
    return content if peeked or not content.binary else replace(content, start=b"")
