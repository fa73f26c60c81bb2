# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How a notice that is nearly right differs from the one that is wanted, word by word.

Only letters and digits are compared, in any case. Both texts are cut at so many words that the comparison, which takes
time that grows faster than they do, stays short whatever they hold.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

MOST_WORDS = 300
"""Words of each text that are compared."""
LONGEST = 300
"""Characters that are told, as near as whole differences allow."""

_WORD = re.compile(r"\{(?:year|holder)\}|[^\W_]+")
_HOLES = frozenset({"{year}", "{holder}"})  # what a template leaves open, and every text fills
_NEARLY = 0.6  # of the words that are wanted, how many must be there for a text to be nearly right
_AROUND = 3  # words told before and after a difference
_RUN = 8  # words told of one difference
_LONGEST_WORD = 30

Words = Sequence[str]


def difference(found: str, wanted: str) -> str:
    """The places where a text differs, as `... [-found-] {+wanted+} ...`; nothing if it is right or far from that.

    What stands before and after the wanted text is no difference.
    """
    has, wants = _words(found), _words(wanted)
    if not _alike(has, wants):
        return ""
    told = ""
    for piece in _pieces(has, wants):
        if told and len(told) + len(piece) > LONGEST:
            return f"{told} ..."
        told = f"{told} ... {piece}" if told else piece
    return told


@lru_cache(maxsize=16)  # of the wanted text, which is the same for many files
def _words(text: str) -> Words:
    return tuple(match[0] for match in islice(_WORD.finditer(text), MOST_WORDS))


def _alike(has: Words, wants: Words) -> bool:
    common = Counter(map(str.lower, has)) & Counter(map(str.lower, wants))
    return bool(wants) and common.total() >= _NEARLY * len(wants)


def _pieces(has: Words, wants: Words) -> Iterator[str]:
    """Each difference with the words around it."""
    matcher = SequenceMatcher(None, [word.lower() for word in has], [word.lower() for word in wants], autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        room = last - first  # of what stands before and after, only so much can have been meant for the wanted text
        low = max(start, end - room) if first == 0 else start
        high = min(end, low + room) if last == len(wants) else end
        extra, lacking = has[low:high], wants[first:last]
        if kind != "equal" and not _left_open(extra, lacking):
            before, after = wants[max(0, first - _AROUND) : first], wants[last : last + _AROUND]
            yield " ".join([*_filled(before), *_marked(extra, _filled(lacking)), *_filled(after)])


def _left_open(extra: Words, lacking: Words) -> bool:
    return _HOLES.issuperset(lacking) if lacking else not extra


def _filled(words: Words) -> Words:
    """Words of the wanted text without what is left open."""
    return [word for word in words if word not in _HOLES]


def _marked(extra: Words, lacking: Words) -> Iterator[str]:
    if extra:
        yield f"[-{_clipped(extra)}-]"
    if lacking:
        yield f"{{+{_clipped(lacking)}+}}"


def _clipped(words: Words) -> str:
    text = " ".join(word[:_LONGEST_WORD] for word in words[:_RUN])
    return text if len(words) <= _RUN else f"{text} ..."
