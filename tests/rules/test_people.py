# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who stands behind a contribution: whom GitHub links, whom an address names, and who only says so."""

from dataclasses import replace

import pytest

from rules.change import Change, Commit, Person
from rules.people import (
    Contributor,
    Role,
    contributors,
    identified,
    is_web_flow,
    made_for,
    masked,
    masked_in,
    same_account,
    shown_name,
    vouched,
)
from tests.rules.agreements_help import (
    ALICE,
    BOB,
    CAROL,
    DEPENDABOT,
    GHOST,
    GITHUB,
    NOREPLY,
    STRANGER,
    WORN,
    by_github,
    change,
    commit,
    merge,
    sha,
)

USUAL = ("opener", "authors", "co-authors")


def found(contribution: Change, *covers: str, merge_commits: bool = False) -> list[Contributor]:
    return list(contributors(contribution, covers or USUAL, merge_commits=merge_commits, noreply=NOREPLY))


def names(contribution: Change, *covers: str, merge_commits: bool = False) -> list[str]:
    return [
        one.person.login or one.person.email or str(one.person.id)
        for one in found(contribution, *covers, merge_commits=merge_commits)
    ]


# -- roles --------------------------------------------------------------------------------------------------------

EVERYBODY = change(commit(BOB, CAROL, by=Person(4, "dave")), opener=ALICE)


@pytest.mark.parametrize(
    ("covers", "who"),
    [
        (["opener"], ["alice"]),
        (["authors"], ["alice", "bob"]),
        (["co-authors"], ["alice", "carol"]),
        (["committers"], ["alice", "dave"]),
        (["opener", "authors", "co-authors", "committers"], ["alice", "bob", "carol", "dave"]),
    ],
)
def test_those_in_the_covered_roles_count_and_the_opener_always(covers: list[str], who: list[str]) -> None:
    assert names(EVERYBODY, *covers) == who


def test_people_behind_merge_commits_count_only_if_asked_for() -> None:
    contribution = change(commit(ALICE), merge(BOB))
    assert names(contribution) == ["alice"]
    assert names(contribution, merge_commits=True) == ["alice", "bob"]


def test_a_commit_without_a_committer_has_none() -> None:
    assert names(change(Commit("", "", (ALICE,))), "committers") == ["alice"]


def test_a_commit_without_authors_has_somebody_unknown() -> None:
    (_, unknown) = found(change(Commit("", "", (), signed_by_github=True)))
    assert (unknown.person, unknown.roles) == (Person(), frozenset({Role.AUTHOR}))


# -- one person, once ---------------------------------------------------------------------------------------------


def test_somebody_in_several_roles_is_one_contributor() -> None:
    (alice,) = found(change(commit(ALICE), commit(ALICE, ALICE)), *Role)
    assert alice.roles == {Role.OPENER, Role.AUTHOR, Role.CO_AUTHOR, Role.COMMITTER}
    assert (alice.commits, alice.addresses) == ((sha(1), sha(2)), frozenset({"alice@example.com"}))


def test_two_addresses_of_one_account_are_one_contributor() -> None:
    at_work = replace(BOB, email="Bob@Work.example")
    (_, bob) = found(change(commit(BOB), commit(at_work)))
    assert (bob.person.id, bob.addresses) == (2, frozenset({"bob@example.com", "bob@work.example"}))


def test_an_account_goes_by_its_login_if_any_commit_brings_it() -> None:
    unnamed = Person(email=f"2+x@{NOREPLY}")
    assert (
        names(change(commit(unnamed), commit(BOB))) == names(change(commit(BOB), commit(unnamed))) == ["alice", "bob"]
    )


def test_two_people_with_one_git_name_are_two() -> None:
    namesakes = (replace(BOB, name="Sam"), replace(CAROL, name="Sam"))
    strangers = (Person(name="Sam", email="s@a.example"), Person(name="Sam", email="s@b.example"))
    assert len(found(change(*map(commit, namesakes), *map(commit, strangers)))) == 5


def test_one_address_in_two_spellings_is_one_stranger() -> None:
    assert len(found(change(commit(STRANGER), commit(replace(STRANGER, email="JO@example.com", name="J"))))) == 2


def test_without_an_address_the_name_has_to_do() -> None:
    nameless = [Person(name="A"), Person(name="B"), Person(name="A")]
    assert len(found(change(*map(commit, nameless)))) == 3


def test_a_deleted_opener_is_nobody_in_the_commits() -> None:
    ghost, nobody = found(change(commit(GHOST), opener=GHOST))
    assert ghost.roles == {Role.OPENER}
    assert nobody.roles == {Role.AUTHOR}


