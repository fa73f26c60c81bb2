# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Where in the first bytes of a file pickles lie: at its beginning, or wrapped as PyTorch, NumPy and joblib do.

Nothing is unpacked but the beginning of what is compressed, within the same bound. Sources: PKWARE's APPNOTE.TXT,
4.3.7; NumPy's numpy.lib.format; RFC 1950 and 1952.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from rules.change import STARTS

MEMBERS = 16
"""Files of a ZIP archive that are looked at."""

_LOCAL_HEADER = b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_COMPRESSED = (b"\x1f\x8b\x08", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")  # gzip, and zlib at its levels
_NUMPY = b"\x93NUMPY"
_OBJECTS = re.compile(rb"""['"][|<>=]?O['"]""")  # in the header of an array: its type, or that of a field
_EITHER_WRAPPING, _BARE = 47, -15  # window bits of zlib: told by the header; no header


@dataclass(frozen=True, slots=True)
class Stream:
    """Bytes that may be pickles. `sure`: the format that they are kept in says so. `one`: only the first is read."""

    data: bytes
    sure: bool = False
    one: bool = False


def streams(start: bytes) -> Iterator[Stream]:
    """What in the first bytes of a file could be pickles."""
    if start.startswith(_LOCAL_HEADER):
        yield from islice(_members(start), MEMBERS)
    elif start.startswith(_COMPRESSED):
        yield Stream(_inflated(start, _EITHER_WRAPPING))
    else:
        yield _plain(start)


def _plain(data: bytes) -> Stream:
    return _objects(data) if data.startswith(_NUMPY) else Stream(data)


def _objects(data: bytes) -> Stream:
    """The pickle behind the header of an array of objects; an array of numbers has none."""
    wide = data[6:7] > b"\x01"
    begin = 12 if wide else 10
    length = int.from_bytes(data[8:begin], "little")
    is_of_objects = bool(_OBJECTS.search(data[begin : begin + length]))
    return Stream(data[begin + length :] if is_of_objects else b"", sure=is_of_objects, one=True)


def _members(start: bytes) -> Iterator[Stream]:
    """The files in a ZIP archive. Each local header is looked for: the sizes in them may be absent, or a lie."""
    at = 0
    while 0 <= at <= len(start) - 30:
        method, name, extra = struct.unpack_from("<8xH16xHH", start, at)
        data = start[at + 30 + name + extra :]
        if method in (_STORED, _DEFLATED):
            plain = _plain(data if method == _STORED else _inflated(data, _BARE))
            yield Stream(plain.data, plain.sure, one=True)
        at = start.find(_LOCAL_HEADER, at + 4)


def _inflated(data: bytes, wrapping: int) -> bytes:
    """The beginning of what is compressed; nothing where it is damaged."""
    try:
        return zlib.decompressobj(wrapping).decompress(data, STARTS)
    except zlib.error:
        return b""
