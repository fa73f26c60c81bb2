# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import pytest

from bot.receive.signature import is_signed, sign

BODY = b"Hello, World!"
SECRET = "It's a Secret to Everybody"
# The example in GitHub's documentation.
SIGNATURE = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"


def test_githubs_own_example_is_signed() -> None:
    assert sign(BODY, SECRET) == SIGNATURE
    assert is_signed(BODY, SIGNATURE, [SECRET])


def test_the_previous_secret_still_signs() -> None:
    assert is_signed(BODY, SIGNATURE, ["a newer one", SECRET])


@pytest.mark.parametrize(
    ("body", "header", "secrets"),
    [
        (BODY + b" ", SIGNATURE, [SECRET]),
        (BODY, SIGNATURE, ["another"]),
        (BODY, SIGNATURE, []),
        (BODY, SIGNATURE[:-1] + "8", [SECRET]),
        (BODY, SIGNATURE.removeprefix("sha256="), [SECRET]),
        (BODY, SIGNATURE.replace("sha256", "sha1"), [SECRET]),
        (BODY, SIGNATURE + "\n", [SECRET]),
        (BODY, "sha256=\u00e9" + SIGNATURE[8:], [SECRET]),
        (BODY, "", [SECRET]),
    ],
)
def test_anything_else_is_not_signed(body: bytes, header: str, secrets: list[str]) -> None:
    assert not is_signed(body, header, secrets)
