# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The table of what loads data and models, and what counts as a name of one: a name on a hub, and no path."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from rules.data import table
from rules.materials.material import Sort
from rules.patterns import linear_regex

LONGEST_ID = 200
"""Characters of an id; what is longer names nothing."""
MOST_LOOKED_AT = 2000
"""Calls, and addresses, that are looked at in lines that stand together; nobody writes more by hand."""

_OWNER = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}", re.ASCII)
_ALONE = re.compile(r"[A-Za-z0-9][\w.-]{0,95}", re.ASCII)
_ANY = re.compile(r"[\w.:/@+-]{0,199}[\w.:@+-]", re.ASCII)
_SHAPES = {"hub": (_OWNER, _ALONE), "owner": (_OWNER,), "name": (_ALONE,), "file": (_ALONE,), "any": (_ANY,)}
_SIGNS = re.compile(r"[0-9A-Z-]")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Found:
    """Something that is loaded, at an offset in a source; the rest as in `Reference`."""

    sort: Sort
    id: str
    host: str
    source: str
    offset: int
    pinned: bool | None = None


@cache
def reference_table() -> dict[str, Any]:
    """What stands in references.toml."""
    return table("references")


def is_name(text: str, shape: str) -> bool:
    """Whether a text names something as a shape has it, and is neither a path nor a blank to fill in."""
    if len(text) > LONGEST_ID or not any(pattern.fullmatch(text) for pattern in _SHAPES[shape]):
        return False
    is_path = shape != "file" and _is_path(text)
    return not is_path and ".." not in text and not _blanks().fullmatch(text.encode())


def owned(text: str) -> bool:
    """Whether a name has an owner, as `owner/name`."""
    return "/" in text


def signed(text: str) -> bool:
    """Whether `owner/name` is one on a hub: by its owner, or by signs that names of modules and tables do not have."""
    owner, _, name = text.partition("/")
    return owner.lower() in _owners() or (not name.isdecimal() and _SIGNS.search(text) is not None)


def on_hub(sort: Sort, id_: str, offset: int) -> Found:
    """What `owner/name` means where nothing else is said: it is looked up on Hugging Face."""
    folder = "datasets/" if sort is Sort.DATASET else ""
    return Found(sort, id_, "Hugging Face", f"https://huggingface.co/{folder}{id_}", offset, pinned=False)


def commits(revision: str | None) -> bool:
    """Whether a revision is a commit, and so can never change."""
    return revision is not None and _COMMIT.fullmatch(revision) is not None


def any_of(patterns: Iterable[str]) -> Any:
    """One of these patterns, to be searched in bytes."""
    return linear_regex("|".join(f"(?:{pattern})" for pattern in patterns))


def told_by_words(text: bytes) -> Sort | None:
    """What the words of an address or a line speak of, models first; None for neither."""
    return next((sort for sort, words in _words().items() if words.search(text)), None)


def _is_path(text: str) -> bool:
    """Whether a text is a path in the project: by its first folder, or by an extension that no name on a hub has."""
    first, rest, _ = text.partition("/")
    return (bool(rest) and first.lower() in _folders()) or text.rpartition(".")[2].lower() in _ends(text)


def _ends(text: str) -> frozenset[str]:
    return _file_ends() if "." in text else frozenset()


@cache
def _folders() -> frozenset[str]:
    return frozenset(reference_table()["local"]["folders"])


@cache
def _file_ends() -> frozenset[str]:
    return frozenset(reference_table()["local"]["ends"])


@cache
def _owners() -> frozenset[str]:
    return frozenset(reference_table()["keys"]["owners"])


@cache
def _blanks() -> Any:
    return any_of([reference_table()["local"]["blanks"], reference_table()["local"]["services"]])


@cache
def _words() -> dict[Sort, Any]:
    words = reference_table()["words"]
    around = r"(?i)(?:^|[^a-z0-9])(?:{})(?:[^a-z0-9]|$)"
    return {
        sort: linear_regex(around.format(words[key])) for sort, key in ((Sort.MODEL, "model"), (Sort.DATASET, "data"))
    }
