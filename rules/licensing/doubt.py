# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What in a file speaks against adding a header unasked: it may be somebody else's work, or under another license.

What names another license clearly is that. This is about all the rest: a comment that claims a copyright, or has
the word license with something that is not the wanted one. Whoever is in doubt asks a person.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from rules.licensing.comments import Line
from rules.licensing.further_down import FurtherDown
from rules.licensing.header import Header, Wording
from rules.licensing.licenses import means, normalized, offers
from rules.licensing.named import shown_license
from rules.licensing.other_license import FOREIGN
from rules.licensing.reuse import Declared, Said
from rules.shown import shown_path

# Words by which a comment speaks of a license; not `license_key`, `--license`, `license.py`, `license(` and the like.
_OF_LICENSES = re.compile(
    r"(?<![\w.])(?<!--)licen[cs](?:e[ds]?|ing)(?![\w(=])(?!-\w)(?!\.\w)"
    r"|SPDX-Licen[cs]e|public domain|copyleft|(?:released|distributed|published) under\b"
    r"|(?<![^\W\d_])[AL]?GPL(?![^\W\dv_])|(?<!\w)(?:CDDL|EUPL|MPL|WTFPL)(?!\w)"
    r"|\((?:MIT|BSD|ISC|Apache)(?!\w)",
    re.IGNORECASE,
)
_OF_OWNERS = re.compile(
    r"(?<![\w.-])copyright(?:s|ed)?(?![\w(=])|all rights reserved|\bproprietary\b|\bconfidential\b|\bproperty of\b",
    re.IGNORECASE,
)


def sign(header: Header, wording: Wording) -> Line | None:
    """The first line of a header that speaks of a license or of owners, and not of those of the policy."""
    return next((Line(line.number, found) for line in header.lines if (found := _sign(line.text, wording))), None)


def _sign(text: str, wording: Wording) -> str:
    """What a line says from where it speaks of a license or of owners; nothing if it does not, or of ours."""
    found = _OF_LICENSES.search(text)
    if not found and not wording.is_ours(text):
        found = _OF_OWNERS.search(text)
    if not found:
        return ""
    words = normalized(text)
    return "" if words in _normalized(wording.text) or means(words, wording.license) else text[found.start() :]


@lru_cache(maxsize=16)  # the wanted text is the same for many files, and for each of their lines
def _normalized(wanted: str) -> str:
    return normalized(wanted)


def doubt(header: Header, below: FurtherDown | None, said: Said, wording: Wording, *, nearly: bool = False) -> str:
    """Why a header is not to be added without anybody's decision, in sentences; empty if nothing speaks against it.

    `nearly`: the words of a license are those of the wanted one, but for a few that differ.
    """
    unknown = [line for line in header.copyrights if not wording.is_ours(line.text)]
    spoken = [one.license.license for one in (*header.notices, *header.hints)]
    if unknown:
        return f"{_of_somebody(unknown[0], wording)} {FOREIGN}"
    if claimed := claimed_beside(said, header, wording):
        return claimed
    if below and not below.agrees:
        return f"Line {below.line} {below.words}. {FOREIGN}"
    if not nearly and (line := sign(header, wording)):
        return f'Line {line.number} says "{shown_license(line.text)}". {FOREIGN}'
    return "" if all(_same(name, wording.license) for name in spoken) else FOREIGN


def _same(license_: str, wanted: str) -> bool:
    """Whether both give the same choices: to name one of two licenses over words that offer both takes one away."""
    return offers(license_, wanted) and offers(wanted, license_)


def claimed_beside(said: Said, header: Header, wording: Wording) -> str:
    """What there is to say of a file beside that claims somebody else's copyright; empty if none does."""
    claims = said.copyrights(own=bool(header.copyrights))
    foreign = next((one for one in claims if not _all_ours(one.copyrights, wording)), None)
    return f"{_said_beside(foreign, wording)} {FOREIGN}" if foreign else ""


def _all_ours(notices: Sequence[str], wording: Wording) -> bool:
    return all(map(wording.is_ours, notices))


def _said_beside(declared: Declared, wording: Wording) -> str:
    source = shown_path(declared.source)
    if wording.options.holder:
        return f"The copyright notice for it in {source} does not name {wording.options.holder}."
    return f"Whose work it is, the policy cannot tell by the copyright notice for it in {source}."


def _of_somebody(line: Line, wording: Wording) -> str:
    if wording.options.holder:
        return f"The copyright notice in line {line.number} does not name {wording.options.holder}."
    return f"Whose work it is, the policy cannot tell by the copyright notice in line {line.number}."
