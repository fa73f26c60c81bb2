# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A header put into bytes: all that was there is still there, and the rule is content afterwards."""

from codecs import BOM_UTF8
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.change import KEPT, Change, ChangedFile, FileStatus, decoded
from rules.headers import RULE, proposals
from rules.licensing.comments import Place
from rules.licensing.kinds import Style, kind_of
from rules.licensing.mending import mended
from rules.licensing.proposal import Proposal, beside
from rules.options import HeadersOptions
from tests.rules.headers_help import FACTS, options
from tests.rules.licensing.kinds_help import PREAMBLES, ROWS, paths

TAGS = ("SPDX-FileCopyrightText: The Acme Authors", "SPDX-License-Identifier: Apache-2.0")


def style_of(path: str) -> Style:
    kind = kind_of(path)
    assert kind
    return kind.style


def add(data: bytes, place: Place, path: str = "a.py", lines: tuple[str, ...] = ("one", "two")) -> bytes:
    return mended(data, Proposal(path, place, lines, style_of(path)))


@pytest.mark.parametrize(
    ("data", "place", "expected"),
    [
        (b"x = 1\n", Place(1), b"# one\n# two\n\nx = 1\n"),
        (b"x = 1\r\ny\r\n", Place(1), b"# one\r\n# two\r\n\r\nx = 1\r\ny\r\n"),
        (b"x = 1\ry\r", Place(1), b"# one\r# two\r\rx = 1\ry\r"),
        (b"x = 1\r\ny\n", Place(1), b"# one\r\n# two\r\n\r\nx = 1\r\ny\n"),
        (b"x = 1\ny\r\n", Place(1), b"# one\n# two\n\nx = 1\ny\r\n"),
        (b"x = '\r'\ny\n", Place(1), b"# one\n# two\n\nx = '\r'\ny\n"),
        (b"x = 1", Place(1), b"# one\n# two\n\nx = 1"),
        (BOM_UTF8 + b"x\n", Place(1), BOM_UTF8 + b"# one\n# two\n\nx\n"),
        (BOM_UTF8 + b"#!/bin/sh\nx\n", Place(2), BOM_UTF8 + b"#!/bin/sh\n# one\n# two\n\nx\n"),
        (b"\xff\xfe = 1\n\xe2\n", Place(2), b"\xff\xfe = 1\n# one\n# two\n\n\xe2\n"),
        (b"#!/bin/sh\n", Place(2), b"#!/bin/sh\n# one\n# two\n"),
        (b"#!/bin/sh", Place(2), b"#!/bin/sh\n# one\n# two"),
        (b"#!/bin/sh\r\necho", Place(2), b"#!/bin/sh\r\n# one\r\n# two\r\n\r\necho"),
        (b"#!/bin/sh\n\necho\n", Place(2), b"#!/bin/sh\n# one\n# two\n\necho\n"),
        (b"#!/bin/sh\n \t\necho\n", Place(2), b"#!/bin/sh\n# one\n# two\n \t\necho\n"),
        (b"#!/bin/sh\r\n\r\necho\r\n", Place(2), b"#!/bin/sh\r\n# one\r\n# two\r\n\r\necho\r\n"),
        (b"\n\nx\n", Place(1), b"# one\n# two\n\n\nx\n"),
        (b"x\n", Place(7), b"x\n# one\n# two\n"),
    ],
)
def test_a_header_goes_to_its_place_and_all_else_stays(data: bytes, place: Place, expected: bytes) -> None:
    assert add(data, place) == expected


@pytest.mark.parametrize(
    ("data", "column", "expected"),
    [
        (b"<?php echo 1;\n", 5, b"<?php\n// one\n// two\n\n echo 1;\n"),
        (b"<?php echo 1;", 5, b"<?php\n// one\n// two\n\n echo 1;"),
        (b"<?php echo 1;\r\n", 5, b"<?php\r\n// one\r\n// two\r\n\r\n echo 1;\r\n"),
        (BOM_UTF8 + b"<?php echo 1;\n", 5, BOM_UTF8 + b"<?php\n// one\n// two\n\n echo 1;\n"),
        ("äö€\U0001f600x".encode(), 4, "äö€\U0001f600\n// one\n// two\n\nx".encode()),
        (b"\xff\xe2\x82\xf0\x9f\x98ax", 4, b"\xff\xe2\x82\xf0\x9f\x98a\n// one\n// two\n\nx"),
    ],
)
def test_within_a_line_it_stands_on_lines_of_its_own(data: bytes, column: int, expected: bytes) -> None:
    assert add(data, Place(1, column), "a.php") == expected


