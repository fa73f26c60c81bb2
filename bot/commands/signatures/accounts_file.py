# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Accounts in a CSV file: the operator's own, or one that holds what GitHub answered, so that it is not asked twice."""

import csv
from pathlib import Path

from bot.checkout.terminal import Refusal, printable
from bot.commands.signatures.cla_assistant import first_places, table
from bot.commands.signatures.files import Unusable, read_id, read_moment, read_text
from bot.commands.signatures.known import Known, NoAccount
from bot.commands.signatures.times import shown

_HEADER = ("login", "id", "created_at")


class InFile:
    """The accounts in a CSV file with the columns `login` and `id`, and maybe `created_at`: when each was made."""

    def __init__(self, path: Path) -> None:
        self._known = _read(path, read_text(path))

    def named(self, login: str) -> Known:
        """The account in the file."""
        try:
            return self._known[login.lower()]
        except KeyError:
            raise NoAccount("the accounts file does not name it") from None


class Saved:
    """The file to which each account goes at once that GitHub names, and those that stand in it from an earlier run."""

    def __init__(self, path: Path) -> None:
        self._path = path
        text = read_text(path) if path.exists() else ""
        if not text:
            self._append(_HEADER)
        elif not (text.startswith(",".join(_HEADER) + "\n") and text.endswith("\n")):
            raise Refusal([f"Error: {path}: no file of saved accounts, or its last line is cut short"])
        self.known = _read(path, text) if text else {}

    def keep(self, account: Known) -> None:
        """Add an account."""
        self._append((account.login, str(account.id), shown(account.made_at)))

    def _append(self, row: tuple[str, ...]) -> None:
        try:
            with self._path.open("a", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerow(row)
        except OSError as error:
            raise Refusal([f"Error: {self._path}: {error.strerror}"]) from None


def _read(path: Path, text: str) -> dict[str, Known]:
    try:
        return _accounts(text)
    except Unusable as error:
        raise Refusal([f"Error: {path}: {error}"]) from None


def _accounts(text: str) -> dict[str, Known]:
    rows = table(text, "login")
    (_, titles) = next(rows)
    places = first_places(titles)
    if "id" not in places:
        raise Unusable("line 1: no column for the id")
    if len(places.keys() - {""}) < sum(title != "" for title in titles):
        raise Unusable("line 1: two columns have one title")
    found: dict[str, Known] = {}
    for line, cells in rows:
        account = _account(f"line {line}", {name: cells[place] for name, place in places.items()})
        if found.setdefault(account.name, account).id != account.id:
            raise Unusable(f"line {line}: {printable(account.login)} has two numbers")
    return found


def _account(where: str, told: dict[str, str]) -> Known:
    made = told.get("createdat")
    made_at = read_moment(made, f"{where}: created_at") if made else None
    return Known(read_id(told["id"], f"{where}: id"), told["login"], made_at)
