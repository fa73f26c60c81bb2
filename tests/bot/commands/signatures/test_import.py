# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who signed elsewhere comes over whole or not at all, and with where it comes from."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.store.database import reading
from bot.store.tables import audit
from tests.bot.commands.signatures.conftest import ANN, BOB, CLA, PLACE, Desk, one_database

CSV = """\
User Name,Repository Owner,Repository Name,CLA Title,Gist URL,Gist Version,Signed At,Full Name
ann,acme,widgets,CLA,https://gist.example/1,abc,2020-01-02T03:04:05.000Z,Ann A
eve,acme,widgets,CLA,https://gist.example/1,abc,2020-01-03T03:04:05.000Z,Eve
bob,acme,widgets,CLA,https://gist.example/1,abc,2020-01-04T03:04:05.000Z,
"""
LITE = json.dumps(
    {
        "signedContributors": [
            {"name": "ann", "id": ANN, "comment_id": 77, "created_at": "2020-01-02T03:04:05Z", "pullRequestNo": 1},
            {"name": "bob", "id": BOB, "comment_id": 78, "created_at": "2020-01-02T03:04:05Z", "pullRequestNo": 2},
        ]
    }
)


def test_a_dry_run_says_line_by_line_what_would_be_done_and_does_nothing(desk: Desk, known: tuple[str, str]) -> None:
    desk.sign(BOB, "bob")
    desk.open_pull(12, ANN)
    before = desk.everything()
    file = desk.file("signed.csv", CSV)

    told = desk.done("import", file, "--from", "cla-assistant", *PLACE, *known, "--dry-run")

    assert told.splitlines() == [
        f"line 2  ann  account {ANN}  new",
        "line 3  eve  left out: the accounts file does not name it",
        f"line 4  bob  account {BOB}  already there",
        "3 entries: 1 new, 1 already there, 1 left out.",
        "Open pull requests to look at again: 1.",
        "Dry run: nothing was written.",
    ]
    assert desk.everything() == before


def test_an_import_keeps_when_it_was_signed_and_where_that_was_told(desk: Desk, known: tuple[str, str]) -> None:
    file = desk.file("signed.csv", CSV)

    told = desk.done("import", file, "--from", "cla-assistant", *PLACE, *known)

    assert told.splitlines() == [
        "line 3  eve  left out: the accounts file does not name it",
        "3 entries: 2 new, 0 already there, 1 left out.",
    ]
    bob, ann = desk.signatures()
    assert bob.login == "bob"
    assert (ann.document, ann.version, ann.account_id, ann.login) == (CLA, "1.0", ANN, "ann")
    assert (ann.how, ann.sha256, ann.signed_at) == ("import", None, 1_577_934_245.0)
    assert ann.answers == {"Full Name": "Ann A"}
    assert ann.evidence == {
        "source": "cla-assistant",
        "file": "signed.csv",
        "where": "line 2",
        "login": "ann",
        "repository_owner": "acme",
        "repository_name": "widgets",
        "title": "CLA",
        "document": "https://gist.example/1",
        "document_version": "abc",
    }


def test_every_signature_is_logged_and_pull_requests_are_looked_at_again(desk: Desk) -> None:
    desk.open_pull(12, ANN)
    desk.open_pull(13, 99)

    told = desk.done("import", desk.file("cla.json", LITE), "--from", "cla-assistant-lite", *PLACE)

    assert told.splitlines() == [
        "2 entries: 2 new, 0 already there, 0 left out.",
        "Open pull requests to look at again: 1.",
    ]
    assert desk.looked_at() == ["7#12"]
    with reading(desk.engine) as connection:
        assert list(connection.scalars(select(audit.c.kind))) == ["signature", "signature"]


def test_lites_file_needs_nobody_to_say_who_an_account_is(desk: Desk) -> None:
    desk.done("import", desk.file("cla.json", LITE), "--from", "cla-assistant-lite", *PLACE, "--version", "2.3")
    bob, ann = desk.signatures()
    assert (bob.account_id, ann.account_id, ann.version) == (BOB, ANN, "2.3")
    assert ann.evidence == {
        "source": "cla-assistant-lite",
        "file": "cla.json",
        "where": "entry 1",
        "login": "ann",
        "comment_id": 77,
        "pull_request": 1,
    }


def test_the_comment_is_found_again_where_its_repository_is_known(desk: Desk) -> None:
    known = LITE.replace('"pullRequestNo": 1', '"repoId": 7, "pullRequestNo": 1')
    known = known.replace('"pullRequestNo": 2', '"repoId": 99, "pullRequestNo": 2')
    desk.done("import", desk.file("cla.json", known), "--from", "cla-assistant-lite", *PLACE)
    bob, ann = desk.signatures()
    assert ann.evidence["url"] == "https://github.com/Acme/widgets/pull/1#issuecomment-77"
    assert (bob.evidence["repository_id"], "url" in bob.evidence) == (99, False)


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    arguments = ("import", desk.file("cla.json", LITE), "--from", "cla-assistant-lite", *PLACE)
    desk.done(*arguments)
    before = desk.everything()
    assert desk.done(*arguments) == "2 entries: 0 new, 2 already there, 0 left out.\n"
    assert desk.everything() == before


def test_a_list_without_dates_counts_from_now_and_says_that_the_date_is_unknown(
    desk: Desk, known: tuple[str, str]
) -> None:
    desk.done("import", desk.file(".clabot", '{"contributors": ["ann"]}'), "--from", "clabot", *PLACE, *known)
    (ann,) = desk.signatures()
    assert ann.signed_at > 1_700_000_000
    assert ann.evidence["date"] == "unknown"


