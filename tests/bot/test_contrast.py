# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The colors of the stylesheets can be read, in light and in dark: contrast as WCAG 2.2 defines and asks it (AA)."""

import re
from pathlib import Path

import pytest

BOT = Path(__file__).parents[2] / "bot"
LEAST = 4.5
GITHUB, STEWARD = BOT / "demo" / "static" / "github.css", BOT / "web" / "static" / "steward.css"


def colors(stylesheet: Path) -> list[dict[str, str]]:
    """The named colors for light, then for dark."""
    blocks = re.findall(r":root \{(.*?)\}", stylesheet.read_text("utf-8"), re.DOTALL)
    return [dict(re.findall(r"--(\w+): #(\w{6});", block)) for block in blocks]


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_what_it_is_called() -> None:
    assert contrast("ffffff", "000000") == pytest.approx(21)
    assert contrast("777777", "ffffff") < LEAST < contrast("767676", "ffffff")


@pytest.mark.parametrize("dark", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("stylesheet", "words"),
    [(STEWARD, ("text", "quiet", "link", "good", "bad", "open")), (GITHUB, ("text", "quiet", "link"))],
    ids=["steward", "github"],
)
def test_words_stand_out_from_the_paper(stylesheet: Path, words: tuple[str, ...], dark: int) -> None:
    named = colors(stylesheet)[dark]
    for word in words:
        for ground in ("paper", "soft"):
            assert contrast(named[word], named[ground]) >= LEAST, (word, ground)


@pytest.mark.parametrize("dark", [0, 1], ids=["light", "dark"])
def test_white_words_stand_out_from_badges(dark: int) -> None:
    named = colors(GITHUB)[dark]
    for badge in ("green", "red", "purple", "amber", "grey"):
        assert contrast("ffffff", named[badge]) >= LEAST, badge
