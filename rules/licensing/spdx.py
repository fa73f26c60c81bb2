# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""SPDX license expressions as a policy spells them: checked against the list that the license-expression package
carries, and brought into one form.

Retired identifiers are accepted and replaced (`GPL-3.0` reads as `GPL-3.0-only`); licenses that SPDX does not list
are spelled `LicenseRef-...`.
"""

import re
from functools import cache
from typing import Any

from license_expression import ExpressionError, ExpressionParseError, Licensing, get_spdx_licensing

from rules.patterns import UnfitError
from rules.suggest import nearest

COMMON = frozenset(
    {
        "0BSD",
        "AGPL-3.0-only",
        "AGPL-3.0-or-later",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSL-1.0",
        "CC-BY-4.0",
        "CC-BY-SA-4.0",
        "CC0-1.0",
        "EPL-2.0",
        "EUPL-1.2",
        "GPL-2.0-only",
        "GPL-2.0-or-later",
        "GPL-3.0-only",
        "GPL-3.0-or-later",
        "ISC",
        "LGPL-2.1-only",
        "LGPL-2.1-or-later",
        "LGPL-3.0-only",
        "LGPL-3.0-or-later",
        "MIT",
        "MIT-0",
        "MPL-2.0",
        "Unlicense",
        "Zlib",
    }
)
"""Single licenses that most files and policies name: to know these as they are spares reading the list of all, which
takes longer than to judge a thousand files."""

_REFERENCE = re.compile(r"(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+")
_OPERATORS = frozenset({"and", "or", "with"})
_IDENTIFIER = re.compile(r"[A-Za-z0-9.:+-]+")

# Names of a license with its exception, from before there was WITH; the package knows all other retired identifiers.
# Source: the SPDX license list, "Deprecated License Identifiers".
_WITH_EXCEPTION = {
    "gpl-2.0-with-autoconf-exception": "GPL-2.0-only WITH Autoconf-exception-2.0",
    "gpl-2.0-with-bison-exception": "GPL-2.0-only WITH Bison-exception-2.2",
    "gpl-2.0-with-classpath-exception": "GPL-2.0-only WITH Classpath-exception-2.0",
    "gpl-2.0-with-font-exception": "GPL-2.0-only WITH Font-exception-2.0",
    "gpl-2.0-with-gcc-exception": "GPL-2.0-only WITH GCC-exception-2.0",
    "gpl-3.0-with-autoconf-exception": "GPL-3.0-only WITH Autoconf-exception-3.0",
    "gpl-3.0-with-gcc-exception": "GPL-3.0-only WITH GCC-exception-3.1",
    "ecos-2.0": "GPL-2.0-or-later WITH eCos-exception-2.0",
    "wxwindows": "LGPL-2.0-or-later WITH WxWindows-exception-3.1",
}


def expression(text: str) -> str:
    """The canonical form of an SPDX license expression; raises UnfitError."""
    return text if text in COMMON else str(_parsed(text))


def single_license(text: str) -> str:
    """The canonical form of one license, with its exception if it has one; raises UnfitError."""
    if text in COMMON:
        return text
    parsed = _parsed(text)
    if not parsed.isliteral:
        raise UnfitError("should be one license: write licenses joined by AND or OR as entries of their own")
    return str(parsed)


def parsed_in_file(text: str) -> Any | None:
    """What a file names as its license, parsed, or None if that is not an expression; looks for no suggestion."""
    try:
        parsed = parse(text)
    except (ExpressionError, ExpressionParseError):
        return None
    if parsed is None or not all(map(is_reference, unlisted(parsed))):
        return None
    return parsed


def parse(text: str) -> Any | None:
    """What is written, as a tree of licenses whether listed or not; None if there is none.

    Operators are all in capitals or all in small letters (SPDX specification, annex on license expressions). Raises
    ExpressionError or ExpressionParseError.
    """
    if mixed := next(filter(_is_mixed, _IDENTIFIER.findall(text)), None):
        raise ExpressionError(f"{mixed} should be spelled {mixed.upper()}")
    try:
        return _licensing().parse(_IDENTIFIER.sub(_today, text), strict=True)
    except (AssertionError, IndexError) as error:  # the parser stumbles over these
        raise ExpressionError("brackets that hold no license") from error


def _is_mixed(word: str) -> bool:
    return word.lower() in _OPERATORS and word not in (word.lower(), word.upper())


def unlisted(parsed: Any) -> list[str]:
    """The names in a parsed expression that SPDX does not list."""
    return [name for name in _licensing().unknown_license_keys(parsed) if not _with_later(name)]


def unlisted_in_file(text: str) -> str | None:
    """The first license that a file names and SPDX does not list, or None if what it names is no expression at all."""
    try:
        parsed = parse(text)
    except (ExpressionError, ExpressionParseError):
        return None
    names = unlisted(parsed) if parsed is not None else []
    return next((name for name in names if _IDENTIFIER.fullmatch(name) and not is_reference(name)), None)


def is_reference(name: str) -> bool:
    """Whether a name is spelled as one for a license that SPDX does not list, in this document or another."""
    return _REFERENCE.fullmatch(name) is not None


def _today(identifier: re.Match[str]) -> str:
    return _WITH_EXCEPTION.get(identifier[0].lower()) or _with_later(identifier[0]) or identifier[0]


def _with_later(name: str) -> str | None:
    """`X+` in the letters that SPDX has, for a listed X that has no name of its own for "or later"; else None."""
    stem, plus, rest = name.partition("+")
    found = _identifiers().get(stem.lower()) if plus and not rest else None
    return f"{found}+" if found and not found.endswith(("-only", "-or-later")) else None


def _parsed(text: str) -> Any:
    try:
        parsed = parse(text)
    except (ExpressionError, ExpressionParseError) as error:
        reason = str(error).splitlines()[0]
        raise UnfitError(f"should be an SPDX license expression ({reason})") from None
    if parsed is None:
        raise UnfitError("should be an SPDX license expression, such as Apache-2.0")
    for unknown in unlisted(parsed):
        if unknown.startswith(("LicenseRef-", "DocumentRef-")):
            _check_reference(unknown)
        else:
            raise UnfitError(f"names a license that SPDX does not list: {unknown[:60]}", nearest(unknown, listed()))
    return parsed


@cache
def _licensing() -> Licensing:
    return get_spdx_licensing()


def _check_reference(reference: str) -> None:
    if not is_reference(reference):
        raise UnfitError("should spell a license that SPDX does not list as LicenseRef- and letters, digits, . and -")


def is_listed(name: str) -> bool:
    """Whether SPDX lists a license by this name, in any case."""
    return name in COMMON or name.lower() in _identifiers()


@cache
def _identifiers() -> dict[str, str]:
    return {name.lower(): name for name in listed()}


def listed() -> list[str]:
    """The identifiers of the licenses that SPDX lists."""
    known = _licensing().known_symbols.items()
    return [name for name, symbol in known if not (name.startswith("LicenseRef-") or symbol.is_exception)]
