# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which format the first bytes of a file show, whatever it is called. Nothing is unpacked and nothing is loaded."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rules.data import table
from rules.materials.committed import archives

_LARGEST_HEADER = 100_000_000
"""Bytes of a safetensors header at most; the library itself reads no more."""
_PROTOCOLS = range(2, 6)
# What may follow the protocol of a pickle (pickletools): a frame, an empty container, a mark, a global, a memo, or a
# number, a text or bytes.
_AFTER_PROTOCOL = frozenset(b"\x95}])(\x8fcNK\x8a\x8bJGXU\x8cCBTM\x88\x89\x93qh.I\x96")


@dataclass(frozen=True, slots=True)
class Shown:
    """The format that a file shows, by its name in formats.toml. `container`: many formats are kept in such a one."""

    format: str
    container: bool = False


def of_start(start: bytes) -> Shown | None:
    """The format that the first bytes of a binary file show (4 KiB are enough); None if they show none of the table."""
    for signature, shown in _signatures():
        offset, begins = signature
        if start.startswith(begins, offset):
            return shown
    if _is_safetensors(start):
        return Shown("safetensors")
    if _is_pickle(start):
        return Shown("Python pickle")
    if inner := archives.format_within(start):
        return Shown(inner)
    return Shown("ZIP archive", container=True) if archives.is_zip(start) else None


def _is_safetensors(start: bytes) -> bool:
    """Eight bytes with the length of the header, which is a JSON object (huggingface/safetensors, README)."""
    if len(start) < 10 or start[8:9] != b"{":
        return False
    (length,) = struct.unpack_from("<Q", start)
    return 2 <= length <= _LARGEST_HEADER and start[9:10] in (b'"', b"}", b" ", b"\n")


def _is_pickle(start: bytes) -> bool:
    """By its second protocol or a later one; the older ones begin like any text."""
    return len(start) > 2 and start[0] == 0x80 and start[1] in _PROTOCOLS and start[2] in _AFTER_PROTOCOL


@cache
def _signatures() -> tuple[tuple[tuple[int, bytes], Shown], ...]:
    rows: Mapping[str, Any] = table("formats")["magic"]
    return tuple(
        ((row.get("offset", 0), bytes.fromhex(start)), Shown(name, row.get("container", False)))
        for name, row in rows.items()
        for start in row["starts"]
    )
