# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which account a login stands for, by GitHub and by a file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.checkout.terminal import Refusal
from bot.commands.signatures.accounts import Account, InFile, NoAccount, OnGitHub
from bot.demo.github.simulated import SimulatedGitHub
from bot.github.errors import Forbidden, GitHubError, NotFound, Unavailable
from tests.bot.commands.signatures.conftest import Desk, one_database
from tests.bot.conftest import Clock
from tests.house import House

ANN = {"id": 5, "login": "Ann", "type": "User", "created_at": "2020-01-02T03:04:05Z"}


class Line:
    """Stands for a client: it gives the answers that it was given, one after the other, and remembers the questions."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def get(self, path: str) -> Any:
        self.asked.append(path)
        answer = self.answers.pop(0)
        if isinstance(answer, GitHubError):
            raise answer
        return answer


def on_github(line: Line, clock: Clock | None = None) -> OnGitHub:
    clock = clock or Clock()
    return OnGitHub(lambda: line, clock, clock.advance)  # type: ignore[arg-type, return-value]


# -- GitHub -------------------------------------------------------------------------------------------------------


def test_github_is_asked_once_for_each_login_whatever_its_case() -> None:
    line = Line(ANN, NotFound("Not Found", 404))
    accounts = on_github(line)
    assert [accounts.named(login) for login in ("ann", "Ann", "ANN")] == [Account(5, "Ann", 1_577_934_245.0)] * 3
    for _ in range(2):
        with pytest.raises(NoAccount, match="GitHub has no account of this name now"):
            accounts.named("gone")
    assert line.asked == ["/users/ann", "/users/gone"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({**ANN, "type": "Organization"}, "it is no person's account but of the kind Organization"),
        ({**ANN, "type": "Bot"}, "of the kind Bot"),
        ({"type": "User"}, "GitHub's answer about it cannot be read"),
        ({**ANN, "id": "five"}, "cannot be read"),
        ({**ANN, "created_at": None}, "cannot be read"),
        (["ann"], "of the kind None"),
    ],
)
def test_what_is_no_person_cannot_have_signed(answer: Any, said: str) -> None:
    with pytest.raises(NoAccount, match=said):
        on_github(Line(answer)).named("ann")


@pytest.mark.parametrize("login", ["", "../orgs/acme", "a b", "ann?x", "ä", "a" * 81, "ann\n"])
def test_what_looks_like_no_login_is_not_asked_for(login: str) -> None:
    line = Line()
    with pytest.raises(NoAccount, match="no login on GitHub looks like this"):
        on_github(line).named(login)
    assert line.asked == []


def test_a_bots_name_is_asked_for_in_an_address_that_holds_it() -> None:
    line = Line({**ANN, "type": "Bot"})
    with pytest.raises(NoAccount):
        on_github(line).named("dependabot[bot]")
    assert line.asked == ["/users/dependabot%5Bbot%5D"]


def test_a_rate_limit_is_waited_for_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    line = Line(Unavailable("rate limit", 403, clock.now + 1800), ANN)
    assert on_github(line, clock).named("ann").id == 5
    assert clock.now == 1_800_001_800.0
    assert "GitHub's rate limit is reached; going on at 2027-01-15T08:30:00+00:00." in capsys.readouterr().err


@pytest.mark.parametrize(
    "error",
    [
        Unavailable("HTTP 502", 502),
        Unavailable("rate limit", 403, Clock().now + 9_000),
        Forbidden("no", 403),
    ],
)
def test_trouble_of_another_kind_ends_it_and_names_the_way_without_github(error: GitHubError) -> None:
    with pytest.raises(Refusal, match="GitHub does not say who ann is") as refusal:
        on_github(Line(error)).named("ann")
    assert "--accounts FILE" in str(refusal.value)


# -- a file -------------------------------------------------------------------------------------------------------


def accounts_file(folder: Path, text: str) -> InFile:
    (folder / "accounts.csv").write_text(text)
    return InFile(folder / "accounts.csv")


def test_a_file_names_accounts_whatever_the_case_and_the_order_of_its_columns(tmp_path: Path) -> None:
    accounts = accounts_file(tmp_path, "ID;Login\n5;Ann\n5;ann\n6;bob\n")
    assert accounts.named("ANN") == Account(5, "Ann")
    with pytest.raises(NoAccount, match="the accounts file does not name it"):
        accounts.named("eve")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ann,5\n", "line 1: no column for the login"),
        ("login\nann\n", "line 1: no column for the id"),
        ("login,id\nann,5\nbob,six\n", "line 3: 'six' is no id"),
        ("login,id\nann,5\nAnn,6\n", "line 3: Ann has two numbers"),
    ],
)
def test_a_file_that_does_not_name_accounts_says_where(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        accounts_file(tmp_path, text)


# -- from the command line ----------------------------------------------------------------------------------------


@pytest.fixture
def house(tmp_path: Path, github: SimulatedGitHub, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A Steward whose settings the commands find in their environment, with a GitHub to ask."""
    made = House(tmp_path, github)
    settings = {"APP_ID": str(made.app.id), "PRIVATE_KEY": made.app.private_key, "WEBHOOK_SECRET": "secret"}
    settings |= {"GITHUB_API_URL": github.url, "STEWARD_DATA": str(tmp_path)}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    yield made
    made.close()


def test_github_says_whose_a_login_is_through_the_apps_own_installation(house: House, tmp_path: Path) -> None:
    repository = house.repository()
    ann = house.person("ann")
    house.work()
    desk = Desk(tmp_path, house.context.engine)
    listed = desk.file("list.json", '["ann", "nobody-here"]')
    place = f"{repository.full_name}:CLA.md"

    told = desk.done("import", listed, "--from", "clabot", "--document", place)

    assert told == (
        "entry 2  nobody-here  left out: GitHub has no account of this name now\n"
        "2 entries: 1 new, 0 already there, 1 left out.\n"
    )
    (kept,) = desk.signatures()
    assert (kept.account_id, kept.login, kept.document.repository_id) == (ann.id, "ann", repository.id)


def test_a_name_that_was_made_after_the_signature_has_passed_to_somebody_else(house: House, tmp_path: Path) -> None:
    house.repository()
    ann = house.person("ann")
    house.work()
    desk = Desk(tmp_path, house.context.engine)
    listed = desk.file("list.csv", "User Name,Signed At\nann,2015-06-01T00:00:00Z\n")

    told = desk.done("import", listed, "--from", "cla-assistant", "--document", "acme/widgets:CLA.md")

    assert f"left out: account {ann.id} has this name now, but was made on 20" in told
    assert "after the signature: the name has passed to somebody else" in told
    assert desk.signatures() == []


@one_database
def test_without_an_app_the_way_without_github_is_named(desk: Desk) -> None:
    told = desk.refused("import", desk.file("l", '["ann"]'), "--from", "clabot", "--document", "acme/widgets:CLA.md")
    assert "the GitHub App is not set up; missing: APP_ID" in told
    assert "--accounts FILE" in told


def test_where_steward_is_installed_nowhere_github_cannot_be_asked(house: House, tmp_path: Path) -> None:
    desk = Desk(tmp_path, house.context.engine)
    numbers = ("--document", "CLA.md", "--owner-id", "1", "--repository-id", "7")
    told = desk.refused("import", desk.file("l", '["ann"]'), "--from", "clabot", *numbers)
    assert "no installation is known through which GitHub could be asked" in told
