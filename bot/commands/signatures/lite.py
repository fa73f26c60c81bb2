# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The JSON file in which the CLA Assistant Lite action keeps its signatures.

Source: contributor-assistant/github-action, `{"signedContributors": [{name, id, comment_id, created_at, repoId,
pullRequestNo}]}`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from bot.commands.signatures.files import Entry, Unusable, account_number, read_id, read_json, read_moment
from bot.store.places import names_of

_EVIDENCE = {"repoId": "repository_id", "pullRequestNo": "pull_request", "comment_id": "comment_id"}


def parse(text: str) -> list[Entry]:
    """The signatures in the file, in its order. Raises Unusable."""
    found = read_json(text)
    signed = found.get("signedContributors") if isinstance(found, dict) else None
    if not isinstance(signed, list):
        raise Unusable("no list `signedContributors` at the top")
    return [_entry(number, row) for number, row in enumerate(signed, 1)]


def located(entries: Iterable[Entry], connection: Connection, server: str) -> list[Entry]:
    """The entries with the address of their comment, where the repository is known here."""
    told = list(entries)
    numbers = {number for one in told if isinstance(number := one.evidence.get("repository_id"), int)}
    names = names_of(connection, numbers)
    return [_located(one, names, server) for one in told]


def _located(entry: Entry, names: Mapping[Any, str], server: str) -> Entry:
    repository, pull, comment = (entry.evidence.get(name) for name in _EVIDENCE.values())
    if repository not in names or not (isinstance(pull, int) and isinstance(comment, int)):
        return entry
    url = f"{server}/{names[repository]}/pull/{pull}#issuecomment-{comment}"
    return replace(entry, evidence={**entry.evidence, "url": url})


def _entry(number: int, row: Any) -> Entry:
    where = f"entry {number}"
    if not isinstance(row, dict):
        raise Unusable(f"{where}: no object with a name and an id")
    name, at = row.get("name"), row.get("created_at")
    if not isinstance(name, str):
        raise Unusable(f"{where}: no name")
    if not isinstance(at, str | None):
        raise Unusable(f"{where}: created_at is no date")
    return Entry(
        where,
        login=name,
        account_id=None if row.get("id") is None else read_id(row["id"], f"{where}: id"),
        signed_at=read_moment(at, f"{where}: created_at") if at else None,
        evidence={name: _evidence(row[key]) for key, name in _EVIDENCE.items() if row.get(key) is not None},
    )


def _evidence(value: object) -> int | str:
    """A number on GitHub; whatever else stands there as text, since nothing is decided by it."""
    text = str(value)
    return text[:200] if type(value) not in (int, str) else account_number(text) or text[:200]
