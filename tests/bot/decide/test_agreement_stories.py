# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who has signed what: stories of contributors, maintainers and texts that change. Signing goes by the record itself;
how people get there, on the web or by a comment, is told elsewhere.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.decide.evaluate import Verdict, evaluate
from bot.decide.lapses import look_at_what_lapsed
from bot.demo.github.accounts import Account
from bot.demo.github.pushing import Identity
from bot.demo.github.repository import Repository
from bot.github.commits import CommitPage, commit_page
from bot.store import companies, signatures
from bot.store.agreements import text_of
from bot.store.database import reading, writing
from bot.store.signatures import NewSignature
from bot.store.tables import company_people, in_force, pinned
from bot.work.look_again import look_again
from tests.bot.decide.agreements import CLA, TEXT, asked, check, offer, policy, project, put_down, sign, told
from tests.house import HEADERS, House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

UNLINKED = ("Jane", "jane@nowhere.example")
MOVED = policy("document: acme/legal:CLA.md")


def take_back(house: House, repository: Repository, account: Account) -> None:
    """What somebody signed is revoked."""
    with writing(house.context.engine) as connection:
        standing = signatures.of_account(connection, account.id)
        signatures.revoke(connection, standing, house.clock(), "by mistake")
        look_again(connection, house.context.queue, repository.owner.id, [account.id])


def again(house: House, repository: Repository, number: int = 1) -> None:
    """Somebody asks to run the check again."""
    pull = repository.pull(number)
    assert pull
    check(house, pull).rerequest(house.person("ada"))
    house.work()


# -- signing ------------------------------------------------------------------------------------------------------


