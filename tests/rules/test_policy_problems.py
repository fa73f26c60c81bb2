# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Reading a policy that is wrong: every mistake at once, where it is, in words that help."""

import pytest

from rules.patterns import MAX_ENTRIES
from rules.policy import parse
from rules.policy_problems import MAX_PROBLEMS, PolicyError, PolicyProblem


def problems(text: str) -> tuple[PolicyProblem, ...]:
    with pytest.raises(PolicyError) as caught:
        parse(text, "governance.yml")
    return caught.value.problems


MISTAKES = [
    # keys
    ("version: 1\nenforcment: enforce", "2:1: enforcment is not a setting; did you mean enforcement?"),
    (
        "version: 1\nrules: {ai_assistance: {}}",
        "2:9: rules.ai_assistance is not a setting; did you mean ai-assistance?",
    ),
    (
        "version: 1\nrules:\n  headers:\n    license: MIT\n    lisense: MIT",
        "5:5: rules.headers.lisense is not a setting; did you mean license?",
    ),
    (
        "version: 1\nrules: {headers: {license: [{path: [a], paths: [a], license: MIT}]}}",
        "2:30: rules.headers.license[0].path is not a setting; did you mean paths?",
    ),
    (
        "version: 1\nrules: {dco: {exempt: {zebra: 1}}}",
        "2:24: rules.dco.exempt.zebra is not a setting (there are users, members)",
    ),
    ('version: 1\n"a\\nb": 1', r"2:1: a\nb is not a setting (there are version, enforcement, "),
    ("version: 1\n" + "a" * 100 + ": 1", "2:1: " + "a" * 57 + "... is not a setting"),
    # what is missing
    ("enforcement: enforce", "1:1: version is missing"),
    (
        "version: 1\nrules:\n  headers: {}",
        "3:3: rules.headers.license is missing: name the license that headers should carry, such as Apache-2.0",
    ),
    ("version: 1\nrules: {headers: {license: []}}", "2:19: rules.headers.license is missing: name the license"),
    (
        "version: 1\nrules: {headers: {license: [{paths: [a]}]}}",
        "2:29: rules.headers.license[0].license is missing",
    ),
    (
        "version: 1\nrules: {headers: {license: MIT, style: custom}}",
        "2:9: rules.headers.template is missing: style: custom needs the text of the header here",
    ),
    ("version: 1\nrules: {dependencies: {exceptions: [{purl: 'pkg:a/b'}]}}", "exceptions[0].reason is missing"),
    ("version: 1\nrules: {cla: {fields: [{name: a}]}}", "2:24: rules.cla.fields[0].label is missing"),
    ("version: 1\nrules:", "2:7: there is no value here: give one, or remove the key"),
    ("version: 1\nrules: {datasets: {approvals: {teams: }}}", "2:39: there is no value here"),
    # words
    ("version: 2", "1:1: version should be 1, not 2"),
    ("version: true", "1:1: version should be 1, not true"),
    ("version: '1'", '1:1: version should be 1, not "1"; did you mean 1?'),
    ("version: 1.0", '1:1: version should be 1, not "1.0"'),
    ("version: [1]", "1:1: version should be 1"),
    (
        "version: 1\nenforcement: enforced",
        '2:1: enforcement should be enforce or advise, not "enforced"; did you mean enforce?',
    ),
    (
        "version: 1\nrules: {dco: {level: eror}}",
        '2:15: rules.dco.level should be error or warning or off, not "eror"; did you mean error?',
    ),
    ("version: 1\nrules: {dco: {level: 1}}", "rules.dco.level should be error or warning or off, not 1"),
    ("version: 1\nrules: {dco: {level: false}}", "rules.dco.level should be error or warning or off, not false"),
    (
        "version: 1\nrules: {cla: {covers: [author]}}",
        '2:24: rules.cla.covers[0] should be opener or authors or co-authors or committers, not "author"; did you mean',
    ),
    (
        "version: 1\ncommands: {approve: {permission: wirte}}",
        "should be read or pull or triage or write or push or maintain or admin",
    ),
    ("version: 1\ncommands: {approve: {permission: wirte}}", "did you mean write?"),
    ("version: 1\nrules: {datasets: {approvals: {permission: 1}}}", "or admin, not 1"),
    (
        "version: 1\nrules: {ai-assistance: {require: disclosed}}",
        'rules.ai-assistance.require should be disclosure, not "disclosed"; did you mean disclosure?',
    ),
    # types
    ("version: 1\nrules: [cla]", "2:1: rules should be a mapping of settings"),
    ("version: 1\nrules: {cla: error}", '2:9: rules.cla should be a mapping of settings, not "error"'),
    ("version: 1\nvotes: [a]", "2:1: votes should be a mapping of settings"),
    ("version: 1\nbranches: main", '2:1: branches should be a list, not "main"; did you mean [main]?'),
    ("version: 1\nbranches: 1", "2:1: branches should be a list, not 1"),
    (
        "version: 1\nrules: {cla: {exempt: {teams: core}}}",
        'rules.cla.exempt.teams should be a list, not "core"; did you mean [core]?',
    ),
    ("version: 1\nrules: {headers: {license: 1}}", "rules.headers.license should be a list, not 1"),
    ("version: 1\nrules: {headers: {license: [MIT]}}", "rules.headers.license[0] should be a mapping of settings"),
    (
        "version: 1\nrules: {cla: {record_ip: yes}}",
        'rules.cla.record_ip should be true or false, not "yes"; did you mean true?',
    ),
    ("version: 1\nrules: {cla: {record_ip: 1}}", "rules.cla.record_ip should be true or false, not 1"),
    ("version: 1\nrules: {cla: {version: 1}}", 'rules.cla.version should be text, not 1; did you mean "1"?'),
    (
        "version: 1\nrules: {headers: {license: MIT, holder: true}}",
        'rules.headers.holder should be text, not true; did you mean "true"?',
    ),
    ("version: 1\nrules: {headers: {license: MIT, holder: [a]}}", "rules.headers.holder should be text"),
    ("version: 1\nrules: {models: {approvals: {count: '2'}}}", 'approvals.count should be a whole number, not "2"'),
    ("version: 1\nrules: {models: {approvals: {count: true}}}", "approvals.count should be a whole number, not true"),
    (
        "version: 1\nrules: {dco: {locked: level}}",
        'rules.dco.locked should be true, false or a list of settings, not "level"',
    ),
    ("version: 1\nrules: {dco: {locked: [1]}}", "rules.dco.locked should be true, false or a list of settings"),
    # bounds
    ("version: 1\nrules: {models: {approvals: {count: 11}}}", "approvals.count should be at most 10, not 11"),
    ("version: 1\nrules: {models: {approvals: {count: -1}}}", "approvals.count should be at least 0, not -1"),
    (f"version: 1\nbranches: [{'a, ' * (MAX_ENTRIES + 1)}]", "2:1: branches should have at most 500 entries"),
    ("version: 1\nbranches: []", "2:1: branches should have at least one entry"),
    ("version: 1\nbranches: ['']", "2:12: branches[0] should not be empty"),
    ("version: 1\nrules: {cla: {sign: []}}", "2:15: rules.cla.sign should have at least one entry"),
    (
        f"version: 1\nrules: {{headers: {{license: MIT, holder: {'a' * 301}}}}}",
        "rules.headers.holder should have at most 300 characters",
    ),
    # shapes and patterns
    (
        "version: 1\nrules: {cla: {grace: 2 weeks}}",
        '2:15: rules.cla.grace should be a number of days or hours, such as 14d or 12h, not "2 weeks"',
    ),
    ("version: 1\nrules: {cla: {version: 'one'}}", 'rules.cla.version should be two numbers, such as 1.0, not "one"'),
    ("version: 1\nrules: {cla: {document: /etc/passwd}}", "rules.cla.document should be a path in this repository"),
    ("version: 1\nrules: {cla: {document: ../CLA.md}}", "rules.cla.document should be a path in this repository"),
    ("version: 1\nrules: {cla: {document: 'a/b:c/../d'}}", "rules.cla.document should be a path in this repository"),
    ("version: 1\nrules: {cla: {document: docs/}}", "rules.cla.document should be a path in this repository"),
    ("version: 1\nrules: {cla: {document: ''}}", "rules.cla.document should be a path in this repository"),
    ("version: 1\nrules: {cla: {exempt: {users: ['*']}}}", "rules.cla.exempt.users[0] should be a login"),
    ("version: 1\nrules: {cla: {exempt: {teams: ['@acme/core']}}}", "should be the slug of a team"),
    ("version: 1\nrules: {cla: {exempt: {agents: [robot]}}}", "exempt.agents[0] should be an e-mail address"),
    ("version: 1\nrules: {cla: {fields: [{name: A b, label: x}]}}", "fields[0].name should be lower-case letters"),
    ('version: 1\nrules: {headers: {license: MIT, holder: "a\\nb"}}', r"holder should be one line of text, not "),
    ("version: 1\nrules: {dependencies: {exceptions: [{purl: x, reason: y}]}}", "purl should be a package URL"),
    ("version: 1\nrules: {dependencies: {exceptions: [{purl: 'pkg:a/', reason: y}]}}", "purl should be a package URL"),
    (
        "version: 1\nrules: {dependencies: {exceptions: [{purl: 'pkg:a/b?c', reason: y}]}}",
        "purl should be a package URL",
    ),
    (
        "version: 1\nrules: {dependencies: {exceptions: [{purl: 'pkg:a/b#c', reason: y}]}}",
        "purl should be a package URL",
    ),
    ("version: 1\nrules: {dependencies: {exceptions: [{purl: 'pkg:a/b', reason: ' '}]}}", "reason should be one line"),
    (
        "version: 1\nrules: {headers: {license: MIT, exclude: ['a\\']}}",
        "2:43: rules.headers.exclude[0] should be a path",
    ),
    ("version: 1\nrules: {headers: {license: MIT, exclude: ['[z-a]']}}", "exclude[0] cannot be read as a pattern"),
    ("version: 1\nrules: {headers: {license: MIT, include: ['!a']}}", "include should have at least one pattern"),
    ("version: 1\nbranches: ['a b']", "2:12: branches[0] should be a branch or a pattern"),
    # licenses
    (
        "version: 1\nrules: {headers: {license: Apache2}}",
        "2:19: rules.headers.license names a license that SPDX does not list: Apache2; did you mean Apache-2.0?",
    ),
    (
        "version: 1\nrules: {headers: {license: [{paths: [a], license: MIT AND}]}}",
        "2:42: rules.headers.license[0].license should be an SPDX license expression",
    ),
    (
        "version: 1\nrules: {datasets: {licenses: {allow: [MIT OR ISC]}}}",
        "2:39: rules.datasets.licenses.allow[0] should",
    ),
    (
        "version: 1\nrules: {datasets: {licenses: {allow: [MIT], deny: [ISC, mit]}}}",
        "2:45: rules.datasets.licenses.deny names a license that stands under allow as well: MIT",
    ),
    ('version: 1\nrules: {headers: {license: "\\e[31mMIT"}}', r"\x1b[31mMIT"),
    # settings that do not go together
    (
        "version: 1\nrules: {headers: {license: MIT, template: x}}",
        "2:33: rules.headers.template has no effect without style: custom",
    ),
    (
        "version: 1\nrules: {cla: {sign: [comment], fields: [{name: a, label: x, required: true}]}}",
        "2:32: rules.cla.fields asks for a, which a comment cannot answer: add web to sign, or do not require it",
    ),
    (
        "version: 1\nrules: {cla: {fields: [{name: a, label: x}, {name: a, label: y}]}}",
        "2:15: rules.cla.fields should give every field a name of its own; two are called a",
    ),
    (
        "version: 1\nrules: {dco: {locked: [levle]}}",
        "2:15: rules.dco.locked names a setting that this rule does not have: levle; did you mean level?",
    ),
    # the text itself
    ("", "1:1: the file is empty"),
    ("version: 1\nrules: {", "not valid YAML"),
    ("version: 1\nversion: 1", "2:1: the key 'version' stands here a second time"),
    ("version: 1\nrules: {dco: &a {}, cla: *a}", "2:26: aliases (*name) are not accepted"),
]


