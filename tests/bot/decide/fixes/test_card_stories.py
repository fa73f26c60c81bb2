# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Somebody presses "Add a card": what data and models lack is committed, or written down to be pasted."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.decide.commands.run import NOT_TOLD
from bot.decide.fixes import cards
from bot.decide.fixes import commit as committing
from bot.decide.now import Now
from bot.demo.github.git.content import Executable, Written
from bot.demo.github.pull import Pull
from bot.github.entries import Entry
from rules.change import FileKind, Side
from tests.bot.decide.agreements import verdict
from tests.bot.decide.deciding import push
from tests.bot.decide.dying import death
from tests.bot.decide.fixes.pressing import (
    BARE,
    DATASETS,
    HEADER,
    PARQUET,
    acts,
    buttons,
    offer,
    offer_from_fork,
    press,
    project,
    refusals,
    rest,
    text,
)
from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

DATA = "data/widgets/train.parquet"
README = "data/widgets/README.md"
FILES: dict[str, Written] = {DATA: PARQUET}
NOTHING = "nothing here lacks a card that could simply be added"
FILLED = """\
---
license: "CC-BY-4.0"
pretty_name: "widgets"
source: "https://example.org/widgets"
personal_data: "none"
---
"""


def offered(house: House, files: dict[str, Written] | None = None, policy: str = DATASETS) -> Pull:
    return offer(house, project(house, policy=policy), files or FILES)


def reviews(pull: Pull) -> list[str]:
    return [review.body for review in pull.reviews if review.user.login == "steward[bot]"]


def add_card(house: House, pull: Pull, login: str = "wil", *, work: bool = True) -> None:
    press(house, pull, login, button="add-card", work=work)


# -- a commit -----------------------------------------------------------------------------------------------------


def test_one_commit_adds_the_cards_whose_blanks_people_fill_in(house: House) -> None:
    pull = offered(
        house, {**FILES, "models/net/model.safetensors": (8).to_bytes(8, "little") + b"{      }" + bytes(90_000)}
    )
    before = pull.head_sha
    assert buttons(house, pull) == ["recheck", "add-card"]
    add_card(house, pull)
    made = pull.repository.store.commit_object(pull.head_sha)
    assert made.parents == (before,)
    assert made.message == (
        "Add cards to be filled in\n\n"
        "Steward added 2 cards that are missing, to be filled in,\nas wil asked on pull request 1."
    )
    assert text(pull, README).startswith('---\nlicense: "TODO: ')
    assert 'model_name: "net"' in text(pull, "models/net/README.md")
    assert verdict(house, pull)[0] == "failure"
    assert buttons(house, pull) == ["recheck"]
    ((body, beside),) = acts(house, "card")
    assert (body["head"], body["outcome"], body["commit"], beside["login"]) == (
        before, "committed", pull.head_sha, "wil",
    )  # fmt: skip


def test_the_blanks_are_told_and_with_them_filled_in_it_passes(house: House) -> None:
    pull = offered(house)
    add_card(house, pull)
    (comment,) = house.comments(pull)
    assert f"`{README}`" in comment.body
    assert "Add a card" not in comment.body
    push(house, pull, {README: FILLED})
    assert verdict(house, pull)[0] == "success"


def test_a_readme_that_is_there_keeps_every_byte(house: House) -> None:
    pull = offered(house, {**FILES, README: b"\xef\xbb\xbf# Widgets\r\n\r\nAll \xff of them"})
    add_card(house, pull)
    found = pull.repository.store.object(f"{pull.head_sha}:{README}")
    assert found
    assert found.data.startswith(b"\xef\xbb\xbf---\r\nlicense:")
    assert found.data.endswith(b"---\r\n\r\n# Widgets\r\n\r\nAll \xff of them")


def test_a_press_costs_as_many_requests_as_the_documentation_says(house: House) -> None:
    pull = offered(house, {"a/x.parquet": PARQUET, "b/x.parquet": PARQUET})
    add_card(house, pull, work=False)
    house.github.forget_requests()
    house.step()
    assert len(house.github.requests) == 6


