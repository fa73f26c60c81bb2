# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Names of datasets and models that code keeps in constants, dictionaries and defaults of options.

They count by the keys of settings in data/references.toml, and only with an owner. A key that names other things too,
such as `model`, counts in no code: there it mostly says which model of a service is asked.
"""

import re
from collections.abc import Iterator
from itertools import islice

from rules.materials.loaded.calls import Call, arguments, calls, literal
from rules.materials.loaded.code_lines import Source
from rules.materials.loaded.config_keys import is_vague, key_of, named_by
from rules.materials.loaded.known import MOST_LOOKED_AT, Found, any_of, signed

_KEPT = re.compile(
    rb"""(?<![\w.])(?:(?P<name>[A-Za-z_][\w.]*+)|(?P<quote>["'])(?P<inside>\01{1,60}+)(?P=quote))[ \t]*+"""
    rb"""(?::[ \t]*+[\w.\[\]| ]{0,60}+=|[=:])[ \t]*+[rRuU]?+(?P<open>["'])(?P<value>\01{3,200}+)["']"""
)
_FIELD = re.compile(rb"(?<!\w)([A-Za-z_]\w{0,80}+)[ \t]*+(?::[^=]*+)?=[ \t]*+\Z")
_OPTION = any_of([r"(?:.*\.)?(?:add_argument|option|field|Field)"])


def kept(source: Source) -> Iterator[Found]:
    """What constants and entries of dictionaries name, and what options and fields have as their default."""
    for match in _KEPT.finditer(source.bare):
        group = "name" if match["name"] else "inside"
        key = source.text[match.start(group) : match.end(group)]
        value = source.text[match.start("value") : match.end("value")]
        yield from _named(key, value.decode("utf-8", "replace"), match.start("value"))
    for call in islice(calls(source, _OPTION), MOST_LOOKED_AT):
        yield from _default(source, call)


def _default(source: Source, call: Call) -> Iterator[Found]:
    passed = arguments(source, call)
    default = next((literal(source, one, {}) for one in passed if one.keyword == "default"), None)
    field = _FIELD.search(source.before(call.offset))
    options = [literal(source, one, {}) or "" for one in passed if not one.keyword]
    for key in [option.lstrip("-").encode() for option in options] + ([field[1]] if field else []):
        yield from _named(key, default or "", call.offset)


def _named(key: bytes, value: str, offset: int) -> Iterator[Found]:
    name = key_of(key)
    if not is_vague(name) and signed(value) and (found := named_by(name, value, offset)):
        yield found
