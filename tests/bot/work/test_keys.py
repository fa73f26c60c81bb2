# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import pytest

from bot.work.keys import Key, Kind

SHA = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("text", "key", "kind"),
    [
        ("7#12", Key.pull(7, 12), Kind.PULL),
        (f"7@{SHA}", Key.commit(7, SHA), Kind.COMMIT),
        (f"7@{SHA}{SHA[:24]}", Key.commit(7, SHA + SHA[:24]), Kind.COMMIT),
        ("7~", Key.repository(7), Kind.REPOSITORY),
        ("3%", Key.installation(3), Kind.INSTALLATION),
    ],
)
def test_a_key_is_read_as_it_is_spelled(text: str, key: Key, kind: Kind) -> None:
    assert Key.parse(text) == key
    assert str(key) == text
    assert key.kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "#12",
        "7#",
        "7#0",
        "07#1",
        "0~",
        "-7~",
        "7~1",
        "7%x",
        "7@abc",
        f"7@{SHA.upper()}",
        "7#1 ",
        "7#1\n",
        "7#\u0661",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a key of work"):
        Key.parse(text)


def test_a_key_cannot_be_made_of_nonsense() -> None:
    with pytest.raises(ValueError, match="not a key of work"):
        Key.pull(7, -1)
