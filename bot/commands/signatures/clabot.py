# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The `.clabot` file of cla-bot, and the plain list of logins that such a file may point at.

Source: ColinEberhardt/cla-bot, src/contributionVerifier.js: an entry with an `@` is an address or a whole domain.
"""

from typing import Any

from bot.commands.signatures.files import Entry, Unusable, read_json

_POINTERS = ("contributors", "contributorListGithubUrl", "contributorListUrl", "contributorWebhook")


def parse(text: str) -> list[Entry]:
    """The logins in the file, in its order. Raises Unusable, also where the list is kept somewhere else."""
    found = read_json(text)
    if isinstance(found, dict):
        found = next((found[name] for name in _POINTERS if name in found), None)
    if isinstance(found, str):
        raise Unusable(f"the list is kept at {found[:200]}: save what is there as a file, and import that")
    if not isinstance(found, list):
        raise Unusable("no list `contributors`")
    return [_entry(f"entry {number}", row) for number, row in enumerate(found, 1)]


def _entry(where: str, row: Any) -> Entry:
    if not isinstance(row, str):
        raise Unusable(f"{where}: no login")
    if "@" in row:
        return Entry(where, login=row, problem="an e-mail address or a domain is no account")
    return Entry(where, login=row.strip())
