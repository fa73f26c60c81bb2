# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The words of this room: a dataset or a model that a contribution brings in, or names to be loaded from elsewhere."""

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What a material is."""

    DATASET = "dataset"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Part:
    """One changed file that belongs to a material.

    `format` is its name for people, such as Parquet or Python pickle. `size` is in bytes, None where it is unknown; of
    a pointer (`pointer` names its kind, such as Git LFS) it is the size of what it points at. `unsafe`: to load the
    format can run code. `new` is false where the file was there before. `describes`: it only tells of data or weights,
    and is none of them, such as a card.
    """

    path: str
    format: str
    size: int | None = None
    pointer: str = ""
    unsafe: bool = False
    new: bool = True
    describes: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """One dataset or model that is committed: its bytes, or pointers to them, enter the repository.

    `folder` is where it lies, "" for the root of the repository; `name` is what to call it. There is one part at least.
    """

    sort: Sort
    name: str
    folder: str
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        """Bytes of all parts whose size is known."""
        return sum(part.size or 0 for part in self.parts)


@dataclass(frozen=True, slots=True)
class Reference:
    """A dataset or model that a line of the contribution loads from elsewhere.

    `id` is what names it there, such as `org/name` on Hugging Face; `source` is its address, or nothing where none can
    be told. `host` is where it lies, in words. `pinned` says whether a revision is named that cannot change; None where
    that does not apply.
    """

    sort: Sort
    id: str
    host: str
    source: str
    path: str
    line: int
    pinned: bool | None = None
