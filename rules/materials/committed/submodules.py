# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Submodules that are datasets or models: repositories of a hub, which git keeps a pointer to (gitmodules(5))."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules.change import Change
from rules.materials.material import Sort

GITMODULES = ".gitmodules"
_SECTION = re.compile(r'\[submodule "')
_SETTING = re.compile(r"[ \t]*(path|url)[ \t]*=[ \t]*([^\r\n]{1,1000})")
# On Hugging Face a dataset has its kind in its address, and a model has none.
_HUB = re.compile(
    r"(?:https?://|ssh://|git@)(?:[^/@\s]{1,100}@)?(?:www\.)?(?:huggingface\.co|hf\.co)[/:]"
    r"(?P<datasets>datasets/)?(?!spaces/)[\w.-]+/[\w.-]+"
)


@dataclass(frozen=True, slots=True)
class Submodule:
    """A submodule that holds a dataset or a model, and the path at which it is put."""

    path: str
    sort: Sort


def submodules(change: Change) -> Iterator[Submodule]:
    """The submodules that a contribution brings in or moves on, as far as its own `.gitmodules` tells of them."""
    changed = {file.path for file in change.files if file.content_changed}
    texts = (file.content.text for file in change.files if file.path == GITMODULES and file.content)
    for text in texts:
        for path, url in _listed(text):
            hub = _HUB.match(url)
            if hub and path in changed:
                yield Submodule(path, Sort.DATASET if hub["datasets"] else Sort.MODEL)


def _listed(text: str) -> Iterator[tuple[str, str]]:
    for section in _SECTION.split(text)[1:]:
        settings = {match[1]: match[2].strip() for match in map(_SETTING.match, section.splitlines()) if match}
        if {"path", "url"} <= settings.keys():
            yield settings["path"], settings["url"]
