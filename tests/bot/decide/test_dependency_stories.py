# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a pull request adds to the dependencies is judged as GitHub compares it, from the webhook to the check."""

import re

import pytest

from bot.decide.lapses import look_at_what_lapsed
from bot.demo.github.dependencies import Advisory, Package
from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from rules.dependencies import LOOK_AGAIN
from tests.bot.decide.agreements import check, told, verdict
from tests.bot.decide.commands.help import say
from tests.bot.decide.deciding import governance, is_obeyed, look, push
from tests.bot.decide.deciding import project as begun
from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

COMPARED = "/dependency-graph/compare/"
OVERRIDE = "/steward override dependencies we replace it next week"
FINE = "Nothing speaks against the package that is added"


def project(house: House, settings: str = "licenses: {deny: [AGPL-3.0-only]}") -> Repository:
    return begun(house, governance(f"dependencies: {{{settings}}}"))


def offer(house: House, repository: Repository, *packages: Package) -> Pull:
    """A pull request that adds these packages; Steward has looked."""
    repository.dependencies.changes[:] = packages
    pull = house.pull(repository, {"requirements.txt": "x\n"})
    house.work()
    return pull


def test_a_license_that_is_denied_fails_and_one_that_fits_passes(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, Package("tangle", license="AGPL-3.0-or-later"), Package("plain"))
    assert verdict(house, pull) == ("failure", "1 of 2 added packages has a denied license")
    assert '- {purl: "pkg:pypi/tangle@1.0.0", reason: "..."}' in told(house, pull)
    repository.dependencies.changes[:] = [Package("plain")]
    push(house, pull, {"requirements.txt": "y\n"})
    assert verdict(house, pull) == ("success", FINE)


def test_a_choice_of_which_one_fits_passes(house: House) -> None:
    pull = offer(house, project(house), Package("both", license="AGPL-3.0-only OR MIT"))
    assert verdict(house, pull) == ("success", FINE)


def test_what_is_removed_is_nobodys_business(house: House) -> None:
    pull = offer(house, project(house), Package("tangle", license="AGPL-3.0-only", change="removed"))
    assert verdict(house, pull) == ("success", "No dependency is added")


def test_an_unknown_license_only_warns(house: House) -> None:
    pull = offer(house, project(house), Package("mystery", license=None))
    assert verdict(house, pull) == ("success", "Passed with 1 warning")
    assert "The license is not known: GitHub names no license.\n\n- `mystery 1.0.0 (pip)`, `r" in told(house, pull)


def test_an_exception_lets_a_package_through_and_the_check_says_so(house: House) -> None:
    settings = "licenses: {allow: [MIT]}, exceptions: [{purl: 'pkg:pypi/tangle', reason: Only in tests}]"
    pull = offer(house, project(house, settings), Package("Tangle", license="AGPL-3.0-only"))
    assert verdict(house, pull) == ("success", FINE)
    assert "Tangle 1.0.0 (pip) is let through by the policy: Only in tests" in told(house, pull)


def test_a_known_vulnerability_is_named_with_its_advisory(house: House) -> None:
    pull = offer(house, project(house), Package("leaky", advisories=(Advisory("GHSA-aaaa-bbbb-cccc"),)))
    assert verdict(house, pull) == ("failure", "1 of 1 added package has a known vulnerability")
    assert "GHSA-aaaa-bbbb-cccc (high): It runs what strangers send" in told(house, pull)
    assert "**[Read more about it](https://github.com/advisories/GHSA-aaaa-bbbb-cccc)**" in told(house, pull)


def test_what_strangers_name_a_package_calls_nobody(house: House) -> None:
    package = Package("<img>@mallory", license="AGPL-3.0-only", manifest="a\n@mallory.txt")
    pull = offer(house, project(house), package)
    assert "- `<img>@mallory 1.0.0 (pip)`, `a\\n@mallory.txt`\n" in told(house, pull)
    outside_of_code = re.sub("`[^`]*`", "", told(house, pull))
    assert "<img>" not in outside_of_code
    assert "@mallory" not in outside_of_code


def test_many_packages_make_a_short_comment(house: House) -> None:
    pull = offer(house, project(house), *(Package(f"p{number}", license="AGPL-3.0-only") for number in range(400)))
    (comment,) = pull.comments
    assert verdict(house, pull) == ("failure", "400 of 400 added packages have a denied license")
    assert len(comment.body) < 4_000
    assert "- and 380 more" in comment.body
    assert comment.body.count("purl") == 10
    assert comment.body.count("Use another package") == 1