def test_both_buttons_do_their_part_one_after_the_other(house: House) -> None:
    policy = f"{DATASETS}  headers: {{license: Apache-2.0, holder: The Acme Authors}}\n"
    pull = offered(house, {**FILES, "a.py": BARE}, policy)
    assert buttons(house, pull) == ["recheck", "add-headers", "add-card"]
    press(house, pull)
    add_card(house, pull)
    assert (len(pull.commits()), refusals(house)) == (3, [])
    assert text(pull, "a.py").startswith(HEADER)
    assert text(pull, README).startswith("---\n")


def test_both_buttons_on_one_head_make_no_muddle(house: House) -> None:
    policy = f"{DATASETS}  headers: {{license: Apache-2.0, holder: The Acme Authors}}\n"
    pull = offered(house, {**FILES, "a.py": BARE}, policy)
    check = house.check(pull.repository, pull.head_sha)
    for button in ("add-card", "add-headers"):
        check.press(house.person("wil"), button)
    rest(house)
    assert (len(pull.commits()), refusals(house)) == (2, ["there are new commits since"])


def test_a_second_press_on_one_head_adds_nothing(house: House) -> None:
    pull = offered(house)
    check = house.check(pull.repository, pull.head_sha)
    for _ in range(2):
        check.press(house.person("wil"), "add-card")
    rest(house)
    assert (len(pull.commits()), len(acts(house, "card")), refusals(house)) == (2, 1, [])


@pytest.mark.parametrize("before", [False, True])
def test_a_death_beside_the_commit_makes_no_second_one(house: House, before: bool) -> None:
    pull = offered(house)
    with death(house, committing, "commit_files", before=before):
        add_card(house, pull, work=False)
    house.work_for(60)
    rest(house)
    assert (len(pull.commits()), len(acts(house, "card")), refusals(house)) == (2, 1, [])


# -- what goes into no commit -------------------------------------------------------------------------------------


def test_a_readme_that_may_be_run_is_left_to_people(house: House) -> None:
    pull = offered(house, {**FILES, README: Executable(b"# Widgets\n")})
    add_card(house, pull)
    (review,) = reviews(pull)
    assert len(pull.commits()) == 1
    assert "/new/" not in review


@pytest.mark.parametrize(("limit", "most"), [("MOST_FILES", 1), ("MOST_BYTES", 1)])
def test_a_commit_has_an_end(house: House, monkeypatch: pytest.MonkeyPatch, limit: str, most: int) -> None:
    monkeypatch.setattr(cards, limit, most)
    files: dict[str, Written] = {"a/x.parquet": PARQUET, "b/x.parquet": PARQUET, "b/README.md": "# B\n"}
    pull = offered(house, files)
    add_card(house, pull)
    assert "- b/README.md: a commit by Steward" in pull.repository.store.commit_object(pull.head_sha).message


REGULAR = Entry(FileKind.REGULAR, 10, "1" * 40)


@pytest.mark.parametrize(
    ("files", "there"),
    [
        ({README: "# Widgets\n"}, replace(REGULAR, kind=FileKind.SYMLINK)),
        ({README: "# Widgets\n"}, replace(REGULAR, size=2 * 1024 * 1024)),
        ({README: "# Widgets\n"}, None),
        ({}, REGULAR),
    ],
    ids=["no regular file", "larger than is read", "gone", "come to be"],
)
def test_what_is_not_as_it_was_judged_is_left_alone(
    house: House, monkeypatch: pytest.MonkeyPatch, files: dict[str, Written], there: Entry | None
) -> None:
    entries = {(Side.HEAD, README): there} if there else {}
    monkeypatch.setattr("bot.decide.fixes.cards.read_entries", lambda *_: (entries, ()))
    pull = offered(house, {**FILES, **files})
    add_card(house, pull)
    assert (len(pull.commits()), len(reviews(pull))) == (1, 1)


