# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which policy governs: the nearest file, its last good version where it is broken or out of sight, or none."""

from dataclasses import dataclass, field

from bot.decide.policies import Governing, choose, invalid_policy, no_policy
from bot.github.policy_files import PolicyFile
from rules.change import Change
from rules.finding import Conclusion

VALID = "version: 1\nrules:\n  headers: {license: MIT}\n"
OTHER = "version: 1\nenforcement: advise\n"
BROKEN = "version: 1\nrulez: {}\n"
CHANGE = Change(base="b" * 40, head="a" * 40, repository="acme/widgets", number=7)


@dataclass
class Remembered:
    """The last good policies, in memory."""

    policies: dict[str, tuple[str, str]] = field(default_factory=dict)

    def find(self, place: str) -> tuple[str, str] | None:
        return self.policies.get(place)

    def keep(self, place: str, commit: str, text: str) -> None:
        self.policies[place] = (commit, text)

    def forget(self, place: str) -> None:
        self.policies.pop(place, None)


def base(text: str | None, problem: str | None = None, commit: str = "c" * 40) -> PolicyFile:
    return PolicyFile("acme/widgets", "release", commit, text=text, problem=problem)


def default(text: str | None) -> PolicyFile:
    return PolicyFile("acme/widgets", "main", "d" * 40, text=text)


def shared(text: str | None, *, readable: bool = True) -> PolicyFile:
    commit, branch = ("e" * 40, "trunk") if readable else ("", "")
    return PolicyFile("acme/.github", branch, commit, readable, text, shared=True)


def source(governing: Governing) -> str | None:
    return governing.source and governing.source.partition("@")[2][:1]


def test_the_nearest_file_governs() -> None:
    assert source(choose([base(VALID), default(OTHER), shared(OTHER)], Remembered())) == "c"
    assert source(choose([base(None), default(VALID), shared(OTHER)], Remembered())) == "d"
    assert source(choose([base(None), default(None), shared(VALID)], Remembered())) == "e"


def test_the_source_names_file_and_commit() -> None:
    governing = choose([base(VALID)], Remembered())
    assert governing.source == f"acme/widgets:.github/governance.yml@{'c' * 40}"


def test_without_any_file_there_is_no_policy() -> None:
    assert choose([base(None), default(None), shared(None)], Remembered()) == Governing()
    assert choose([base(None), shared(None, readable=False)], Remembered()) == Governing()


def test_a_broken_file_does_not_fall_through_to_the_next_one() -> None:
    governing = choose([base(BROKEN), default(VALID)], Remembered())
    assert governing.policy is None
    assert "rulez is not a setting" in governing.problems[0].message


def test_the_last_good_version_stands_in_for_a_broken_one_and_says_so() -> None:
    good = Remembered()
    choose([base(VALID, commit="1" * 40)], good)
    governing = choose([base(BROKEN, commit="2" * 40)], good)
    assert governing.policy is not None
    assert source(governing) == "1"
    assert "broken since 2222222 (line 2: rulez is not a setting" in governing.notes[0]
    assert "its last valid version (1111111) is used" in governing.notes[0]


def test_a_file_that_is_no_text_is_broken_too() -> None:
    governing = choose([base(None, problem="it is not a text file")], Remembered())
    assert governing.problems[0].message == "The policy cannot be read: it is not a text file."


def test_one_branch_does_not_lend_its_good_version_to_another() -> None:
    good = Remembered()
    choose([default(VALID)], good)
    assert choose([base(BROKEN)], good).policy is None


def test_an_organization_policy_out_of_sight_still_holds_and_says_so() -> None:
    good = Remembered()
    choose([base(None), shared(VALID)], good)
    governing = choose([base(None), shared(None, readable=False)], good)
    assert governing.policy is not None
    assert "cannot be read now" in governing.notes[0]


def test_an_organization_policy_that_is_seen_to_be_gone_is_gone() -> None:
    good = Remembered()
    choose([base(None), shared(VALID)], good)
    choose([base(None), shared(None)], good)
    assert choose([base(None), shared(None, readable=False)], good) == Governing()


def test_a_removed_file_does_not_come_back_when_the_next_one_is_broken() -> None:
    good = Remembered()
    choose([base(VALID)], good)
    choose([base(None)], good)
    assert choose([base(BROKEN)], good).policy is None


def test_a_good_version_of_an_earlier_steward_may_be_no_good_any_more() -> None:
    good = Remembered({base(None).key: ("1" * 40, "version: 0\n")})
    assert choose([base(BROKEN)], good).policy is None


def test_no_policy_is_neutral_and_says_how_to_get_one() -> None:
    report = no_policy(CHANGE)
    assert report.conclusion is Conclusion.NEUTRAL
    assert report.policy_source is None
    assert "Add .github/governance.yml" in report.notes[0]


def test_a_broken_policy_fails_under_a_rule_of_its_own_with_every_line() -> None:
    report = invalid_policy(CHANGE, choose([base(BROKEN)], Remembered()))
    (result,) = report.rules
    assert report.conclusion is Conclusion.FAILURE
    assert (result.rule, result.findings[0].code, result.findings[0].line) == ("policy", "policy-invalid", 2)