def test_the_opener_comes_first_and_those_without_an_account_last() -> None:
    assert names(change(commit(STRANGER), commit(BOB), opener=CAROL)) == ["carol", "bob", "jo@example.com"]


def test_without_an_opener_there_are_the_others() -> None:
    assert names(change(commit(BOB), opener=None)) == ["bob"]


# -- GitHub itself ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("worn", [GITHUB, Person(name="GitHub", email="NoReply@GitHub.com"), Person(login="web-flow")])
def test_github_is_nobody_in_what_it_made(worn: Person) -> None:
    assert is_web_flow(worn)
    assert names(change(by_github(ALICE, by=worn)), *Role) == ["alice"]
    assert names(change(by_github(worn, by=worn)), *Role) == ["alice"]


def test_whoever_calls_themselves_github_is_a_stranger() -> None:
    (_, worn) = found(change(commit(GITHUB)))
    assert worn.person == Person(name="GitHub", email="noreply@github.com")


def test_github_as_the_author_of_what_somebody_else_committed_is_a_stranger() -> None:
    assert names(change(by_github(GITHUB, by=ALICE))) == ["alice", "noreply@github.com"]


# -- bots ---------------------------------------------------------------------------------------------------------


def bot_of(contribution: Change) -> Contributor:
    (bot,) = (one for one in found(contribution) if one.person.id == 49699333)
    return bot


def test_a_bot_that_opened_the_pull_request_is_that_bot() -> None:
    bot = bot_of(change(commit(WORN), opener=DEPENDABOT))
    assert (bot.person.login, bot.person.bot, bot.vouched) == ("dependabot[bot]", True, True)
    assert bot.roles == {Role.OPENER, Role.AUTHOR}


def test_a_bot_for_which_github_made_the_commit_is_that_bot() -> None:
    bot = bot_of(change(by_github(WORN)))
    assert (bot.person.login, bot.person.bot, bot.vouched) == ("dependabot[bot]", True, True)


def test_a_bot_that_committed_by_the_api_is_that_bot() -> None:
    assert bot_of(change(by_github(WORN, by=WORN))).vouched


@pytest.mark.parametrize(
    "contribution",
    [
        change(commit(WORN)),
        change(commit(WORN, verified=True)),
        change(commit(ALICE, WORN)),
        change(by_github(WORN, by=ALICE)),  # as in a codespace: signed by GitHub, the author free to choose
    ],
    ids=["unsigned", "signed by somebody", "in a trailer", "in a codespace"],
)
def test_an_address_alone_makes_no_bot(contribution: Change) -> None:
    bot = bot_of(contribution)
    assert (bot.person.login, bot.person.bot, bot.vouched) == (None, False, False)


def test_a_bot_in_the_trailer_of_a_commit_by_github_has_no_name() -> None:
    assert bot_of(change(by_github(ALICE, WORN))).person.login is None


def test_nobody_in_a_trailer_is_vouched_for_even_if_github_links_them() -> None:
    linked = replace(WORN, id=49699333, login="dependabot[bot]", bot=True)
    assert not bot_of(change(by_github(ALICE, linked))).vouched
    assert bot_of(change(by_github(linked, linked))).vouched


def test_github_made_a_commit_for_its_author_alone() -> None:
    assert made_for(ALICE, by_github(ALICE, BOB))
    assert not made_for(BOB, by_github(ALICE, BOB))
    assert not made_for(ALICE, commit(ALICE, verified=True))
    assert not made_for(ALICE, by_github(ALICE, by=BOB))
    assert not made_for(Person(), by_github(Person(), Person()))
    assert not made_for(ALICE, Commit("", "", (), signed_by_github=True))


def test_one_commit_that_nobody_vouches_for_is_enough() -> None:
    assert not bot_of(change(by_github(WORN), commit(WORN))).vouched


def test_a_bot_that_github_links_is_a_bot() -> None:
    linked = Person(7, "renovate[bot]", "Renovate", "bot@renovateapp.com")
    assert identified(linked, None, None, NOREPLY).bot


def test_a_person_is_no_bot_whatever_the_login_in_the_address() -> None:
    worn = Person(5, None, "x", f"6+dependabot[bot]@{NOREPLY}")
    assert identified(worn, by_github(worn), None, NOREPLY) == worn
    author = Person(None, None, "x", f"6+somebody@{NOREPLY}")
    assert identified(author, by_github(author), None, NOREPLY) == replace(author, id=6)


