# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The settings of the DCO App: what each means here, and what is wrong with a file, by its line."""

import pytest

from rules.dco_file import options_from
from rules.finding import Level
from rules.policy_problems import PolicyError

WHERE = "acme/widgets:.github/dco.yml"


@pytest.mark.parametrize(
    ("text", "remediation", "members"),
    [
        ("", (), False),
        ("\ufeff# nothing\n\n", (), False),
        ("require:\n  members: true\n", (), False),
        ("require:\n  members: false\n", (), True),
        ("require: {}\n", (), False),
        ("allowRemediationCommits:\n  individual: true\n", ("individual",), False),
        ("allowRemediationCommits:\n  individual: true\n  thirdParty: true\n", ("individual", "third-party"), False),
        ("allowRemediationCommits:\n  thirdParty: true\n", (), False),
        ("allowRemediationCommits: {individual: false, thirdParty: true}\n", (), False),
        (
            "allowRemediationCommits: {individual: true}\nrequire: {members: false, more: 1}\nallowOverrideAction: x\n",
            ("individual",),
            True,
        ),
        ("unknown: {a: [1]}\n", (), False),
    ],
)
def test_a_file_of_the_app_means_the_same_here(text: str, remediation: tuple[str, ...], members: bool) -> None:
    options = options_from(text, WHERE)
    assert (options.remediation, options.exempt.members) == (remediation, members)
    assert (options.level, options.match, options.merge_commits) == (Level.ERROR, "full", False)
    assert options.exempt.users.match("dependabot[bot]")
    assert not options.exempt.users.match("dependabot")


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("require: no\n", ['1:1: require should be a mapping of settings, not "no"']),
        (
            "require:\n  members: no\n",
            ['2:3: require.members should be true or false, not "no"; did you mean false?'],
        ),
        (
            "allowRemediationCommits:\n  individual: 1\n  thirdParty: [true]\n",
            [
                "2:3: allowRemediationCommits.individual should be true or false, not 1",
                "3:3: allowRemediationCommits.thirdParty should be true or false",
            ],
        ),
        ("require:\n", ["1:9: there is no value here: give one, or remove the key"]),
        ("require: [\n", ["2:1: not valid YAML: did not find expected node content"]),
        ("- require\n", ["1:1: the top of the file should be a mapping, such as `version: 1`"]),
        ("a: &b 1\n", ["1:4: anchors (&name) are not accepted: write the value out where it is needed"]),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, problems: list[str]) -> None:
    with pytest.raises(PolicyError) as refused:
        options_from(text, WHERE)
    assert [str(problem) for problem in refused.value.problems] == [f"{WHERE}:{problem}" for problem in problems]