# -- a review -----------------------------------------------------------------------------------------------------


def protected(house: House) -> Pull:
    pull = offered(house)
    pull.repository.protected.add("feature")
    return pull


@pytest.mark.parametrize(
    "offered_",
    [
        lambda house: offer_from_fork(house, project(house, policy=DATASETS), FILES),
        lambda house: offer(house, project(house, contents="read", policy=DATASETS), FILES),
        protected,
    ],
    ids=["from a fork", "only to be read", "protected"],
)
def test_where_steward_may_not_push_the_card_is_there_to_paste(house: House, offered_: Callable[[House], Pull]) -> None:
    pull = offered_(house)
    head = pull.head_sha
    add_card(house, pull)
    add_card(house, pull)
    (review,) = reviews(pull)
    assert pull.head_sha == head
    assert review.startswith(f"<!-- steward:card {head} -->\n\n`wil` asked for the missing card. ")
    link = urlsplit(review.partition("editor](")[2].partition(")")[0])
    source = pull.head_repository or pull.repository
    assert link.path == f"/{source.full_name}/new/feature"
    asked = parse_qs(link.query)
    assert asked["filename"] == [README]
    assert f"```markdown\n{asked['value'][0]}\n```" in review
    assert [body["outcome"] for body, _ in acts(house, "card")] == ["suggested"]


def test_hostile_names_stay_within_their_card(house: House) -> None:
    folder = 'data/``` @all "x: [y](z) #1'
    pull = offer_from_fork(house, project(house, policy=DATASETS), {f"{folder}/train.parquet": PARQUET})
    add_card(house, pull)
    (review,) = reviews(pull)
    assert "````markdown\n---\n" in review
    assert review.rstrip().endswith("````")


def test_an_address_that_is_too_long_is_none(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "LONGEST_LINK", 100)
    pull = offer_from_fork(house, project(house, policy=DATASETS), FILES)
    add_card(house, pull)
    (review,) = reviews(pull)
    assert "/new/" not in review


def test_several_cards_are_told_together(house: House) -> None:
    files: dict[str, Written] = {"a/x.parquet": PARQUET, "b/x.parquet": PARQUET}
    pull = offer_from_fork(house, project(house, policy=DATASETS), files)
    add_card(house, pull)
    (review,) = reviews(pull)
    assert "asked for the 2 missing cards. " in review
    assert review.count("```markdown") == 2


# -- who may, and when not ----------------------------------------------------------------------------------------


def test_who_may_not_write_is_refused(house: House) -> None:
    pull = offered(house)
    add_card(house, pull, "ada")
    assert (len(pull.commits()), refusals(house)) == (1, ["it takes the permission `push`"])
    ((body, _),) = acts(house, "refusal")
    assert body["button"] == "add-card"


def test_in_a_locked_conversation_nothing_is_written(house: House) -> None:
    pull = offer_from_fork(house, project(house, policy=DATASETS), FILES)
    pull.locked = True
    add_card(house, pull)
    assert (reviews(pull), refusals(house)) == ([], ["the conversation is locked, so nothing can be written there"])


@pytest.mark.parametrize("unknown", ["report", "change", "policy"])
def test_without_what_a_look_learns_nothing_is_done(
    house: House, monkeypatch: pytest.MonkeyPatch, unknown: str
) -> None:
    pull = offered(house)
    monkeypatch.setattr(Now, unknown, None)
    add_card(house, pull)
    assert (len(pull.commits()), refusals(house), reviews(pull)) == (1, [NOTHING], [])


def test_what_github_does_not_show_is_no_failure_of_steward(house: House) -> None:
    pull = offered(house, {**FILES, README: "# Widgets\n"})
    house.github.fail(404, match="git/blobs")
    add_card(house, pull)
    assert (len(pull.commits()), refusals(house)) == (1, [NOT_TOLD])
