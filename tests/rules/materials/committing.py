# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Contributions as small as a test needs them, and what is found in them."""

from typing import Any

from rules.change import Change, ChangedFile, Content, FileStatus, SideFile, content_of
from rules.materials.committed.found import committed
from rules.materials.material import Material, Part, Sort
from rules.patterns import Globs

NONE = Globs()
KIB, MIB = 1024, 1024 * 1024
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize {size}\n"
PICKLE = b"\x80\x04\x95" + b"\0" * 20
ANNEX = "annex/objects/SHA256E-s{size}--0123abcd.csv"


def file(path: str, size: int | None = None, **more: Any) -> ChangedFile:
    """An added file. `start` are the first bytes of a binary one, `text` is all of another, `lfs` a pointer's size."""
    start, text, lfs = more.pop("start", None), more.pop("text", None), more.pop("lfs", None)
    if lfs is not None:
        text = POINTER.format(size=lfs)
    if text is not None:
        more["content"], size = content_of(text), len(text.encode("utf-8", "replace")) if size is None else size
    if start is not None:
        more["content"] = Content("", whole=False, binary=True, start=start)
    return ChangedFile(path, more.pop("status", FileStatus.ADDED), size=size, **more)


def found(*files: ChangedFile, sort: Sort = Sort.DATASET, paths: Globs = NONE, **more: Any) -> tuple[Material, ...]:
    beside: tuple[SideFile, ...] = more.pop("beside", ())
    return committed(Change("b" * 40, "a" * 40, files, beside=beside), sort, paths)


def places_of(*files: ChangedFile, sort: Sort = Sort.DATASET, **more: Any) -> list[tuple[str, str]]:
    """Folder and name of each material."""
    return [(one.folder, one.name) for one in found(*files, sort=sort, **more)]


def sorts(*files: ChangedFile) -> list[Sort]:
    """Of which sorts there are materials."""
    return [sort for sort in Sort if found(*files, sort=sort)]


def only_part(one: ChangedFile, sort: Sort = Sort.DATASET, **more: Any) -> Part:
    ((part,),) = (material.parts for material in found(one, sort=sort, **more))
    return part
