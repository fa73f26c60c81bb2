# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The way to GitHub and back, bound to one browser by what a signed cookie holds meanwhile.

It holds the `state` that GitHub has to bring back, and the secret of PKCE, without which the code is worth nothing.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import asdict, dataclass

from itsdangerous import BadSignature, URLSafeSerializer

PATIENCE = 600.0
"""Seconds for the way to GitHub and back."""
LONGEST_PATH = 1_000
LONGEST_COOKIE = 4_000


@dataclass(frozen=True, slots=True)
class Way:
    """One way: from which page it began, so that it ends there, and when."""

    state: str
    verifier: str
    back_to: str
    begun_at: float

    @property
    def challenge(self) -> str:
        """What GitHub is told of the verifier beforehand (PKCE, S256)."""
        return urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()

    def is_of(self, state: str) -> bool:
        """Whether this is the way that was begun with `state`."""
        return hmac.compare_digest(self.state.encode(), state.encode())


class Ways:
    """The ways that this Steward began: nobody else can seal one."""

    def __init__(self, key: str, clock: Callable[[], float]) -> None:
        self._signer = URLSafeSerializer(key, salt="steward-sign-in", signer_kwargs={"digest_method": hashlib.sha256})
        self._clock = clock

    def begin(self, wanted: str | None) -> Way:
        """A new way, which ends at the page that was wanted if it is one of ours."""
        return Way(secrets.token_urlsafe(32), secrets.token_urlsafe(48), own_path(wanted), self._clock())

    def seal(self, way: Way) -> str:
        """A way as a browser keeps it."""
        return str(self._signer.dumps(asdict(way)))

    def open(self, sealed: str) -> Way | None:
        """The way that was sealed, unless it was not by us, or is too old."""
        if len(sealed) > LONGEST_COOKIE:
            return None
        try:
            way = Way(**self._signer.loads(sealed))
        except (BadSignature, TypeError):  # an older Steward may have sealed other things
            return None
        return way if way.begun_at + PATIENCE > self._clock() else None


def own_path(wanted: str | None) -> str:
    """Where to go after signing in: a path of this site as it was asked for, or the first page."""
    if not wanted or len(wanted) > LONGEST_PATH or not (wanted.isascii() and wanted.isprintable()) or "\\" in wanted:
        return "/"
    # Two slashes begin the name of another host.
    return wanted if wanted.startswith("/") and not wanted.startswith("//") else "/"
