# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which account a login stands for, by GitHub and by a file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.checkout.terminal import Refusal
from bot.commands.signatures.accounts import LOOK_EVERY, PAUSES
from bot.commands.signatures.known import Known, NoAccount
from bot.demo.github.simulated import SimulatedGitHub
from bot.github.errors import Forbidden, GitHubError, NotFound, Unavailable
from tests.bot.commands.signatures.conftest import Desk, one_database
from tests.bot.commands.signatures.line import ANN, Line, on_github
from tests.bot.conftest import Clock
from tests.house import House


def rates(left: int, clock: Clock, limit: int = 5_000) -> dict[str, Any]:
    return {"resources": {"core": {"limit": limit, "remaining": left, "reset": int(clock.now) + 1_200}}}


# -- GitHub -------------------------------------------------------------------------------------------------------


def test_github_is_asked_once_for_each_login_whatever_its_case() -> None:
    line = Line(ANN, NotFound("Not Found", 404))
    accounts = on_github(line)
    assert [accounts.named(login) for login in ("ann", "Ann", "ANN")] == [Known(5, "Ann", 1_577_934_245.0)] * 3
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
    told = capsys.readouterr().err
    assert "GitHub's rate limit is reached, or nearly so; going on at 2027-01-15T08:30:00+00:00." in told


@pytest.mark.parametrize(
    "trouble", [Unavailable("HTTP 502", 502), Unavailable("no answer: ConnectionError"), Unavailable("limit", 429, 0.0)]
)
def test_trouble_that_passes_is_waited_out(trouble: Unavailable) -> None:
    line = Line(trouble, trouble, ANN)
    assert on_github(line).named("ann").id == 5
    assert line.asked == ["/users/ann"] * 3


@pytest.mark.parametrize(
    ("error", "asked"),
    [
        (Unavailable("HTTP 502", 502), len(PAUSES) + 1),
        (Unavailable("rate limit", 403, Clock().now), len(PAUSES) + 1),
        (Unavailable("rate limit", 403, Clock().now + 9_000), 1),
        (Forbidden("no", 403), 1),
    ],
)
def test_trouble_that_does_not_pass_ends_it_and_names_the_way_without_github(error: GitHubError, asked: int) -> None:
    line = Line(*[error] * 20)
    with pytest.raises(Refusal, match="GitHub does not say who ann is") as refusal:
        on_github(line).named("ann")
    assert "--accounts FILE" in str(refusal.value)
    assert len(line.asked) == asked


# -- what is left to the Steward that runs ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "limit", "waits"),
    [(1_000, 5_000, False), (999, 5_000, True), (999, 15_000, True), (12, 60, False), (11, 60, True), (0, 0, False)],
)
def test_a_part_of_the_hours_requests_is_left_to_the_steward_that_runs(left: int, limit: int, waits: bool) -> None:
    clock = Clock()
    start = clock.now
    line = Line(ANN, rates=[rates(left, clock, limit), rates(limit, clock, limit)])
    assert on_github(line, clock).named("ann").id == 5
    assert clock.now == (start + 1_201 if waits else start)


def test_what_is_left_is_looked_at_now_and_then() -> None:
    clock = Clock()
    line = Line(*[ANN] * (LOOK_EVERY + 1), rates=[rates(5_000, clock), rates(999, clock), rates(5_000, clock)])
    accounts = on_github(line, clock)
    for number in range(LOOK_EVERY):
        accounts.named(f"ann{number}")
    before = clock.now
    accounts.named("bob")
    assert clock.now > before


@pytest.mark.parametrize("answer", [NotFound("Not Found", 404), None, [], {"resources": {"core": {"limit": "many"}}}])
def test_where_no_limit_is_told_none_is_kept(answer: Any) -> None:
    assert on_github(Line(ANN, rates=[answer])).named("ann").id == 5


def test_where_nothing_is_ever_to_spare_it_ends() -> None:
    clock = Clock()
    line = Line(ANN, rates=[rates(0, clock)])
    with pytest.raises(Refusal, match="its rate limit has nothing to spare"):
        on_github(line, clock).named("ann")
    assert line.asked == []


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


def test_github_is_not_asked_twice_for_a_dry_run_and_the_import(house: House, tmp_path: Path) -> None:
    house.repository()
    ann = house.person("ann")
    house.work()
    desk = Desk(tmp_path, house.context.engine)
    listed, saved = desk.file("list.csv", "User Name,Signed At\nann,2015-06-01\nANN,\n"), str(tmp_path / "saved.csv")
    arguments = ("import", listed, "--from", "cla-assistant", "--document", "acme/widgets:CLA.md")

    dry = desk.done(*arguments, "--dry-run", "--save-accounts", saved)
    told = desk.done(*arguments, "--accounts", saved)

    passed = "line 2  ann  left out: account"
    summary = "2 entries: 1 new, 0 already there, 1 left out.\n"
    assert dry.startswith(passed)
    assert f"line 3  ANN  account {ann.id}  new\n{summary}" in dry
    assert told.startswith(passed)
    assert told.endswith(summary)
    assert Path(saved).read_text().splitlines()[1].startswith(f"ann,{ann.id},20")


@one_database
def test_answers_that_nobody_gives_cannot_be_saved(desk: Desk) -> None:
    arguments = ("import", desk.file("l", '["ann"]'), "--from", "clabot", "--document", "acme/widgets:CLA.md")
    told = desk.refused(*arguments, "--accounts", desk.file("a.csv", "login,id\n"), "--save-accounts", "saved.csv")
    assert "with --accounts GitHub is not asked" in told


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
