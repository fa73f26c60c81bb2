# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What holds for every kind of file: a header that is written is read, whatever stays first."""

import pytest

from rules.data import table
from rules.licensing.comments import first_comments, place_for_header, takes_header, window, written
from rules.licensing.header import Header
from rules.licensing.kinds import Kind
from rules.licensing.licenses import notice_of
from rules.licensing.mending import mended
from rules.licensing.proposal import Proposal
from tests.rules.headers_help import code, finding, pasted
from tests.rules.licensing.kinds_help import BEGUN, CODE, KINDS, OF_STYLE, PREAMBLES, ROWS, STYLES, TAG, WORDINGS, paths

LINES = ("SPDX-FileCopyrightText: 2031 The Acme Authors <acme@example.com>", "", TAG)
MODES = ["-*- mode: x; coding: utf-8 -*-", "vim: set ts=4 :"]


def beginnings(name: str) -> list[str]:
    """What files of a kind may begin with, before which no header goes."""
    begun = BEGUN.get(name, "")
    first = [text for preamble in ROWS[name].get("first", ()) for text in PREAMBLES[preamble]]
    modes = [f"{begun}{written([mode], KINDS[name].style)}\n" for mode in MODES]
    return [begun, f"#!/usr/bin/env x\n{begun}", *first, *modes]


def with_header(text: str, kind: Kind) -> str:
    """A text behind whose preamble a header was put."""
    return mended(text.encode(), Proposal("x", place_for_header(window(text), kind), LINES, kind.style)).decode()


def header(text: str, kind: Kind) -> Header:
    """The header of a text."""
    return Header(tuple(first_comments(window(text), kind)))


def test_there_is_an_example_of_all_that_stays_first() -> None:
    assert set(PREAMBLES) == set(table("comments")["preambles"])


# -- what is written is read --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ROWS)
def test_a_header_behind_what_stays_first_is_found(name: str) -> None:
    kind = KINDS[name]
    for first in beginnings(name):
        assert takes_header(first + CODE, kind), first
        text = with_header(first + CODE, kind)
        assert text.startswith(first)
        assert text.endswith(CODE)
        found = header(text, kind)
        assert [tag.text for tag in found.tags] == ["MIT"], first
        assert found.copyrights[0].number < found.tags[0].number
        assert "acme example com" in found.words


@pytest.mark.parametrize("name", ROWS)
def test_a_second_header_goes_to_the_same_place_and_hides_none(name: str) -> None:
    kind = KINDS[name]
    for first in beginnings(name):
        once = with_header(first + CODE, kind)
        assert place_for_header(once, kind) == place_for_header(first + CODE, kind)
        assert [tag.text for tag in header(with_header(once, kind), kind).tags] == ["MIT", "MIT"], first


# -- each way of commenting is read -------------------------------------------------------------------------------

READ = [
    *((style, f"{line} {TAG}\n") for style, row in STYLES.items() for line in row.get("lines", ())),
    *((style, f"{begin} {TAG} {end}\n") for style, row in STYLES.items() for begin, end in row.get("blocks", ())),
    *((style, f"{begin}\n{TAG}\n{end}\n") for style, row in STYLES.items() for begin, end in row.get("blocks", ())),
]


@pytest.mark.parametrize(("style", "comment"), READ)
def test_every_way_to_comment_that_a_style_knows_is_read(style: str, comment: str) -> None:
    kinds = {name: KINDS[name] for name, row in ROWS.items() if row["style"] == style}
    read = {
        name: [tag.text for tag in header(BEGUN.get(name, "") + comment + CODE, kind).tags]
        for name, kind in kinds.items()
    }
    assert read == {name: ["MIT"] for name in kinds}


# -- what the rule says of it ------------------------------------------------------------------------------------

BEGINNINGS = [CODE, "", "#!/usr/bin/env x\nx", "\r\n\r\nx", "\ufeffx\n"]
LICENSES = ["Apache-2.0", "MIT", "BSD-3-Clause", "MPL-2.0", "GPL-3.0-only", "GPL-3.0-or-later", "MIT OR Apache-2.0"]


@pytest.mark.parametrize("name", OF_STYLE.values())
def test_a_file_whose_author_did_as_told_has_its_header(name: str) -> None:
    path, begun = paths(ROWS[name])[-1], BEGUN.get(name, "")
    for text, license_, style in [
        *((begun + CODE, license_, style) for license_ in LICENSES for style in WORDINGS),
        *((text, "MIT", WORDINGS[0]) for text in BEGINNINGS if not begun),
    ]:
        policy = {"license": license_, "holder": "Them -- */ *) & Co", "year": "required", **style}
        policy["uncommentable"] = "sidecar"  # else nothing is asked of settings and lists
        found = finding(path, text + " .", **policy)
        assert found
        assert found.fix
        assert code(path, pasted(text + " .", found.fix), **policy) is None, (text, policy)


@pytest.mark.parametrize("license_", LICENSES[:-1])
def test_one_license_is_never_taken_for_another(license_: str) -> None:
    known = notice_of(license_)
    assert known
    text = written(known.notice.splitlines(), KINDS["Python"].style)
    assert [other for other in LICENSES[:-1] if code("a.py", text, license=other) is None] == [license_]
