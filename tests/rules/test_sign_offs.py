# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Sign-offs and remediation sentences: which lines of a message count, and that none can hurt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.change import Person
from rules.sign_offs import Remediation, remediations, sign_offs

ADA = Person(name="Ada", email="ada@example.com")
BO = Person(name="Bo", email="bo@example.com")
LINE = "Signed-off-by: Ada <ada@example.com>"
SHA = "0123456789" * 4


@pytest.mark.parametrize(
    ("message", "people"),
    [
        (LINE, (ADA,)),
        (f"Work\n\n{LINE}\n", (ADA,)),
        (f"Work\n\n{LINE}\n\nand more\n", (ADA,)),
        (f"Work\r\n\r\n{LINE}\r\n", (ADA,)),
        (f"Work\n\n{LINE}   \t", (ADA,)),
        ("signed-OFF-by:Ada<ada@example.com>", (ADA,)),
        ("Signed-off-by:   Ada   < ada@example.com >", (ADA,)),
        (f"{LINE}\nSigned-off-by: Bo <bo@example.com>", (ADA, BO)),
        ("Signed-off-by: helper[bot] <9+helper[bot]@x>", (Person(name="helper[bot]", email="9+helper[bot]@x"),)),
        ("Signed-off-by: A <B> <a@b>", (Person(name="A <B>", email="a@b"),)),
        ("Signed-off-by: <a@b>", (Person(email="a@b"),)),
        ("Signed-off-by: Ada", (Person(name="Ada"),)),
        ("Signed-off-by: Ada <ada@example.com> (Acme)", (Person(name="Ada <ada@example.com> (Acme)"),)),
        ("Signed-off-by:", ()),
        ("Signed-off-by: <>", ()),
        (f"> {LINE}", ()),
        (f" {LINE}", ()),
        (f"\t{LINE}", ()),
        (f"Not {LINE}", ()),
        (f"x\v{LINE}", ()),
        (f"x\u2028{LINE}", ()),
        ("Signed off by: Ada <ada@example.com>", ()),
        ("Co-authored-by: Ada <ada@example.com>", ()),
        ("", ()),
    ],
)
def test_a_sign_off_is_a_line_of_its_own(message: str, people: tuple[Person, ...]) -> None:
    assert sign_offs(message) == people


OWN = f"I, Ada <ada@example.com>, hereby add my Signed-off-by to this commit: {SHA}"
FOR_ADA = (
    f"On behalf of Ada <ada@example.com>, I, Bo <bo@example.com>, hereby add my Signed-off-by to this commit: {SHA}"
)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (OWN, (Remediation(SHA, ADA),)),
        (f"Title\n\n{OWN}\r\n\n{LINE}", (Remediation(SHA, ADA),)),
        (OWN.upper(), (Remediation(SHA, Person(name="ADA", email="ADA@EXAMPLE.COM")),)),
        (FOR_ADA, (Remediation(SHA, ADA, BO),)),
        (FOR_ADA.lower(), (Remediation(SHA, Person(name="ada", email=ADA.email), Person(name="bo", email=BO.email)),)),
        (f"{OWN}\n{FOR_ADA}", (Remediation(SHA, ADA), Remediation(SHA, ADA, BO))),
        (OWN.replace(SHA, "0" * 64), (Remediation("0" * 64, ADA),)),
        (OWN.replace(SHA, SHA[:7]), (Remediation(SHA[:7], ADA),)),
        (OWN.replace(SHA, SHA[:6]), ()),
        (OWN.replace(SHA, "head"), ()),
        (f"{OWN}.", ()),
        (f"> {OWN}", ()),
        (f"Now {OWN}", ()),
        (OWN.replace("hereby ", ""), ()),
        (OWN.replace(", hereby", "\nhereby"), ()),
        (FOR_ADA.replace("I, Bo", "Bo"), ()),
        (FOR_ADA.replace("I, Bo <bo@example.com>, ", ""), ()),
        (LINE + f", hereby add my Signed-off-by to this commit: {SHA}", ()),
    ],
)
def test_a_remediation_is_one_of_two_sentences_to_the_letter(message: str, expected: tuple[Remediation, ...]) -> None:
    assert remediations(message) == expected


_PIECES = [
    "Signed-off-by: ",
    "I, ",
    "On behalf of ",
    "<",
    ">",
    ", ",
    "\n",
    "\r",
    " ",
    "a@b",
    SHA,
    ": ",
    "\ud800",
    "\0",
    "\u0130",
]


@given(st.lists(st.sampled_from([*_PIECES, ", hereby add my Signed-off-by to this commit"]) | st.text(max_size=5)))
def test_no_message_is_too_strange(pieces: list[str]) -> None:
    message = "".join(pieces)
    assert all("\n" not in person.name + person.email for person in sign_offs(message))
    assert all(len(one.commit) >= 7 for one in remediations(message))


@pytest.mark.parametrize(
    ("unit", "people", "sentences"),
    [
        ("Signed-off-by: ", 1, 0),
        ("Signed-off-by: <", 1, 0),
        (f"{LINE}\n", 1, 0),
        ("\n", 0, 0),
        ("I, a <", 0, 0),
        ("On behalf of a <a>, ", 0, 0),
        ("I, a <a>, hereby add my Signed-off-by to this commit: ", 0, 0),
        (f"{OWN}\n", 0, 50_000),
    ],
)
def test_a_hostile_message_of_megabytes_is_read_all_the_same(unit: str, people: int, sentences: int) -> None:
    """Were the work to grow with the square of a line or a message, nobody would see the end of this."""
    message = unit * 50_000
    assert (len(sign_offs(message)), len(remediations(message))) == (people, sentences)