@pytest.mark.parametrize(("text", "words"), MISTAKES)
def test_a_mistake_is_told_with_its_place_and_what_was_meant(text: str, words: str) -> None:
    assert words in "\n".join(str(problem).removeprefix("governance.yml:") for problem in problems(text))


def test_one_mistake_is_one_problem() -> None:
    several = ("&a {}, cla: *a",)
    told = {text: len(problems(text)) for text, _ in MISTAKES if not any(part in text for part in several)}
    assert [text for text, count in told.items() if count > 1] == []


def test_a_problem_tells_its_parts_to_a_program_too() -> None:
    (problem,) = problems("version: 1\nrules: {headers: {license: Apache2}}")
    assert problem.source == "governance.yml"
    assert (problem.line, problem.column) == (2, 19)
    assert problem.key == "rules.headers.license"
    assert problem.suggestion == "Apache-2.0"
    assert str(problem) == f"governance.yml:2:19: {problem.message}"


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = """\
version: 2
rules:
  protected: {paths: []}
  dco:
  cla: {grace: long, grace: 1d, record_ip: on}
  headers: {licence: MIT}
"""
    assert [problem.line for problem in problems(text)] == [1, 3, 4, 5, 5, 5, 6, 6]


def test_many_mistakes_end_with_a_count_of_the_rest() -> None:
    found = problems("version: 1\n" + "".join(f"k{number}: 1\n" for number in range(MAX_PROBLEMS + 7)))
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1].message == "7 more from here on"


def test_an_error_shows_all_its_problems() -> None:
    with pytest.raises(PolicyError) as caught:
        parse("version: 2\nx: 1", "a/governance.yml")
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]
    assert str(caught.value).startswith("a/governance.yml:1:1: ")