def test_a_file_that_is_yet_to_be_made_holds_the_header_alone() -> None:
    assert mended(b"", beside("data.json", TAGS)) == "".join(f"{tag}\n" for tag in TAGS).encode()


def test_a_file_that_stands_beside_another_keeps_what_it_says() -> None:
    assert mended(b"A note.\n", beside("data.json", ("one",))) == b"one\n\nA note.\n"


def test_a_comment_of_several_lines_ends_them_all_alike() -> None:
    assert add(b"body {}\r\n", Place(1), "a.css") == b"/*\r\n * one\r\n * two\r\n */\r\n\r\nbody {}\r\n"


# -- every kind of file ---------------------------------------------------------------------------------------------

SETTINGS = {"holder": "The Acme Authors"}


def change(path: str, data: bytes) -> Change:
    content = decoded(data[: KEPT + 3], whole=len(data) <= KEPT + 3)
    return Change("base", "head", (ChangedFile(path, FileStatus.ADDED, content=content),))


def holds(new: bytes, old: bytes) -> bool:
    """Whether new bytes are the old ones with something put between two of them."""
    same = next((at for at, pair in enumerate(zip(new, old, strict=False)) if pair[0] != pair[1]), len(old))
    return len(new) > len(old) and new.endswith(old[same:])


def settings_for(path: str) -> HeadersOptions:
    """A policy that asks for a header in a file, also where it holds nothing but settings or a list."""
    kind = kind_of(path)
    return options(**SETTINGS, uncommentable="sidecar" if kind and kind.plain else "pass")


def mend(path: str, data: bytes) -> bytes | None:
    """The file with its header, which the rule is content with; None if it proposes none."""
    proposed = next((one for _, one in proposals(change(path, data), settings_for(path), FACTS)), None)
    if proposed is None:
        return None
    new = mended(data, proposed)
    assert holds(new, data)
    assert RULE.check(change(path, new), settings_for(path), FACTS).findings == ()  # so that there is no second time
    return new


def beginnings(kind: str) -> list[str]:
    """Texts that a file of a kind may begin with."""
    first = [PREAMBLES[name][0].removesuffix("\n") for name in ROWS[kind].get("first", ())]
    return [
        "",
        "#!/usr/bin/env x\n",
        *(f"{one}\n" for one in first),
        *(f"#!/bin/x\n{one}\n\n" for one in first),
        *first,
    ]


VARIANTS = [  # what stands first in the bytes, what they end with, and what ends their lines
    (b"", b"x", b"\n"),
    (b"", b"\n\xff\xe2\x82 = 1\n", b"\r"),
    (BOM_UTF8, b"\n\xff\xe2\x82 = 1\n", b"\r\n"),
]


@pytest.mark.parametrize("kind", ROWS)
def test_every_kind_of_file_keeps_all_that_it_had_and_has_its_header_afterwards(kind: str) -> None:
    path, mends = paths(ROWS[kind])[0], 0
    for first, (mark, rest, end) in product(beginnings(kind), VARIANTS):
        data = mark + (first.encode() + rest).replace(b"\n", end)
        new = mend(path, data)
        if new is None:  # as where a file begins with another language
            continue
        mends += 1
        assert new.startswith(mark)
        assert end not in data or not {*b"\r\n"} & {*new.replace(end, b"")}
    assert mends


PIECES = st.sampled_from(
    [
        *(
            b"\n",
            b"\r\n",
            b"\r",
            b" ",
            b"\t",
            b"\f",
            BOM_UTF8,
            b"\xff",
            b"\xe2\x82",
            b"\xf0\x9f",
            b"x",
            b"--",
            b"*/",
            b'"',
        ),
        *("\u20ac \U0001f600 \u2028 \x85 \x0b \x1c".encode().split(b" ")),
        *(
            b"/*",
            b"<!--",
            b"-->",
            b"<",
            b">",
            b"#",
            b"//",
            b"..",
            b"---",
            b"{",
            b"%",
            b"#!/bin/sh\n",
            b"{-",
            b"(*",
            b"=begin",
        ),
        *(preamble.encode() for preambles in PREAMBLES.values() for preamble in preambles),
    ]
)


@given(st.sampled_from([paths(row)[0] for row in ROWS.values()]), st.lists(PIECES).map(b"".join) | st.binary())
def test_no_file_loses_anything_and_none_is_mended_twice(path: str, data: bytes) -> None:
    mend(path, data)
