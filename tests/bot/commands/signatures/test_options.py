# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How a document and an account are named: what is said has its effect, or is refused."""

import pytest

from bot.store.agreements import Document
from bot.store.database import writing
from bot.store.repositories import RepositoryFacts, remember
from tests.bot.commands.signatures.conftest import ANN, PLACE, Desk, one_database

pytestmark = one_database
WHY = ("--reason", "left the project")


@pytest.fixture
def record(desk: Desk) -> Desk:
    """Signatures of one account: acme/widgets (1), another repository of acme (2), and one of another owner (3)."""
    with writing(desk.engine) as connection:
        remember(
            connection,
            RepositoryFacts(8, 1, "Acme", "gadgets", 3, False, "main", 100.0),
            RepositoryFacts(9, 2, "Other", "thing", 4, False, "main", 100.0),
        )
    for document in (Document(1, 7, "CLA.md"), Document(1, 8, "CLA.md"), Document(2, 9, "CLA.md")):
        desk.sign(ANN, "ann", document=document)
    return desk


@pytest.mark.parametrize(
    ("which", "ids"),
    [
        (("--repository", "acme/widgets"), [1]),
        (("--repository", "gadgets", "--owner", "ACME"), [2]),
        (("--repository", "other/thing", "--owner-id", "2", "--repository-id", "9"), [3]),
        (("--repository-id", "8"), [2]),
        (("--owner", "acme", "--repository-id", "8"), [2]),
        (("--owner", "acme", "--owner-id", "1"), [1, 2]),
        ((*PLACE, "--owner-id", "1", "--repository-id", "7"), [1]),
        (("--document", "CLA.md", "--owner", "acme", "--repository-id", "8"), [2]),
    ],
)
def test_only_what_is_named_is_revoked(record: Desk, which: tuple[str, ...], ids: list[int]) -> None:
    listed = record.done("list", "ann", *which)
    assert sorted(int(line.split()[0]) for line in listed.splitlines()) == ids
    record.done("revoke", "ann", *which, *WHY)
    assert sorted(one.id for one in record.signatures() if one.revoked_at is not None) == ids


@pytest.mark.parametrize("command", [("revoke", "ann", *WHY), ("list",), ("export",), ("company", "list")])
@pytest.mark.parametrize(
    ("which", "said"),
    [
        (("--repository", "no/such"), "no repository no/such is known here"),
        (("--repository", "widgets"), "whose repository is widgets?"),
        (("--repository", ""), "whose repository is"),
        (("--repository", "acme/widgets", "--owner", "other"), "acme/widgets does not belong to other"),
        (("--repository", "acme/widgets", "--repository-id", "8"), "acme/widgets is repository 7 of owner 1"),
        (("--repository", "acme/widgets", "--owner-id", "2"), "acme/widgets is repository 7 of owner 1"),
        ((*PLACE, "--owner-id", "2", "--repository-id", "7"), "acme/widgets is repository 7 of owner 1"),
        ((*PLACE, "--repository-id", "8"), "acme/widgets is repository 7 of owner 1"),
        (
            ("--document", "no/such:CLA.md", "--owner-id", "1", "--repository-id", "7"),
            "no repository no/such is known here",
        ),
        (("--document", "CLA.md", "--owner-id", "1"), "a document is named OWNER/NAME:PATH"),
        (("--document", ""), "a document is named OWNER/NAME:PATH"),
        (("--owner", ""), "no repository of  is known here"),
        (("--owner", "nobody", "--owner-id", "1"), "no repository of nobody is known here"),
        (("--owner", "acme", "--owner-id", "2"), "acme is number 1"),
    ],
)
def test_what_is_not_known_or_disagrees_is_refused(
    record: Desk, command: tuple[str, ...], which: tuple[str, ...], said: str
) -> None:
    assert said in record.refused(*command, *which)


@pytest.mark.parametrize("version", ["", "1", "1.x"])
def test_a_version_that_is_none_is_refused(record: Desk, version: str) -> None:
    assert "a version is two numbers with a dot" in record.refused("revoke", "ann", *WHY, "--version", version)


# -- accounts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [("list",), ("erase", "--yes"), ("revoke", *WHY)])
@pytest.mark.parametrize("who", ["0" * 19 + "1" + "9" * 30, "9" * 30, ""])
def test_what_is_no_number_is_a_login_that_nobody_has(record: Desk, command: tuple[str, ...], who: str) -> None:
    assert f"nobody on record is called {who};" in record.refused(*command, who)
