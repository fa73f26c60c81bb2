# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""SPDX license tags in lines of comments: what they name, and what is meant to be one and is not."""

import re

from rules.licensing.licenses import MOST_CHARACTERS, canonical

TAG = "SPDX-License-Identifier:"

_TAG = re.compile(re.escape(TAG), re.IGNORECASE | re.ASCII)
_FRAME = " \t*/#-=|;%!<>~\"'`{}[].,:\\@"
_LEADS = ("copyright", "license", "(c)", "\u00a9")
_QUOTES = "\"'`"
# What is meant to be the tag, such as "SPDX-Licence-Identifier:"; `_TAG` tells whether it is.
_MEANT = re.compile(
    r"SPDX(?:[- \t]{1,3}Licen[cs]e[-_ \t]{0,3}I[a-z]{1,15}|-Licen[cs]e)[ \t]{0,9}:", re.IGNORECASE | re.ASCII
)


def tag_value(text: str) -> str:
    """What an SPDX license tag in a line names; nothing where the line only speaks of the tag, or quotes it.

    A tag counts wherever it stands in a comment (REUSE specification 3.3); behind other words if it names a license.
    """
    tag = _TAG.search(text)
    lead = text[: tag.start()].lower() if tag else ""
    if not tag or _quoted(lead):
        return ""
    value = _value(text, tag.end())
    return value if _leads(lead) or canonical(value) else ""


def meant_value(text: str) -> str:
    """A tag that is misspelled or names nothing, with what it names; nothing if there is no such tag."""
    meant = _MEANT.search(text)
    if not meant or _quoted(text[: meant.start()]):
        return ""
    value = _value(text, meant.end())
    right = _TAG.match(text, meant.start()) and (value or not _leads(text[: meant.start()].lower()))
    return "" if right else f"{meant[0]} {value}".rstrip()


def _leads(lead: str) -> bool:
    """Whether what stands before a tag makes clear that it is one."""
    return not any(mark.isalnum() for mark in lead) or any(word in lead for word in _LEADS)


def _quoted(lead: str) -> bool:
    """Whether what stands before a tag is code or prose that quotes it."""
    return lead.rstrip().endswith(tuple(_QUOTES)) and any(mark.isalnum() for mark in lead)


def _value(text: str, start: int) -> str:
    """What is named in a text from here on, without the end of a comment."""
    value = text[start:].strip().rstrip(_FRAME)
    while len(value) <= MOST_CHARACTERS and value.count(")") > value.count("("):
        value = value[: value.rindex(")")].rstrip(_FRAME)  # the end of a comment, as in (* ... *)
    return value