# -- addresses that GitHub hands out ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("email", "number"),
    [
        (f"12+octocat@{NOREPLY}", 12),
        (f"12+octocat@{NOREPLY.upper()}", 12),
        (f"octocat@{NOREPLY}", None),
        (f"+octocat@{NOREPLY}", None),
        (f"012+octocat@{NOREPLY}", None),
        (f"{'9' * 30}+octocat@{NOREPLY}", None),
        (f"12+a@b@{NOREPLY}", None),
        ("12+octocat@users.noreply.ghe.example", None),
        (f"12+octocat@{NOREPLY}.evil.example", None),
        ("", None),
    ],
)
def test_only_the_number_in_such_an_address_names_an_account(email: str, number: int | None) -> None:
    person = Person(name="Octocat", email=email)
    assert identified(person, None, None, NOREPLY) == replace(person, id=number)


def test_what_github_links_outweighs_an_address() -> None:
    assert identified(replace(BOB, email=f"1+alice@{NOREPLY}"), None, ALICE, NOREPLY).login == "bob"


def test_an_address_of_the_opener_brings_the_openers_login() -> None:
    assert identified(Person(email=f"1+whoever@{NOREPLY}"), None, ALICE, NOREPLY).login == "alice"


def test_people_are_vouched_for_by_having_opened_it() -> None:
    assert vouched(ALICE, None, ALICE)
    assert not vouched(BOB, None, ALICE)
    assert not vouched(GHOST, None, GHOST)
    assert not vouched(BOB, None, None)


@pytest.mark.parametrize(
    ("email", "same"),
    [
        (f"2+bob@{NOREPLY}", True),
        (f"2+renamed@{NOREPLY}", True),
        (f"3+bob@{NOREPLY}", False),
        (f"BOB@{NOREPLY}", True),
        (f"carol@{NOREPLY}", False),
        ("bob@example.com", False),
        ("", False),
    ],
)
def test_an_address_is_the_same_account_by_its_number_or_else_its_login(email: str, same: bool) -> None:
    assert same_account(email, BOB, NOREPLY) is same


def test_an_old_address_is_nobodys_without_a_login() -> None:
    assert not same_account(f"bob@{NOREPLY}", Person(2), NOREPLY)


@pytest.mark.parametrize(
    ("email", "shown"),
    [
        ("jane@example.com", "j***@example.com"),
        ("j@example.com", "j***@example.com"),
        ("@example.com", "***@example.com"),
        ("a@b@example.com", "a***@example.com"),
        ("jane", "j***"),
        ("", "***"),
        ("j@" + "x" * 500, "j***@" + "x" * 100),
    ],
)
def test_addresses_are_shown_masked(email: str, shown: str) -> None:
    assert masked(email) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Jane Doe", "Jane Doe"),
        ("", ""),
        ("jane@example.com", "j***@example.com"),
        (" Jane  <jane@example.com>\n(@jane) ", "Jane <***@example.com> (***@jane)"),
        ("j***@example.com", "j***@example.com"),
        ("x" * 100 + "@example.com", "x***@example.com"),
    ],
)
def test_addresses_in_the_place_of_names_are_masked_too(name: str, shown: str) -> None:
    assert shown_name(name) == shown


IN_TEXTS = [
    # written, shown
    ("", ""),
    ("Acme <legal@acme.example>", "Acme <l***@acme.example>"),
    ("a.b@acme.example, c@acme.example", "a***@acme.example, c***@acme.example"),
    ("x@y@acme.example", "x@y***@acme.example"),
    ("é@müller.example", "é***@müller.example"),
    ("signed on paper by mailto:jane@example.com.", "signed on paper by mailto:j***@example.com."),
    ("The @acme team", "The @acme team"),
    ("pkg:pypi/requests@2.0", "pkg:pypi/requests@2.0"),
    ("packages/@acme/core", "packages/@acme/core"),
]


@pytest.mark.parametrize(("written", "shown"), IN_TEXTS)
def test_addresses_in_a_text_are_masked_and_what_is_none_is_not(written: str, shown: str) -> None:
    assert masked_in(written) == shown


@pytest.mark.timeout(60)
@pytest.mark.parametrize("long", ["x" * 1_000_000, "x@" + "y." * 500_000, "x@y." * 250_000])
def test_a_long_word_is_gone_through_once(long: str) -> None:
    """Were it gone through from each of its letters, this would take hours."""
    assert masked_in(f"{long} jane@example.com").endswith(" j***@example.com")
