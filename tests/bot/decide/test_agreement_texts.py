# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which text is the agreement: the first of a version, told when it changes, and known before anybody needs it."""

import pytest
from sqlalchemy import select

from bot.decide.lapses import look_at_what_lapsed
from bot.store import signatures
from bot.store.agreements import text_of
from bot.store.database import reading, writing
from bot.store.signatures import NewSignature
from bot.store.tables import in_force, pinned
from bot.work.look_again import look_again
from tests.bot.decide.agreements import CLA, TEXT, again, asked, check, offer, policy, project, sign, told
from tests.house import HEADERS, House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

CORPORATE = policy("document: CLA.md, corporate: {document: CCLA.md}")


def test_the_first_text_of_a_version_is_pinned_and_another_is_reported(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"))
    sign(house, repository, house.person("ada"))
    repository.commit("main", {"CLA.md": TEXT + "And your house.\n"}, message="Ask for more")
    again(house, repository)
    assert check(house, pull).conclusion == "success"
    assert "is not the one that was first seen" in told(house, pull)
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


# -- before the first pull request ------------------------------------------------------------------------------------


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
