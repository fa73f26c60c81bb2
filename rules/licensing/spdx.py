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

_LICENSE_REF = re.compile(r"LicenseRef-[A-Za-z0-9.-]+")


def expression(text: str) -> str:
    """The canonical form of an SPDX license expression; raises UnfitError."""
    return str(_parsed(text))


def single_license(text: str) -> str:
    """The canonical form of one license, with its exception if it has one; raises UnfitError."""
    parsed = _parsed(text)
    if not parsed.isliteral:
        raise UnfitError("should be one license: write licenses joined by AND or OR as entries of their own")
    return str(parsed)


def parsed_in_file(text: str) -> Any | None:
    """What a file names as its license, parsed, or None if that is not an expression; looks for no suggestion."""
    try:
        parsed = _licensing().parse(text, strict=True)
    except (ExpressionError, ExpressionParseError):
        return None
    if parsed is None or not all(map(_LICENSE_REF.fullmatch, _licensing().unknown_license_keys(parsed))):
        return None
    return parsed


def _parsed(text: str) -> Any:
    try:
        parsed = _licensing().parse(text, strict=True)
    except (ExpressionError, ExpressionParseError) as error:
        reason = str(error).splitlines()[0]
        raise UnfitError(f"should be an SPDX license expression ({reason})") from None
    if parsed is None:
        raise UnfitError("should be an SPDX license expression, such as Apache-2.0")
    for unknown in _licensing().unknown_license_keys(parsed):
        if unknown.startswith("LicenseRef-"):
            _check_reference(unknown)
        else:
            raise UnfitError(f"names a license that SPDX does not list: {unknown[:60]}", nearest(unknown, _names()))
    return parsed


@cache
def _licensing() -> Licensing:
    return get_spdx_licensing()


def _check_reference(reference: str) -> None:
    if not _LICENSE_REF.fullmatch(reference):
        raise UnfitError("should spell a license that SPDX does not list as LicenseRef- and letters, digits, . and -")


def _names() -> list[str]:
    return [name for name in _licensing().known_symbols if not name.startswith("LicenseRef-")]
