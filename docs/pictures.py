# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Takes the pictures of docs/images anew: `python -m docs.pictures`.

It plays the demo's story and photographs what the simulated GitHub shows at the first and at the last verdict.
"""

import sys
from dataclasses import dataclass, field, fields
from pathlib import Path

from bot.demo.chapters import headers
from bot.demo.github.pull import Pull
from bot.demo.play import free_port, stage_set
from bot.demo.stage import Stage
from docs.browser import Browser, NoBrowserError

FOLDER = Path(__file__).parent / "images"
NAMES = {"failure": "verdict-red", "success": "verdict-green"}


@dataclass
class PhotographedStage(Stage):
    """A stage on which the first verdict of each kind is photographed instead of printed."""

    browser: Browser
    folder: Path
    wanted: dict[str, str] = field(default_factory=lambda: dict(NAMES))

    def show(self, pull: Pull) -> None:
        """Take the pictures of a pull request, light and dark."""
        name = self.wanted.pop(self.checks(pull)[0].conclusion or "", None)
        for dark in (False, True) if name else ():
            page = self.browser.open(f"{self.github.url}/{pull.path}", dark=dark)
            file = self.folder / f"{name}{'-dark' if dark else ''}.png"
            file.write_bytes(page.picture(".place", ".checks"))
            self.say(f"    {file.name}")


def take(folder: Path) -> None:
    """Play the story and leave its pictures in a folder.

    Raises NoBrowserError where there is no Chromium, StoryError if the story does not come out as told.
    """
    with Browser() as browser, stage_set(free_port(), print) as stage:
        folder.mkdir(exist_ok=True)
        set_up = {one.name: getattr(stage, one.name) for one in fields(stage)}
        headers.play(PhotographedStage(**set_up, browser=browser, folder=folder))


if __name__ == "__main__":
    try:
        take(FOLDER)
    except NoBrowserError as error:
        sys.exit(f"No pictures were taken: {error}")
