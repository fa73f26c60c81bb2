# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What an archive holds, as far as its first bytes name it: local headers of a ZIP, the name in a gzip header.

Nothing is unpacked. Sources: PKWARE's APPNOTE.TXT, 4.3.7; RFC 1952, 2.3.
"""

import struct
from collections.abc import Iterator

from rules.licensing.kinds import kind_of
from rules.materials.committed import formats

_LOCAL_HEADER = b"PK\x03\x04"
_GZIP = b"\x1f\x8b\x08"
_NAMED = 0x08  # the flag of a gzip header by which a name follows
_EXTRA = 0x04
_STREAMED = 0x08  # the flag of a ZIP entry whose size stands behind it
_MOST_NAMES = 100
# How the documents of offices and readers, and the archives of Java, begin.
_DOCUMENTS = ("[Content_Types].xml", "mimetype", "META-INF/", "_rels/")


def is_zip(start: bytes) -> bool:
    """Whether a file begins as a ZIP archive."""
    return start.startswith(_LOCAL_HEADER)


def format_within(start: bytes) -> str | None:
    """The format that is kept in an archive, where the names in it tell; by its name in formats.toml."""
    if is_zip(start):
        return _told_by(list(names_in_zip(start)))
    return None


def names_in_zip(start: bytes) -> Iterator[str]:
    """The names of the first files in a ZIP archive, at most 100, as far as their headers stand in these bytes."""
    at = 0
    for _ in range(_MOST_NAMES):
        if not start.startswith(_LOCAL_HEADER, at) or len(start) < at + 30:
            return
        flags, size, name, extra = _local_header(start, at)
        yield start[at + 30 : at + 30 + name].decode("utf-8", "replace")
        if flags & _STREAMED and not size:
            following = start.find(_LOCAL_HEADER, at + 30 + name + extra)
            at = following if following >= 0 else len(start)
        else:
            at += 30 + name + extra + size


def name_in_gzip(start: bytes) -> str:
    """The name of the file that a gzip holds; empty where it is not given."""
    if not start.startswith(_GZIP) or len(start) < 10 or not start[3] & _NAMED:
        return ""
    at = 10
    if start[3] & _EXTRA:
        at += 2 + int.from_bytes(start[10:12], "little")
    return start[at:].partition(b"\0")[0][:255].decode("latin-1")


def _local_header(start: bytes, at: int) -> tuple[int, int, int, int]:
    flags, size, name, extra = struct.unpack_from("<6xH10xI4xHH", start, at)
    return flags, size, name, extra


def _told_by(names: list[str]) -> str | None:
    last = {name.rpartition("/")[2] for name in names}
    if "data.pkl" in last:
        return "PyTorch"
    if "model.weights.h5" in last:
        return "Keras"
    if any(name.endswith((".pth", ".pt")) for name in last) and not any(map(kind_of, names)):
        return "PyTorch"  # such as the agents of Stable Baselines
    return "NumPy" if names and all(name.endswith(".npy") for name in names) else None


def holds_no_data(start: bytes) -> bool:
    """Whether a ZIP archive is a document or holds programs, as far as its names tell."""
    names = [name for name in names_in_zip(start) if not name.endswith("/")]
    if names and names[0].startswith(_DOCUMENTS):
        return True
    return any(kind_of(name) for name in names) and not any(_counts(name) for name in names)


def _counts(name: str) -> bool:
    """Texts that programs come with, such as JSON, tell nothing."""
    found = formats.of_path(name)
    if found is None or found.use in (formats.Use.HARMLESS, formats.Use.COMPANION):
        return False
    return found.strong or found.use is formats.Use.MEDIA or found.least < formats.named("JSON", name).least
