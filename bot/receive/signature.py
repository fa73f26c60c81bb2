# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Whether a webhook comes from GitHub: HMAC-SHA256 over its raw bytes, compared in constant time."""

import hashlib
import hmac
import re
from collections.abc import Iterable

HEADER = "X-Hub-Signature-256"

_SIGNATURE = re.compile(r"sha256=[0-9a-f]{64}")


def is_signature(header: str) -> bool:
    """Whether a header has the form of a signature at all."""
    return _SIGNATURE.fullmatch(header) is not None


def is_signed(body: bytes, header: str, secrets: Iterable[str]) -> bool:
    """Whether `header` signs `body` with one of the secrets; two are in use while one replaces the other."""
    if not is_signature(header):
        return False
    return any(hmac.compare_digest(header, sign(body, secret)) for secret in secrets)


def sign(body: bytes, secret: str) -> str:
    """The signature of a body, as GitHub writes it into the header."""
    return "sha256=" + hmac.digest(secret.encode(), body, hashlib.sha256).hex()
