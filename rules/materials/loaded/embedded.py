# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Python that stands in scripts, containers and workflows: `python -c "..."` and what is piped to it in place."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from rules.change import ChangedFile
from rules.materials.loaded.code_lines import Family, Source, family_named, sources
from rules.materials.loaded.masks import masked

MOST = 100
"""Pieces of Python in one script that are looked at."""

_CALLED = re.compile(
    rb"""\bpython[\d.]*+(?:[ \t]++-[ABD-Zabd-z]\b)*+[ \t]++(?:-[ \t]*+)?(?:"""
    rb"""c[ \t]*+(?P<quote>["'])(?P<code>[^"'\\]*+(?:(?:\\.|(?!(?P=quote))["'])[^"'\\]*+)*+)|"""
    rb"""<<-?[ \t]*+["']?(?P<mark>\w{1,40}+)["']?[^\n]*+\n(?P<text>(?:(?![ \t]*+(?P=mark)\b)[^\n]*+(?:\n|\Z))*+))""",
    re.DOTALL,
)


def all_sources(file: ChangedFile) -> Iterator[Source]:
    """The new lines of a file as code, and the Python in them once more by itself."""
    for source in sources(file):
        yield source
        if "calls" not in source.family.finds:
            yield from (_python(source, match) for match in islice(_CALLED.finditer(source.text), MOST))


def _python(source: Source, match: re.Match[bytes]) -> Source:
    start, end = match.span("code" if match["code"] is not None else "text")
    # In a string of the shell a quote is escaped, which Python is not shown.
    seen = masked(source.text[start:end].replace(b'\\"', b' "'), _family().comments)
    before = bisect_left(source.breaks, start)
    breaks = [offset - start for offset in source.breaks[before:]]
    return Source(_family(), seen.text, seen.bare, breaks, source.numbers[before:])


def _family() -> Family:
    return family_named("Python")