def test_of_several_signatures_of_one_account_the_latest_comes_over(desk: Desk, known: tuple[str, str]) -> None:
    text = "User Name,Signed At,Gist Version\nann,2020-01-01,a\nAnn,2021-01-01,b\nann,,c\n"
    told = desk.done("import", desk.file("s.csv", text), "--from", "cla-assistant", *PLACE, *known)
    assert told.splitlines() == [
        "line 2  ann  left out: line 3 tells of the same account",
        "line 4  ann  left out: line 3 tells of the same account",
        "3 entries: 1 new, 0 already there, 2 left out.",
    ]
    (ann,) = desk.signatures()
    assert ann.evidence["document_version"] == "b"


def test_an_address_in_a_list_of_logins_is_left_out(desk: Desk, known: tuple[str, str]) -> None:
    file = desk.file("list.json", '["@example.com", "ann"]')
    told = desk.done("import", file, "--from", "clabot", *PLACE, *known)
    assert told.startswith("entry 1  @example.com  left out: an e-mail address or a domain is no account\n2 entries: 1")


@one_database
@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("ann,2999-01-01", "its date is none between 1970 and now"),
        ("ann,1969-01-01", "its date is none between 1970 and now"),
        (",2020-01-01", "there is no login"),
        ("a" * 101 + ",2020-01-01", "there is no login"),
        ("an\u202en,2020-01-01", "there is no login"),
    ],
)
def test_what_cannot_be_is_left_out(desk: Desk, known: tuple[str, str], row: str, said: str) -> None:
    text = f"User Name,Signed At\nbob,2020-01-01\n{row}\n"
    told = desk.done("import", desk.file("s.csv", text), "--from", "cla-assistant", *PLACE, *known)
    assert f"left out: {said}" in told
    assert "\u202e" not in told
    assert [one.login for one in desk.signatures()] == ["bob"]


@one_database
@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        (
            "cla-assistant",
            CSV.replace("2020-01-04", "4.1.2020"),
            "line 4: Signed At: '4.1.2020T03:04:05.000Z' is no date",
        ),
        ("cla-assistant", CSV.encode("utf-16"), "line 1: not in UTF-8"),
        ("cla-assistant", LITE, "line 1: no column for the user name"),
        ("cla-assistant-lite", CSV, "line 1: not JSON"),
        ("cla-assistant-lite", LITE.replace(str(BOB), '"bob"', 1), "entry 2: id: 'bob' is no id"),
        ("clabot", '{"contributors": "https://example.com"}', "the list is kept at https://example.com"),
    ],
)
def test_a_file_that_is_wrong_anywhere_is_not_taken_at_all(
    desk: Desk, known: tuple[str, str], kind: str, content: str | bytes, said: str
) -> None:
    told = desk.refused("import", desk.file("file", content), "--from", kind, *PLACE, *known)
    assert told.startswith("Error: ")
    assert f"/file: {said}" in told


def test_a_file_that_is_not_there_is_a_mistake_in_use(desk: Desk) -> None:
    assert "No such file" in desk.refused("import", str(desk.folder / "none"), "--from", "clabot", *PLACE)


# -- which document -----------------------------------------------------------------------------------------------


@one_database
@pytest.mark.parametrize(
    "place",
    [
        ("--document", "ACME/Widgets:CLA.md"),
        ("--document", "widgets:CLA.md", "--owner", "acme"),
        ("--document", "acme/widgets:CLA.md", "--owner", "Acme"),
        ("--document", "CLA.md", "--repository", "acme/widgets"),
        ("--document", "CLA.md", "--repository", "widgets", "--owner", "acme"),
        ("--document", "CLA.md", "--owner-id", "1", "--repository-id", "7"),
    ],
)
def test_a_document_is_named_in_many_ways(desk: Desk, place: tuple[str, ...]) -> None:
    desk.done("import", desk.file("cla.json", LITE), "--from", "cla-assistant-lite", *place)
    assert {one.document for one in desk.signatures()} == {CLA}


@one_database
@pytest.mark.parametrize(
    ("place", "said"),
    [
        ((), "which document?"),
        (("--document", "CLA.md"), "a document is named OWNER/NAME:PATH"),
        (("--document", "acme/widgets:"), "a document is named OWNER/NAME:PATH"),
        (("--document", "acme/widgets:" + "a" * 501), "a document is named OWNER/NAME:PATH"),
        (("--document", "acme/widgets:CLA.md", "--repository", "acme/other"), "a document is named"),
        (("--document", "widgets:CLA.md"), "whose repository is widgets?"),
        (("--document", "acme/widgets:CLA.md", "--owner", "other"), "acme/widgets does not belong to other"),
        (("--document", "acme/gadgets:CLA.md"), "no repository acme/gadgets is known here"),
        ((*PLACE, "--version", "one"), "a version is two numbers with a dot"),
        ((*PLACE, "--version", "1.0.0"), "a version is two numbers with a dot"),
        ((*PLACE, "--owner-id", "0"), "0 is not in the range"),
    ],
)
def test_a_document_that_is_not_known_is_refused(desk: Desk, place: tuple[str, ...], said: str) -> None:
    file = desk.file("cla.json", LITE)
    assert said in desk.refused("import", file, "--from", "cla-assistant-lite", *place)


def test_a_database_without_its_tables_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEWARD_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    desk = Desk(tmp_path, None)  # type: ignore[arg-type]
    done = desk.run("list")
    assert (done.exit_code, done.output) == (1, "Error: the database cannot be used: no such table: signatures\n")
