# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The file of cla-assistant's Lite action, with every oddity that it may have."""

import pytest

from bot.commands.signatures import lite
from bot.commands.signatures.files import Entry, Unusable

AT = 1_577_934_245.0  # 2020-01-02T03:04:05Z


def test_lites_entries_bring_the_account_and_the_comment() -> None:
    text = """{"signedContributors": [
        {"name": "ann", "id": 5, "comment_id": 77, "created_at": "2020-01-02T03:04:05Z", "repoId": 7,
         "pullRequestNo": 12},
        {"name": "bob", "id": "6"}, {"name": "carl", "id": null, "created_at": ""}]}"""
    assert lite.parse(text) == [
        Entry("entry 1", "ann", 5, AT, {"comment_id": 77, "repository_id": 7, "pull_request": 12}),
        Entry("entry 2", "bob", 6),
        Entry("entry 3", "carl"),
    ]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("77", 77),
        ('"77"', 77),
        ("0", "0"),
        ("-1", "-1"),
        ("7.5", "7.5"),
        ("true", "True"),
        ('""', ""),
        ('"#77"', "#77"),
        ("{}", "{}"),
        ('"' + "9" * 500 + '"', "9" * 200),
    ],
)
def test_odd_evidence_is_kept_as_text(told: str, kept: object) -> None:
    text = f'{{"signedContributors": [{{"name": "ann", "id": 5, "comment_id": {told}, "pullRequestNo": 0}}]}}'
    assert lite.parse(text) == [Entry("entry 1", "ann", 5, None, {"comment_id": kept, "pull_request": "0"})]


def row(fields: str) -> str:
    return f'{{"signedContributors": [{{"name": "ann", "id": 5}}, {fields}]}}'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: not JSON"),
        ('{"signedContributors": [\n{"name": "ann",}]}', "line 2: not JSON"),
        ("[]", "no list `signedContributors`"),
        ('{"signedContributors": {"ann": 5}}', "no list `signedContributors`"),
        (row('"bob"'), "entry 2: no object with a name and an id"),
        (row('{"id": 6}'), "entry 2: no name"),
        (row('{"name": ["bob"], "id": 6}'), "entry 2: no name"),
        (row('{"name": "bob", "id": "six"}'), "entry 2: id: 'six' is no id"),
        (row('{"name": "bob", "id": -6}'), "entry 2: id: '-6' is no id"),
        (row('{"name": "bob", "id": 6.5}'), "entry 2: id: '6.5' is no id"),
        (row('{"name": "bob", "id": true}'), "entry 2: id: 'True' is no id"),
        (row('{"name": "bob", "id": 9223372036854775808}'), "is no id"),
        (row('{"name": "bob", "id": "٦"}'), "is no id"),
        (row('{"name": "bob", "id": 0}'), "entry 2: id: '0' is no id"),
        (row('{"name": "bob", "id": NaN}'), "entry 2: id: 'nan' is no id"),
        (row('{"name": "bob", "id": 6, "created_at": 12}'), "entry 2: created_at is no date"),
        (row('{"name": "bob", "id": 6, "created_at": "May"}'), "entry 2: created_at: 'May' is no date"),
        (row('{"name": "bob", "id": ' + "9" * 5_000 + "}"), "a number too long"),
        ("[" * 100_000, "too deep"),
    ],
)
def test_a_file_of_lite_that_is_none_says_where(text: str, said: str) -> None:
    with pytest.raises(Unusable, match=said):
        lite.parse(text)
