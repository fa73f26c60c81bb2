# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a pickle would import if somebody loaded it: read from its instructions, never by loading it.

To load a pickle is to run it. Which names it would import, and which of them do harm, is told by the library
picklescan. Its list of what does harm can never be whole: what it finds speaks against a file, and nothing speaks for
one.
"""

import logging
import pickletools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from rules.change import STARTS
from rules.materials.committed.streams import Stream, streams

MOST_NAMES = 20
LONGEST_NAME = 100
MOST_PICKLES = 16
"""Pickles one behind the other that are looked into; what PyTorch wrote before version 1.6 has five."""
MOST_WORK = 1_000_000
"""Steps for which the library may be asked about one pickle, about 15 ms; a real one takes some thousands."""

_PROTOCOLS = tuple(bytes([0x80, number]) for number in range(6))
_IMPORTING = frozenset({"GLOBAL", "INST", "STACK_GLOBAL"})
_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)+")


@dataclass(frozen=True, slots=True)
class Imports:
    """What loading would import, as `module.name`: all `names`, of which the `dangerous` can do harm and come first.

    At most 20 of each, printable, at most 100 characters long. `whole`: every pickle found was read to its end.
    """

    names: tuple[str, ...]
    dangerous: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class _Pickle:
    """The bytes of one pickle. `ended`: its last instruction is there. `asks`: it imports something.

    `costly`: the library would take long for it.
    """

    data: bytes
    ended: bool
    asks: bool
    costly: bool


def imports(start: bytes) -> Imports | None:
    """What the pickles in a file would import, by its first 4 KiB; None where it is no pickle and holds none.

    The oldest kinds of pickle have no mark of their own: they are told by importing something.
    """
    found = [one for stream in streams(start[:STARTS]) if (one := _of_stream(stream))]
    if not found:
        return None
    dangerous = {name for one in found for name in one.dangerous}
    others = {name for one in found for name in one.names} - dangerous
    names = (*sorted(dangerous), *sorted(others))
    return Imports(names[:MOST_NAMES], tuple(sorted(dangerous))[:MOST_NAMES], all(one.whole for one in found))


def _of_stream(stream: Stream) -> Imports | None:
    pickles = list(_pickles(stream))
    told: dict[str, bool] = {}
    for one in pickles:
        told |= _told(one)
    if not (stream.sure or stream.data.startswith(_PROTOCOLS) or _is_old(pickles, told)):
        return None
    return Imports(tuple(told), tuple(name for name, harms in told.items() if harms), _is_whole(stream, pickles))


def _is_old(pickles: list[_Pickle], told: Iterable[str]) -> bool:
    """Whether bytes without a mark are a pickle all the same; texts are taken for one only too easily."""
    reads = pickles[0].ended or len(pickles[0].data) == STARTS if pickles else False
    return reads and any(map(_NAME.fullmatch, told))


def _is_whole(stream: Stream, pickles: list[_Pickle]) -> bool:
    if not pickles or not pickles[-1].ended or any(one.costly for one in pickles):
        return False
    return stream.one or sum(len(one.data) for one in pickles) == len(stream.data) < STARTS


# -- one pickle after the other -----------------------------------------------------------------------------------


def _pickles(stream: Stream) -> Iterator[_Pickle]:
    """The pickles in a stream, the last of them as far as it can be read."""
    rest = BytesIO(stream.data)
    for _ in range(1 if stream.one else MOST_PICKLES):
        begin = rest.tell()
        if begin == len(stream.data):
            return
        ended, asked, heaviest = _walk(rest)
        yield _Pickle(stream.data[begin : rest.tell()], ended, asked > 0, asked * heaviest**2 > MOST_WORK)
        if not ended:
            return


def _walk(stream: BytesIO) -> tuple[bool, int, int]:
    """Go to the end of a pickle: whether it is there, how often it imports, and how heavy its heaviest value is.

    For every import the library takes apart a name, or writes a number as text, which takes time by the square.
    """
    asked = heaviest = 0
    try:
        for opcode, argument, _ in pickletools.genops(stream):
            asked += opcode.name in _IMPORTING
            heaviest = max(heaviest, _weight(argument))
    except ValueError:
        return False, asked, heaviest
    return True, asked, heaviest


def _weight(argument: Any) -> int:
    if isinstance(argument, str):
        return argument.count(".")
    return argument.bit_length() // 32 if isinstance(argument, int) else 0


# -- what the library says ----------------------------------------------------------------------------------------


def _told(one: _Pickle) -> dict[str, bool]:
    """What one pickle would import, and whether it does harm."""
    if one.costly or not one.asks:
        return {}
    scan, dangerous = _library()
    try:
        found = scan(BytesIO(one.data), "", multiple_pickles=False).globals
    except ValueError:  # it asks for a name of nothing, at which loading stops as well
        return {}
    return {_shown(f"{each.module}.{each.name}"): each.safety is dangerous for each in found}


@cache
def _library() -> tuple[Callable[..., Any], Any]:
    """How to scan, and what it calls dangerous; imported late, as it takes a while and is seldom asked."""
    from picklescan.scanner import SafetyLevel, scan_pickle_bytes  # noqa: PLC0415

    logging.getLogger("picklescan").disabled = True  # what it finds is told in the report, and not logged
    return scan_pickle_bytes, SafetyLevel.Dangerous


def _shown(name: str) -> str:
    return (name if name.isprintable() else repr(name)[1:-1])[:LONGEST_NAME]
