# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Sign-offs and remediation sentences, as they stand in commit messages.

A message may be long and hostile: it is read once, from left to right, and only whole lines count, so that what is
quoted or indented does not.
"""

import re
from dataclasses import dataclass

from rules.change import Person
from rules.trailers import values

_ALONE = "i, "
_FOR_ANOTHER = "on behalf of "
_WORDS = ", hereby add my signed-off-by to this commit"
_LINE = re.compile(rf"^(?:{_ALONE}|{_FOR_ANOTHER}).*", re.IGNORECASE | re.MULTILINE | re.ASCII)
_SHA = re.compile(r"[0-9a-f]{7,64}")


@dataclass(frozen=True, slots=True)
class Remediation:
    """A sentence that signs off an earlier commit: its SHA as written, its author, and who signs in their place."""

    commit: str
    author: Person
    by: Person | None = None


def sign_offs(message: str) -> tuple[Person, ...]:
    """Whose sign-offs a message carries, each line once; without a name or an e-mail address that is empty."""
    people = map(_person, values(message, "Signed-off-by"))
    return tuple(person for person in people if person != Person())


def remediations(message: str) -> tuple[Remediation, ...]:
    """The sentences of the DCO App in a message, each a line of its own:

    `I, NAME <EMAIL>, hereby add my Signed-off-by to this commit: SHA`
    `On behalf of NAME <EMAIL>, I, NAME <EMAIL>, hereby add my Signed-off-by to this commit: SHA`
    """
    sentences = (_sentence(match[0].rstrip()) for match in _LINE.finditer(message))
    return tuple(sentence for sentence in sentences if sentence)


def _sentence(line: str) -> Remediation | None:
    who, _, commit = line.rpartition(": ")
    commit = commit.lower()
    if not who.lower().endswith(_WORDS) or not _SHA.fullmatch(commit):
        return None
    who = who[: -len(_WORDS)]
    if _begins(who, _ALONE):
        return Remediation(commit, _person(who[len(_ALONE) :]))
    author, _, by = who[len(_FOR_ANOTHER) :].partition(">, ")
    if not _begins(who, _FOR_ANOTHER) or not _begins(by, _ALONE):
        return None
    return Remediation(commit, _person(f"{author}>"), _person(by[len(_ALONE) :]))


def _begins(line: str, key: str) -> bool:
    return line[: len(key)].lower() == key


def _person(text: str) -> Person:
    """`Name <e-mail>`; whatever has another form is all name."""
    text = text.strip()
    name, bracket, email = text.rpartition("<")
    if not bracket or not email.endswith(">"):
        return Person(name=text)
    return Person(name=name.strip(), email=email[:-1].strip())
