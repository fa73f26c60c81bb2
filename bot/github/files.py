# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The files of a pull request, as GitHub lists them, and what their patches show: new lines, texts that are whole."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.github.blobs import is_object
from bot.github.client import Client
from bot.github.errors import Unavailable
from bot.github.pull import Pull
from rules.change import ChangedFile, FileStatus, Lines, Need, Unseen
from rules.patches import LARGEST, count, new_lines, size

LISTED_AT_MOST = 3_000
"""GitHub lists no more files of a pull request than this."""


@dataclass(frozen=True)
class ListedFile:
    """One row of GitHub's list: the file, whose new lines it has if they are wanted and shown, and are not too many.

    `text` is what the patch holds, if it holds all.
    """

    file: ChangedFile
    text: str | None = None


def read_files(
    client: Client, pull: Pull, lines: Callable[[ChangedFile], bool]
) -> tuple[tuple[ListedFile, ...], tuple[Unseen, ...]]:
    """Every file that the pull request changes, and what GitHub did not list; `lines` says whose new lines are wanted.

    Raises GitHubError; Unavailable also if a row speaks of another head.
    """
    path = f"{pull.repository.path}/pulls/{pull.number}/files"
    rows = [row for page in client.pages(path) for row in page]
    for row in rows:
        _hold_to_head(row, pull.head)
    listed = tuple(_listed(row, lines) for row in rows)
    if len(listed) < pull.changed_files:
        full = len(listed) >= LISTED_AT_MOST
        gap = Unseen(Need.FILES, f"GitHub listed {len(listed)} of {pull.changed_files} changed files", final=full)
        return listed, (gap,)
    return listed, ()


def _hold_to_head(row: dict[str, Any], head: str) -> None:
    """A list that was read while somebody pushed mixes two heads; the address of a row's content names its own."""
    refs = parse_qs(urlsplit(row.get("contents_url") or "").query).get("ref")
    if refs and refs != [head]:
        raise Unavailable("the head moved while its files were read")


def _listed(row: dict[str, Any], lines: Callable[[ChangedFile], bool]) -> ListedFile:
    file = ChangedFile(
        path=row["filename"],
        status=FileStatus(row["status"]),
        previous_path=row.get("previous_filename"),
        additions=row["additions"],
        deletions=row["deletions"],
        blob=row["sha"],
    )
    return ListedFile(replace(file, lines=_new_lines(row)) if lines(file) else file, _whole_text(row))


def _new_lines(row: dict[str, Any]) -> tuple[Lines, ...] | None:
    """The lines that are new, if the patch is sure to show all of them. Where there are none, there may be no patch."""
    patch = row.get("patch") or ""
    lines = new_lines(patch)
    if count(lines) != row["additions"] or "\ufffd" in patch or size(lines) > LARGEST:
        return None
    return lines if patch or is_object(row["sha"], b"") else None


def _whole_text(row: dict[str, Any]) -> str | None:
    """The text of an added file, if its patch is sure to hold all of it, byte by byte.

    A symlink and a submodule look like a file of one line there, so such a patch is not taken.
    """
    patch = row.get("patch")
    if row["status"] != "added" or not patch or "\ufffd" in patch:
        return None
    lines = patch.split("\n")
    added = [line[1:] for line in lines if line.startswith("+")]
    ended = not lines[-1].startswith("\\")
    if len(added) != row["additions"] or (len(added) == 1 and (not ended or added[0].startswith("Subproject commit "))):
        return None
    text = "\n".join(added) + ("\n" if ended else "")
    return text if is_object(row["sha"], text.encode("utf-8", "replace")) else None
