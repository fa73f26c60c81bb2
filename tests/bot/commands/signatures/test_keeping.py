# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What came over is kept some at a time, and what was revoked here is not brought back."""

import json
from typing import Any
from unittest.mock import Mock

import click
import pytest

from bot.commands.signatures import keeping
from bot.commands.signatures.times import shown
from bot.store import signatures
from bot.store.agreements import Document
from bot.store.database import StoreUnavailable, writing
from tests.bot.commands.signatures.conftest import ANN, BOB, CLA, PLACE, Desk, one_database

NAMES = {ANN: "ann", BOB: "bob"}


def lite(*rows: tuple[int, str]) -> str:
    told = [{"name": NAMES.get(account, f"n{account}"), "id": account, "created_at": at} for account, at in rows]
    return json.dumps({"signedContributors": told})


LITE = lite((ANN, "2020-01-02T03:04:05Z"), (BOB, "2020-01-02T03:04:05Z"))


# -- what was revoked ---------------------------------------------------------------------------------------------


def test_what_was_revoked_is_not_brought_back(desk: Desk) -> None:
    arguments = ("import", desk.file("cla.json", LITE), "--from", "cla-assistant-lite", *PLACE)
    desk.done(*arguments)
    desk.done("revoke", "ann", "--reason", "left")
    before = desk.everything()

    dry = desk.done(*arguments, "--dry-run")
    told = desk.done(*arguments)

    today = shown(max(one.revoked_at or 0.0 for one in desk.signatures()))[:10]
    left_out = f"entry 1  ann  left out: was revoked on {today}\n"
    summary = "2 entries: 0 new, 1 already there, 1 left out.\n"
    assert told == left_out + summary
    bob = f"entry 2  bob  account {BOB}  already there\n"
    assert dry == f"{left_out}{bob}{summary}Dry run: nothing was written.\n"
    assert desk.everything() == before


def test_it_is_brought_back_where_that_is_asked_for(desk: Desk) -> None:
    arguments = ("import", desk.file("cla.json", LITE), "--from", "cla-assistant-lite", *PLACE)
    desk.done(*arguments)
    desk.done("revoke", "ann", "--reason", "by mistake")
    assert desk.done(*arguments, "--even-if-revoked") == "2 entries: 1 new, 1 already there, 0 left out.\n"
    assert desk.done(*arguments) == "2 entries: 0 new, 2 already there, 0 left out.\n"


@one_database
@pytest.mark.parametrize(
    ("signed", "revoked", "at", "taken"),
    [
        (CLA, ("1.0",), "2020-01-02T03:04:04Z", False),
        (CLA, ("1.0",), "2020-01-02T03:04:05Z", False),
        (CLA, ("1.0",), "2020-01-02T03:04:06Z", True),
        (CLA, ("1.0",), "", False),
        (CLA, ("2.0",), "2020-01-02T03:04:05Z", False),
        (Document(1, 7, "OTHER.md"), ("1.0",), "2020-01-02T03:04:05Z", True),
        (Document(2, 7, "CLA.md"), ("1.0",), "2020-01-02T03:04:05Z", True),
    ],
)
def test_only_what_was_signed_no_later_than_what_was_revoked_is_left_out(
    desk: Desk, signed: Document, revoked: tuple[str, ...], at: str, taken: bool
) -> None:
    for version in revoked:
        desk.sign(ANN, "ann", document=signed, version=version, signed_at=1_577_934_245.0)
        desk.sign(BOB, "bob", document=signed, version=version, signed_at=1.0)
        desk.done("revoke", str(ANN), "--reason", "left")
    file = desk.file("cla.json", lite((ANN, at), (BOB, "2020-01-01")))
    told = desk.done("import", file, "--from", "cla-assistant-lite", *PLACE, "--version", "3.0")
    assert ("was revoked" not in told) == taken
    assert ("2 entries: 2 new" in told) == taken


def test_what_an_undated_list_brought_and_was_revoked_does_not_come_again(desk: Desk, known: tuple[str, str]) -> None:
    arguments = ("import", desk.file(".clabot", '["ann"]'), "--from", "clabot", *PLACE, *known)
    desk.done(*arguments)
    desk.done("revoke", "ann", "--reason", "left")
    assert "1 entries: 0 new, 0 already there, 1 left out." in desk.done(*arguments)


# -- some at a time -----------------------------------------------------------------------------------------------


@pytest.fixture
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "AT_ONCE", 2)


MANY = lite(*((account, "2020-01-02") for account in range(1, 6)))


def test_a_large_file_is_kept_some_at_a_time(desk: Desk, two_at_once: None) -> None:
    desk.open_pull(12, 1, 5)
    desk.sign(2, "n2", signed_at=1_577_934_245.0)
    desk.done("revoke", "2", "--reason", "left")
    arguments = ("import", desk.file("cla.json", MANY), "--from", "cla-assistant-lite", *PLACE)
    before = desk.everything()
    summary = "5 entries: 4 new, 0 already there, 1 left out.\nOpen pull requests to look at again: 1.\n"

    dry = desk.run(*arguments, "--dry-run")
    assert desk.everything() == before
    assert dry.stdout.endswith(f"{summary}Dry run: nothing was written.\n")
    done = desk.run(*arguments)
    assert done.stdout.endswith(summary)
    assert done.stderr == "".join(f"{some} of 5 entries are through.\n" for some in (2, 4, 5))
    assert desk.looked_at() == ["7#12"]
    assert {one.account_id for one in desk.signatures() if one.revoked_at is None} == {1, 3, 4, 5}


def test_one_that_stopped_half_way_is_run_again(desk: Desk, two_at_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ("import", desk.file("cla.json", MANY), "--from", "cla-assistant-lite", *PLACE)
    real, calls = signatures.sign_all, iter([None, StoreUnavailable("the disk is full")])

    def fails_later(*told: Any) -> Any:
        if error := next(calls):
            raise error
        return real(*told)

    with monkeypatch.context() as patch:
        patch.setattr(keeping, "sign_all", fails_later)
        assert desk.run(*arguments).exit_code == 1
    assert len(desk.signatures()) == 2
    assert "5 entries: 3 new, 2 already there, 0 left out." in desk.done(*arguments)


def test_what_is_revoked_meanwhile_is_not_brought_back(
    desk: Desk, two_at_once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for account in (4, 5):
        desk.sign(account, f"n{account}", signed_at=1_577_934_245.0)
    arguments = ("import", desk.file("cla.json", MANY), "--from", "cla-assistant-lite", *PLACE)
    real = click.echo

    def revoke(text: str, **told: Any) -> None:
        if text == "2 of 5 entries are through.":
            with writing(desk.engine) as connection:
                signatures.revoke(connection, signatures.of_account(connection, 4), 1_800_000_000.0, "left")
        real(text, **told)

    monkeypatch.setattr(click, "echo", revoke)
    assert "entry 4  n4  left out: was revoked on 2027-01-15" in desk.done(*arguments)


def test_the_record_is_read_anew_only_if_somebody_else_wrote(
    desk: Desk, two_at_once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Mock(return_value={})
    monkeypatch.setattr(keeping, "_gone", read)
    desk.done("import", desk.file("cla.json", MANY), "--from", "cla-assistant-lite", *PLACE)
    assert read.call_count == 1