@pytest.mark.parametrize("case", ["the graph is off", "private and without a license", "a fork"])
def test_where_github_compares_none_the_rule_is_skipped_and_says_what_to_switch_on(house: House, case: str) -> None:
    repository = project(house)
    repository.dependencies.enabled = case != "the graph is off"
    repository.private = case == "private and without a license"
    repository.parent = repository if case == "a fork" else None
    pull = offer(house, repository, Package("tangle", license="AGPL-3.0-only"))
    assert verdict(house, pull) == ("success", "Dependencies could not be compared")
    asked = house.github.count(COMPARED)
    assert "- Dependencies: GitHub compares no dependencies here. It does so only where" in told(house, pull)
    repository.dependencies.enabled = repository.dependencies.licensed = True
    repository.parent = None
    look(house, pull)
    assert verdict(house, pull)[0] == "failure"
    assert house.github.count(COMPARED) == asked + 1


@pytest.mark.parametrize("status", [500, 502, 0])
def test_what_github_cannot_compare_now_fails_and_is_looked_at_again_by_itself(house: House, status: int) -> None:
    repository = begun(house, governance("dependencies: {level: warning}", "protected: {paths: [LICENSE]}"))
    with house.github.outage(status, COMPARED):
        pull = offer(house, repository, Package("plain"))
        assert check(house, pull).conclusion == "failure"
        assert "| Protected files (`protected`) | ✅ fine |" in told(house, pull)
    assert lapsed_after(house, LOOK_AGAIN - 1) == 0
    assert lapsed_after(house, 1) == 1
    assert verdict(house, pull) == ("success", "All rules pass")
    assert lapsed_after(house, LOOK_AGAIN) == 0


def lapsed_after(house: House, seconds: float) -> int:
    """Time passes, and Steward looks at the verdicts that have lapsed; how many there were."""
    house.clock.now += seconds
    count = look_at_what_lapsed(house.context.world)
    house.work()
    return count


def test_a_rate_limit_puts_the_whole_look_off(house: House) -> None:
    repository = project(house)
    house.github.limit("secondary", retry_after=30, match=COMPARED)
    pull = offer(house, repository, Package("plain"))
    assert house.github.check_runs(repository, pull.head_sha) == []
    house.work_for(40)
    assert verdict(house, pull) == ("success", FINE)


def test_every_page_is_read_and_only_once_for_a_head(house: House) -> None:
    packages = [Package(f"p{number}") for number in range(249)]
    repository = project(house)
    pull = offer(house, repository, *packages, Package("tangle", license="AGPL-3.0-only"))
    assert verdict(house, pull) == ("failure", "1 of 250 added packages has a denied license")
    assert house.github.count(COMPARED) == 3
    look(house, pull)
    assert house.github.count(COMPARED) == 3


def test_an_override_holds_over_new_commits_with_the_same_files(house: House) -> None:
    pull = offer(house, project(house), Package("tangle", license="AGPL-3.0-only"))
    assert is_obeyed(say(house, pull, "mia", OVERRIDE))
    assert verdict(house, pull) == ("success", "Passed with 1 override")
    push(house, pull)
    assert verdict(house, pull) == ("success", "Passed with 1 override")
    push(house, pull, {"requirements.txt": "other\n"})
    assert verdict(house, pull)[0] == "failure"


def test_what_github_says_of_its_own_comparison_is_told(house: House) -> None:
    repository = project(house)
    repository.dependencies.warnings = "No snapshots were found for the head SHA @mallory"
    pull = offer(house, repository, Package("plain"))
    assert house.check(repository, pull.head_sha).conclusion == "failure"
    assert "GitHub says of its own comparison: No snapshots were found for the head SHA" in told(house, pull)
    assert "@mallory" not in told(house, pull)


def test_what_no_build_ever_sends_stays_incomplete_until_somebody_asks(house: House) -> None:
    repository = project(house)
    repository.dependencies.warnings = "No snapshots were found for the head SHA"
    pull = offer(house, repository)
    assert [lapsed_after(house, LOOK_AGAIN) for _ in range(8)] == [1, 1, 1, 1, 1, 1, 0, 0]
    assert verdict(house, pull)[0] == "failure"
    repository.dependencies.warnings = ""
    look(house, pull)
    assert verdict(house, pull) == ("success", "No dependency is added")


def test_what_a_build_sends_later_is_judged_without_a_hand(house: House) -> None:
    repository = project(house)
    repository.dependencies.warnings = "No snapshots were found for the head SHA"
    pull = offer(house, repository)
    assert verdict(house, pull) == ("failure", "GitHub has not seen all dependencies yet")
    repository.dependencies.warnings = ""
    repository.dependencies.changes[:] = [Package("tangle", license="AGPL-3.0-only")]
    assert lapsed_after(house, LOOK_AGAIN) == 1
    assert verdict(house, pull)[0] == "failure"
    assert lapsed_after(house, LOOK_AGAIN) == 0
