# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What was signed is taken back, or stripped of its signer; and who is concerned is looked at again."""

import pytest
from sqlalchemy import func, select

from bot.store.agreements import Document
from bot.store.database import reading
from bot.store.tables import audit_details
from tests.bot.commands.signatures.conftest import ANN, BOB, PLACE, Desk, one_database

WHY = ("--reason", "left the project")


# -- revoke -------------------------------------------------------------------------------------------------------


def test_what_is_revoked_counts_no_longer_and_is_looked_at_again(desk: Desk) -> None:
    desk.sign(ANN, "ann")
    desk.sign(BOB, "bob")
    desk.open_pull(12, ANN)
    desk.open_pull(13, BOB)

    told = desk.done("revoke", "ann", *WHY).splitlines()

    assert told[0].startswith(f"1  ann  account {ANN}  Acme/widgets:CLA.md 1.0")
    assert told[0].endswith("revoked")
    assert told[1:] == ["1 revoked. Open pull requests to look at again: 1."]
    assert {one.login: one.revoked_at is None for one in desk.signatures()} == {"ann": False, "bob": True}
    assert desk.looked_at() == ["7#12"]


def test_a_dry_run_of_it_tells_the_same_and_changes_nothing(desk: Desk) -> None:
    desk.sign(ANN, "ann")
    desk.open_pull(12, ANN)
    before = desk.everything()
    dry = desk.done("revoke", "ann", *WHY, "--dry-run")
    assert desk.everything() == before
    told = desk.done("revoke", "ann", *WHY)
    assert dry == f"{told}Dry run: nothing was written.\n"


@pytest.mark.parametrize(
    ("which", "revoked"),
    [
        ((), ["1.0 of 1", "1.0 of 2", "2.0 of 1"]),
        (PLACE, ["1.0 of 1", "2.0 of 1"]),
        (("--owner", "acme"), ["1.0 of 1", "2.0 of 1"]),
        (("--version", "1.0"), ["1.0 of 1", "1.0 of 2"]),
        ((*PLACE, "--version", "2.0"), ["2.0 of 1"]),
    ],
)
def test_all_is_revoked_or_what_fits(desk: Desk, which: tuple[str, ...], revoked: list[str]) -> None:
    desk.sign(ANN, "ann")
    desk.sign(ANN, "ann", version="2.0")
    desk.sign(ANN, "ann", document=Document(2, 9, "CLA.md"))
    desk.done("revoke", str(ANN), *WHY, *which)
    gone = [one for one in desk.signatures() if one.revoked_at is not None]
    assert sorted(f"{one.version} of {one.document.owner_id}" for one in gone) == revoked


@one_database
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ann",), "Missing option '--reason'"),
        (("ann", "--reason", "  "), "a reason has 1 to 500 characters"),
        (("ann", "--reason", "x" * 501), "a reason has 1 to 500 characters"),
        (("ann", *WHY, "--version", "9.0"), f"no signature of account {ANN} stands that fits"),
        (("77", *WHY), "no signature of account 77 stands that fits"),
        (("carl", *WHY), "nobody on record is called carl"),
        (("0", *WHY), "nobody on record is called 0"),
        (("9" * 30, *WHY), "nobody on record is called 999"),
    ],
)
def test_what_cannot_be_revoked_is_refused(desk: Desk, arguments: tuple[str, ...], said: str) -> None:
    desk.sign(ANN, "ann")
    assert said in desk.refused("revoke", *arguments)


def test_it_is_not_revoked_twice(desk: Desk) -> None:
    desk.sign(ANN, "ann")
    desk.done("revoke", "ann", *WHY)
    assert "stands that fits" in desk.refused("revoke", "ann", *WHY)


def test_a_login_that_was_several_accounts_is_not_guessed(desk: Desk) -> None:
    desk.sign(ANN, "ann")
    desk.sign(BOB, "Ann")
    told = desk.refused("revoke", "ann", *WHY)
    assert f"ann has been several accounts: name one by its number, {ANN} or {BOB}." in told


def test_a_login_of_digits_is_told_from_a_number(desk: Desk) -> None:
    desk.sign(ANN, "77")
    desk.sign(77, "bob")
    desk.done("revoke", "@77", *WHY)
    assert [one.account_id for one in desk.signatures() if one.revoked_at is not None] == [ANN]


# -- erase --------------------------------------------------------------------------------------------------------


def test_an_erasure_is_asked_for_twice(desk: Desk) -> None:
    desk.sign(ANN, "ann")
    before = desk.everything()

    refused = desk.run("erase", "ann", answer="n\n")

    assert (refused.exit_code, desk.everything()) == (1, before)
    assert f"Erase account {ANN} for good? [y/N]" in refused.output
    desk.done("erase", "ann", answer="y\n")
    (left,) = desk.signatures()
    assert (left.account_id, left.login) == (None, None)


def test_an_erasure_tells_what_it_reached_and_looks_again(desk: Desk) -> None:
    desk.sign(ANN, "ann", address="203.0.113.9")
    desk.open_pull(12, ANN)

    told = desk.done("erase", str(ANN), "--yes")

    assert told.splitlines()[-1] == (
        f"Account {ANN} is erased from 1 signatures, 0 entries on lists of companies and 2 other rows. "
        "Open pull requests to look at again: 1."
    )
    assert desk.looked_at() == ["7#12"]
    with reading(desk.engine) as connection:
        assert connection.scalar(select(func.count()).select_from(audit_details)) == 0


def test_a_dry_run_of_an_erasure_asks_nothing_and_changes_nothing(desk: Desk) -> None:
    desk.sign(ANN, "ann")
    desk.open_pull(12, ANN)
    before = desk.everything()
    told = desk.done("erase", "ann", "--dry-run")
    assert desk.everything() == before
    assert "Account 5 is erased from 1 signatures" in told
    assert told.endswith("Dry run: nothing was written.\n")


def test_of_whom_nothing_is_kept_nothing_is_erased(desk: Desk) -> None:
    desk.sign(ANN, "ann")
    before = desk.everything()
    assert desk.done("erase", "77", "--yes") == "Nothing of account 77 is kept.\n"
    assert desk.everything() == before