def test_the_check_turns_green_by_itself_once_an_unsigned_contributor_has_signed(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"))
    assert check(house, pull).conclusion == "action_required"
    (comment,) = house.comments(pull)
    assert "`ada`" in comment.body
    assert "/steward sign" in comment.body

    house.github.forget_requests()
    sign(house, repository, house.person("ada"))
    assert check(house, pull).conclusion == "success"
    assert house.comments(pull)[0].id == comment.id
    assert "nothing more is needed" in house.comments(pull)[0].body
    reads = [one.line for one in house.github.requests if not one.writes and "access_tokens" not in one.line]
    assert len(reads) == 1


def test_one_signature_counts_in_every_repository_that_asks_for_that_document(house: House) -> None:
    project(house, CLA, "legal")
    first, second = (project(house, MOVED, name, text=None) for name in ("widgets", "gears"))
    one, other = offer(house, first, house.person("ada")), offer(house, second, house.person("ada"))
    assert {check(house, pull).conclusion for pull in (one, other)} == {"action_required"}
    sign(house, first, house.person("ada"))
    assert {check(house, pull).conclusion for pull in (one, other)} == {"success"}


def test_the_signature_of_one_does_not_cover_another(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"), house.person("ben"))
    sign(house, repository, house.person("ada"))
    assert check(house, pull).conclusion == "action_required"
    assert "`ben`" in house.comments(pull)[0].body
    assert "`ada`" not in house.comments(pull)[0].body
    sign(house, repository, house.person("ben"))
    assert check(house, pull).conclusion == "success"


def test_a_revoked_signature_counts_no_longer(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"))
    sign(house, repository, house.person("ada"))
    with writing(house.context.engine) as connection:
        standing = signatures.of_account(connection, house.person("ada").id)
        signatures.revoke(connection, standing, house.clock(), "by mistake")
        look_again(
            connection, house.context.queue, asked(house, repository).document.owner_id, [house.person("ada").id]
        )
    house.work()
    assert check(house, pull).conclusion == "action_required"


def test_a_pull_request_that_is_closed_is_not_looked_at_again(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"))
    pull.close(house.person("ada"))
    house.work()
    house.github.forget_requests()
    sign(house, repository, house.person("ada"))
    assert house.github.requests == []


# -- who cannot be known ------------------------------------------------------------------------------------------


def test_an_address_that_is_linked_later_counts_from_then_on(house: House) -> None:
    repository = project(house)
    ada = house.person("ada")
    pull = offer(house, repository, ada, UNLINKED)
    sign(house, repository, ada)
    assert check(house, pull).conclusion == "failure"
    body = house.comments(pull)[0].body
    assert "j\\*\\*\\*@" in body
    assert "jane@nowhere.example" not in body
    assert "git push --force-with-lease" in body

    ada.emails.add("jane@nowhere.example")
    again(house, repository)
    assert check(house, pull).conclusion == "success"


def test_a_hostile_name_does_no_harm(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"), ("@everyone [x](https://evil.example) `$(id)` |", "x`|@evil"))
    assert check(house, pull).conclusion == "failure"
    for text in (house.comments(pull)[0].body, told(house, pull)):
        beside_code = re.sub(r"(`+).*?\1", "", text)
        assert "@everyone" not in beside_code
        assert "@evil" not in beside_code
        assert "](https://evil.example)" not in beside_code


def test_a_committer_whose_address_is_linked_later_counts_from_then_on(house: House) -> None:
    repository = project(house, policy("document: CLA.md, covers: [authors, committers]"))
    ada, ben = house.person("ada"), house.person("ben")
    pull = offer(house, repository, ada, committer=("Ben", "ben@nowhere.example"))
    for person in (ada, ben):
        sign(house, repository, person)
    assert check(house, pull).conclusion == "failure"
    ben.emails.add("ben@nowhere.example")
    again(house, repository)
    assert check(house, pull).conclusion == "success"


def test_commits_that_github_leaves_out_of_a_later_list_stay_in_the_verdict(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository, ada, ben = project(house), house.person("ada"), house.person("ben")
    pull = offer(house, repository, ada, ben, UNLINKED)
    sign(house, repository, ada)
    assert check(house, pull).conclusion == "failure"
    ada.emails.add("jane@nowhere.example")
    monkeypatch.setattr("bot.github.pull.commit_page", without("Write 1"))
    again(house, repository)
    assert check(house, pull).conclusion == "action_required"
    assert "`ben`" in told(house, pull)


def without(message: str) -> Callable[[Any], CommitPage]:
    """A list of commits as GitHub would give it if it left one out."""

    def cut(raw: Any) -> CommitPage:
        page = commit_page(raw)
        return replace(page, commits=tuple(commit for commit in page.commits if commit.message != message))

    return cut


# -- texts --------------------------------------------------------------------------------------------------------


def test_the_first_text_of_a_version_is_pinned_and_another_is_reported(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"))
    sign(house, repository, house.person("ada"))
    repository.commit("main", {"CLA.md": TEXT + "And your house.\n"}, message="Ask for more")
    again(house, repository)
    assert check(house, pull).conclusion == "success"
    assert "changed" in told(house, pull)
    terms = asked(house, repository)
    assert terms.drifted
    with reading(house.context.engine) as connection:
        assert text_of(connection, terms.sha256) == TEXT

    repository.commit("main", {"CLA.md": TEXT}, message="Take it back")
    again(house, repository)
    assert not asked(house, repository).drifted


def test_a_new_major_version_asks_again_and_a_minor_one_does_not(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"))
    sign(house, repository, house.person("ada"))
    repository.commit("main", {".github/governance.yml": policy('document: CLA.md, version: "1.1"')}, message="Reword")
    house.work()
    assert check(house, pull).conclusion == "success"
    repository.commit(
        "main", {".github/governance.yml": policy('document: CLA.md, version: "2.0"')}, message="Ask anew"
    )
    house.work()
    assert check(house, pull).conclusion == "action_required"


def test_old_signatures_count_for_a_while_where_the_policy_gives_grace(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"))
    sign(house, repository, house.person("ada"))
    renewed = policy('document: CLA.md, version: "2.0", grace: 14d')
    repository.commit("main", {".github/governance.yml": renewed}, message="Ask anew, in two weeks")
    house.work()
    assert check(house, pull).conclusion == "success"
    assert look_at_what_lapsed(house.context.world) == 0

    house.clock.now += 15 * 86_400
    house.github.advance(15 * 86_400)
    assert look_at_what_lapsed(house.context.world) == 1
    house.work()
    assert check(house, pull).conclusion == "action_required"
    assert look_at_what_lapsed(house.context.world) == 0


@pytest.mark.parametrize(
    ("governance", "text", "why"),
    [
        (CLA, None, "there is no such file"),
        (CLA, "", "it is empty"),
        (policy("document: acme/nothing:CLA.md"), TEXT, "its repository is not to be seen"),
        (policy("document: other/legal:CLA.md"), TEXT, "belongs to another owner"),
        (policy("document: acme/secret:CLA.md"), TEXT, "is not public"),
    ],
    ids=["no file", "empty", "no repository", "another owner's", "a private one"],
)
def test_an_agreement_that_nobody_can_read_fails_and_says_why(
    house: House, governance: str, text: str | None, why: str
) -> None:
    repository = project(house, governance, text=text)
    other = house.github.organization("other").repository("legal")
    other.commit("main", {"CLA.md": TEXT})
    repository.owner.repository("secret", private=True).commit("main", {"CLA.md": TEXT})
    pull = offer(house, repository, house.person("ada"))
    assert check(house, pull).conclusion == "failure"
    assert why in told(house, pull)


def test_the_policy_of_an_organization_means_the_document_beside_it(house: House) -> None:
    project(house, CLA, ".github")
    repository = project(house, None, text=None)  # type: ignore[arg-type]
    pull = offer(house, repository, house.person("ada"))
    assert check(house, pull).conclusion == "action_required"
    assert asked(house, repository).place == "acme/.github:CLA.md"


def test_a_policy_on_a_branch_means_the_text_on_that_branch(house: House) -> None:
    repository = project(house)
    older = {"CLA.md": "Older terms.\n", ".github/governance.yml": policy('document: CLA.md, version: "0.9"')}
    repository.commit("release", older, parent=repository.branches["main"], message="Release")
    offer(house, repository, house.person("ada"), base="release")
    terms = asked(house, repository, "release")
    with reading(house.context.engine) as connection:
        assert (terms.version, text_of(connection, terms.sha256)) == ("0.9", "Older terms.\n")


def test_a_branch_with_a_text_of_its_own_has_signatures_of_its_own(house: House) -> None:
    repository, ada = project(house), house.person("ada")
    own = {"CLA.md": "I promise nothing.\n", ".github/governance.yml": policy('document: CLA.md, version: "1.1"')}
    repository.commit("playground", own, parent=repository.branches["main"], message="Play")
    there = offer(house, repository, ada, branch="first", base="playground")
    with writing(house.context.engine) as connection:
        terms = asked(house, repository, "playground")
        new = NewSignature(terms.document, terms.version, ada.id, ada.login, terms.sha256, "web", house.clock())
        signatures.sign(connection, new)
        look_again(connection, house.context.queue, repository.owner.id, [ada.id])
    house.work()
    assert check(house, there).conclusion == "success"
    assert check(house, offer(house, repository, ada, branch="second")).conclusion == "action_required"


def test_a_branch_decides_no_text_for_a_version_of_the_default_branch(house: House) -> None:
    repository, ada = project(house), house.person("ada")
    renewed = {".github/governance.yml": policy('document: CLA.md, version: "2.0"')}
    evil = {"CLA.md": "You owe us your house.\n", **renewed}
    repository.commit("evil", evil, parent=repository.branches["main"], message="Plot")
    offer(house, repository, ada, branch="first", base="evil")
    repository.commit("main", {"CLA.md": "Better terms.\n", **renewed}, message="Ask anew")
    house.work()
    with reading(house.context.engine) as connection:
        assert text_of(connection, asked(house, repository).sha256) == "Better terms.\n"


def test_a_branch_with_the_same_text_shares_its_signatures(house: House) -> None:
    repository, ada = project(house), house.person("ada")
    repository.commit("release", {"notes.txt": "1.0\n"}, parent=repository.branches["main"], message="Release")
    sign(house, repository, ada)
    assert check(house, offer(house, repository, ada, base="release")).conclusion == "success"


def test_a_text_that_is_gone_is_told_and_voids_nothing(house: House) -> None:
    repository, ada = project(house), house.person("ada")
    pull = offer(house, repository, ada)
    sign(house, repository, ada)
    repository.commit("main", {"CLA.md": None}, message="Lose it")
    again(house, repository)
    assert check(house, pull).conclusion == "success"
    assert "cannot be read any more" in told(house, pull)


def test_an_agreement_for_companies_that_is_not_there_is_told(house: House) -> None:
    repository = project(house, CORPORATE)
    assert "No company can be covered" in told(house, offer(house, repository, house.person("ada")))


def test_a_policy_that_is_only_proposed_pins_nothing(house: House) -> None:
    repository = project(house, policy(dco="level: warning"))
    files = {".github/governance.yml": CLA, "CLA.md": TEXT}
    repository.commit("feature", files, author=house.person("ada"), parent=repository.branches["main"])
    pull = repository.open_pull("feature", by=house.person("ada"))
    house.work()
    assert "is valid" in told(house, pull)
    with reading(house.context.engine) as connection:
        assert connection.execute(select(pinned)).all() == []
        assert connection.execute(select(in_force)).all() == []


def test_a_policy_that_asks_for_no_agreement_any_more_leaves_nothing_to_sign(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"))
    repository.commit("main", {".github/governance.yml": policy(dco="level: warning")}, message="Ask for less")
    house.work()
    assert check(house, pull).conclusion == "success"
    with reading(house.context.engine) as connection:
        assert connection.execute(select(in_force)).all() == []


# -- exemptions ---------------------------------------------------------------------------------------------------


def test_members_of_the_organization_are_exempt_where_the_policy_says_so(house: House) -> None:
    repository = project(house, policy("document: CLA.md, exempt: {members: true}"))
    pull = offer(house, repository, house.person("ada"))
    assert check(house, pull).conclusion == "action_required"
    repository.owner.add_member(house.person("ada"))  # type: ignore[attr-defined]
    house.work()
    assert check(house, pull).conclusion == "success"
    repository.owner.remove_member(house.person("ada"))  # type: ignore[attr-defined]
    house.work()
    assert check(house, pull).conclusion == "action_required"


def test_a_team_is_exempt_where_the_policy_names_it(house: House) -> None:
    repository = project(house, policy("document: CLA.md, exempt: {teams: [core]}"))
    team = repository.owner.team("core")  # type: ignore[attr-defined]
    pull = offer(house, repository, house.person("ada"))
    assert check(house, pull).conclusion == "action_required"
    team.add(house.person("ada"))
    house.work()
    assert check(house, pull).conclusion == "success"


def test_a_team_that_does_not_exist_exempts_nobody(house: House) -> None:
    repository = project(house, policy("document: CLA.md, exempt: {teams: [gone]}"))
    assert check(house, offer(house, repository, house.person("ada"))).conclusion == "action_required"


@pytest.mark.parametrize("exempt", ["members: true", "teams: [core]"])
def test_without_the_right_to_see_members_nobody_is_exempt_and_the_check_says_so(house: House, exempt: str) -> None:
    repository = project(house, policy(f"document: CLA.md, exempt: {{{exempt}}}"))
    house.github.fail(403, r"/orgs/", times=None, message="Resource not accessible by integration")
    pull = offer(house, repository, house.person("ada"))
    assert check(house, pull).conclusion == "action_required"
    assert "permission to read members" in told(house, pull)


def test_github_is_asked_of_nobody_who_has_signed(house: House) -> None:
    repository = project(house, policy("document: CLA.md, exempt: {members: true, teams: [core]}"))
    repository.owner.team("core")  # type: ignore[attr-defined]
    offer(house, repository, house.person("ada"), branch="first")
    sign(house, repository, house.person("ada"))
    house.github.forget_requests()
    offer(house, repository, house.person("ada"), branch="second")
    assert house.github.count("/orgs/") == 0


def propose(house: House, repository: Repository, governance: str, *authors: Identity) -> str:
    """Somebody proposes a policy beside a change; what the check tells of it."""
    mallory = house.person("mallory")
    files = {".github/governance.yml": governance}
    repository.commit("proposal", files, author=mallory, parent=repository.branches["main"])
    for number, author in enumerate(authors):
        repository.commit("proposal", {f"{number}.txt": "text\n"}, author=author)
    pull = repository.open_pull("proposal", by=mallory)
    house.work()
    return told(house, pull)


def test_a_proposed_policy_tells_nobody_who_belongs_where(house: House) -> None:
    repository = project(house)
    repository.owner.add_member(house.person("ada"))  # type: ignore[attr-defined]
    sign(house, repository, house.person("mallory"))
    house.github.forget_requests()
    summary = propose(house, repository, policy("document: CLA.md, exempt: {members: true}"), house.person("ada"))
    assert "Under it the result would be: action" in summary
    assert "Exemptions by membership are left out" in summary
    assert house.github.count("/orgs/") == 0


def test_many_names_in_one_pull_request_cost_few_requests(house: House) -> None:
    repository = project(house, policy("document: CLA.md, exempt: {members: true, teams: [core]}"))
    repository.owner.team("core")  # type: ignore[attr-defined]
    crowd = [house.person(f"person{number}") for number in range(30)]
    house.github.forget_requests()
    pull = offer(house, repository, house.person("ada"), co_authors=crowd)
    assert house.github.count("/orgs/") == 21
    assert "More than 20 people" in told(house, pull)


# -- companies ----------------------------------------------------------------------------------------------------

CORPORATE = policy("document: CLA.md, corporate: {document: CCLA.md}")


def company(house: House, repository: Repository, organization: str | None = None) -> int:
    """A company that signed on paper."""
    corporate = asked(house, repository).corporate
    assert corporate
    with writing(house.context.engine) as connection:
        number = companies.add_company(
            connection, corporate.document, corporate.version, "Example Inc", house.clock(), organization=organization
        )
        companies.sign_company(connection, number, house.clock(), how="paper", sha256=corporate.sha256)
    return number


def with_company(house: House) -> Repository:
    repository = project(house, CORPORATE)
    repository.commit("main", {"CCLA.md": "For companies.\n"}, message="Add the agreement for companies")
    offer(house, repository, house.person("eve"), branch="begin")
    return repository


def test_a_company_covers_whom_it_lists_once_they_acknowledge_it_until_they_leave(house: House) -> None:
    repository, ada = with_company(house), house.person("ada")
    number = company(house, repository)
    pull = offer(house, repository, ada)
    with writing(house.context.engine) as connection:
        companies.add_person(connection, number, ada.id, ada.login, "member", house.clock())
    again(house, repository, pull.number)
    assert "Example Inc" in told(house, pull)
    assert check(house, pull).conclusion == "action_required"
    with writing(house.context.engine) as connection:
        companies.acknowledge(connection, number, ada.id, house.clock())
    again(house, repository, pull.number)
    assert check(house, pull).conclusion == "success"

    house.clock.now += 10
    with writing(house.context.engine) as connection:
        companies.remove_person(connection, number, ada.id, house.clock())
    again(house, repository, pull.number)
    assert check(house, pull).conclusion == "success"  # what was offered before stays covered
    house.clock.now += 10
    repository.commit("feature", {"later.txt": "later\n"}, author=ada)
    house.work()
    assert check(house, pull).conclusion == "action_required"


def test_a_company_covers_the_members_of_its_organization(house: House) -> None:
    repository, ada = with_company(house), house.person("ada")
    employer = house.github.organization("example-inc")
    number = company(house, repository, "example-inc")
    pull = offer(house, repository, ada)
    assert check(house, pull).conclusion == "action_required"
    employer.add_member(ada)
    employer.publicize(ada)
    again(house, repository, pull.number)
    assert "Example Inc" in told(house, pull)
    with writing(house.context.engine) as connection:
        companies.acknowledge(connection, number, ada.id, house.clock())
    again(house, repository, pull.number)
    assert check(house, pull).conclusion == "success"

    house.clock.now += 10
    employer.remove_member(ada)
    house.clock.now += 10
    repository.commit("feature", {"later.txt": "later\n"}, author=ada)
    house.work()
    assert check(house, pull).conclusion == "action_required"


def test_who_goes_by_another_login_by_now_stays_covered(house: House) -> None:
    repository, ada = with_company(house), house.person("ada")
    employer = house.github.organization("example-inc")
    number = company(house, repository, "example-inc")
    employer.add_member(ada)
    employer.publicize(ada)
    pull = offer(house, repository, ada)
    with writing(house.context.engine) as connection:
        companies.acknowledge(connection, number, ada.id, house.clock())
        connection.execute(update(company_people).values(login="called-ada-before"))
    again(house, repository, pull.number)
    assert check(house, pull).conclusion == "success"


def test_an_organization_that_hides_its_members_from_steward_stops_nobody(house: House) -> None:
    repository, ada = with_company(house), house.person("ada")
    employer = house.github.organization("example-inc")
    employer.repository("work").commit("main", {"a.txt": "a\n"})
    house.github.install(house.app, employer)
    house.work()
    company(house, repository, "example-inc")
    employer.add_member(ada)
    employer.publicize(ada)
    house.github.fail(403, r"/orgs/example-inc/members", times=None, message="Resource not accessible by integration")
    assert "Example Inc" in told(house, offer(house, repository, ada))


def test_who_is_in_no_organization_is_covered_by_none(house: House) -> None:
    repository, ada = with_company(house), house.person("ada")
    house.github.organization("example-inc")
    company(house, repository, "example-inc")
    pull = offer(house, repository, ada)
    again(house, repository, pull.number)
    assert check(house, pull).conclusion == "action_required"
    assert "Example Inc" not in told(house, pull)


def test_a_private_membership_is_seen_where_steward_is_installed(house: House) -> None:
    repository, ada = with_company(house), house.person("ada")
    employer = house.github.organization("example-inc")
    employer.repository("work").commit("main", {"a.txt": "a\n"})
    house.github.install(house.app, employer)
    house.work()
    company(house, repository, "example-inc")
    employer.add_member(ada)
    pull = offer(house, repository, ada)
    assert "Example Inc" in told(house, pull)


# -- completeness -------------------------------------------------------------------------------------------------


def test_commits_that_github_does_not_show_are_no_pass(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = project(house)
    offer(house, repository, house.person("ada"), branch="first")
    sign(house, repository, house.person("ada"))
    monkeypatch.setattr("bot.github.history.LISTED_AT_MOST", 3)
    monkeypatch.setattr("bot.github.history._true_total", lambda *_: 300)
    pull = offer(house, repository, *[house.person("ada")] * 5)
    assert check(house, pull).conclusion == "failure"
    assert "5 of 300 commits" in told(house, pull)


def in_the_middle_of_a_look(monkeypatch: pytest.MonkeyPatch, happen: Callable[[], None]) -> None:
    """Let something happen once, after the next verdict is reached and before it is published."""
    todo = [happen]

    def evaluated(*arguments: Any) -> Verdict:
        verdict = evaluate(*arguments)
        if todo:
            todo.pop()()
        return verdict

    monkeypatch.setattr("bot.decide.pulls.evaluate", evaluated)


def test_a_signature_that_comes_during_the_first_look_is_not_lost(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository, ada = project(house), house.person("ada")
    in_the_middle_of_a_look(monkeypatch, lambda: put_down(house, repository, ada))
    assert check(house, offer(house, repository, ada)).conclusion == "success"


def test_a_signature_of_a_new_author_that_comes_while_their_push_is_looked_at_is_not_lost(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository, ada, ben = project(house), house.person("ada"), house.person("ben")
    sign(house, repository, ada)
    pull = offer(house, repository, ada)
    in_the_middle_of_a_look(monkeypatch, lambda: put_down(house, repository, ben))
    repository.commit("feature", {"more.txt": "more\n"}, author=ben)
    house.work()
    assert check(house, pull).conclusion == "success"


def test_a_revocation_during_the_first_look_leaves_nothing_green(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    repository, ada = project(house), house.person("ada")
    sign(house, repository, ada)
    in_the_middle_of_a_look(monkeypatch, lambda: take_back(house, repository, ada))
    assert check(house, offer(house, repository, ada)).conclusion == "action_required"


# -- before the first pull request --------------------------------------------------------------------------------


def test_the_agreement_is_known_before_anybody_opens_a_pull_request(house: House) -> None:
    repository = project(house)
    assert asked(house, repository).place == "acme/widgets:CLA.md"
    renewed = policy('document: CLA.md, version: "2.0", sign: [web]')
    repository.commit("main", {".github/governance.yml": renewed}, message="Ask anew")
    house.work()
    assert (asked(house, repository).version, asked(house, repository).ways) == ("2.0", ("web",))
    repository.commit("main", {".github/governance.yml": HEADERS}, message="Ask no more")
    house.work()
    with reading(house.context.engine) as connection:
        assert connection.execute(select(in_force)).all() == []


def test_who_signed_beforehand_is_green_at_once(house: House) -> None:
    repository = project(house)
    sign(house, repository, house.person("ada"))
    pull = offer(house, repository, house.person("ada"))
    assert check(house, pull).conclusion == "success"
    assert house.comments(pull) == []
