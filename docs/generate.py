# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Writes the generated pages anew: `python -m docs.generate`. A test holds each page to what its writer gives."""

from collections.abc import Callable, Mapping
from pathlib import Path

from docs import commands_in_comments, policy_page

FOLDER = Path(__file__).parent

# To add a page: write a module with a function that gives its whole text, and name it here.
PAGES: Mapping[str, Callable[[], str]] = {
    "comments.md": commands_in_comments.render,
    "policy.md": policy_page.render,
}


def write() -> None:
    """Write every generated page."""
    for name, render in PAGES.items():
        (FOLDER / name).write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    write()
