# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Files from elsewhere, with every oddity that they have been seen with, and with those of somebody who means ill."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.checkout.terminal import Refusal
from bot.commands.signatures import cla_assistant, clabot, files, lite
from bot.commands.signatures.files import Entry, Unusable, account_number, read_text
from bot.commands.signatures.times import day, moment, shown

HEADER = "User Name,Repository Owner,Repository Name,CLA Title,Gist URL,Gist Version,Signed At,Signed for Organisation"
AT = 1_577_934_245.0  # 2020-01-02T03:04:05Z


# -- dates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2020-01-02T03:04:05Z",
        "2020-01-02T03:04:05.000Z",
        "2020-01-02T04:04:05+01:00",
        "2020-01-02 03:04:05",
        " 2020-01-02T03:04:05 ",
    ],
)
def test_a_moment_is_read_however_iso_8601_spells_it(text: str) -> None:
    assert moment(text) == AT
    assert shown(AT) == "2020-01-02T03:04:05+00:00"


def test_a_day_is_its_first_moment() -> None:
    assert day(moment("2020-01-02")) == "2020-01-02"
    assert shown(None) == ""


@pytest.mark.parametrize("text", ["", "yesterday", "01/02/2020", "2020-13-01", "1577934245"])
def test_what_is_no_date_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match="is no date"):
        moment(text)


# -- files --------------------------------------------------------------------------------------------------------


def test_a_mark_at_the_beginning_is_not_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"\xef\xbb\xbf\xc3\xa4")
    assert read_text(tmp_path / "f") == "ä"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"ok\nok\n\xff\xfe", "line 3: not in UTF-8"),
        ("ann".encode("utf-16"), "line 1: not in UTF-8"),
        (b"x" * 1_001, "larger than"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, said: str
) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 1_000)
    (tmp_path / "f").write_bytes(content)
    with pytest.raises(Refusal, match=said):
        read_text(tmp_path / "f")


@pytest.mark.parametrize(("name", "said"), [("none", "No such file"), (".", "Is a directory")])
def test_a_file_that_is_none_says_so(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        read_text(tmp_path / name)


# -- numbers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", 5),
        ("005", 5),
        ("9223372036854775807", 2**63 - 1),
        ("9223372036854775808", None),
        ("0", None),
        ("", None),
        ("@5", None),
        ("ann", None),
        ("-5", None),
        ("٦", None),
        ("0" * 19 + "1" + "9" * 30, None),
    ],
)
def test_what_is_a_number_is_one_on_github(text: str, number: int | None) -> None:
    assert account_number(text) == number


# -- cla-assistant ------------------------------------------------------------------------------------------------


def test_cla_assistants_columns_are_kept_as_evidence_and_its_fields_as_answers() -> None:
    text = f"{HEADER},Full Name,E-Mail\nann,acme,widgets,CLA,https://gist/1,abc,2020-01-02T03:04:05.000Z,true,Ann A,\n"
    assert cla_assistant.parse(text) == [
        Entry(
            "line 2",
            login="ann",
            signed_at=AT,
            evidence={
                "repository_owner": "acme",
                "repository_name": "widgets",
                "title": "CLA",
                "document": "https://gist/1",
                "document_version": "abc",
                "for_organization": "true",
            },
            answers={"Full Name": "Ann A"},
        )
    ]


def test_a_field_that_is_called_like_a_column_takes_nobodys_place() -> None:
    text = "User Name,Signed At,Gist URL,username,Signed At,,\nmallory,2020-01-02T03:04:05Z,g,ann,1999-01-01,x,\n"
    answers = {"username": "ann", "Signed At": "1999-01-01", "column 6": "x"}
    assert cla_assistant.parse(text) == [Entry("line 2", "mallory", None, AT, {"document": "g"}, answers)]


@pytest.mark.parametrize(
    ("text", "logins"),
    [
        ("User Name,Signed At\nann,2020-01-02\nbob,2020-01-02", ["line 2 ann", "line 3 bob"]),
        ("User Name;Signed At\r\nann;2020-01-02\r\nbob;\r\n", ["line 2 ann", "line 3 bob"]),
        ('"user_name"\t"Signed At"\n"ann"\t""\n', ["line 2 ann"]),
        ('User Name,Full Name\nann,"Ann\nof\nAcme"\nbob,Bob\n', ["line 2 ann", "line 5 bob"]),
        ('User Name,Full Name\nann,"a ""b"", c"\n', ["line 2 ann"]),
        ("User Name,Full Name\n\n  \nann\n\n", ["line 4 ann"]),
        ("User Name,Full Name\nann,a\u2028b\nbob,\x0bx\n", ["line 2 ann", "line 3 bob"]),
        ("User Name\rann\rbob\r", ["line 2 ann", "line 3 bob"]),
        ("User Name\n", []),
    ],
)
def test_tables_are_read_however_they_are_written(text: str, logins: list[str]) -> None:
    assert [f"{entry.where} {entry.login}" for entry in cla_assistant.parse(text)] == logins


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: no column for the user name"),
        ("ann\nbob\n", "line 1: no column for the user name"),
        ("{}", "line 1: no column for the user name"),
        ("User Name\nann\nbob,x\n", "line 3: 2 cells under 1 titles"),
        ("User Name,Signed At\nann,2020-01-02\nbob,02.01.2020\n", "line 3: Signed At: '02.01.2020' is no date"),
        ("User Name,Team,Team\nann,a,b\n", "line 1: two columns have one title"),
        ('User Name,X\nann,"open\n\nbob,x\n', "line 2: unexpected end of data"),
        ('User Name,X\nann,"a"b\n', "line 2: "),
        ("User Name\n" + "a" * 200_000, "line 2: field larger than field limit"),
    ],
)
def test_a_table_that_is_none_says_where(text: str, said: str) -> None:
    with pytest.raises(Unusable, match=said):
        cla_assistant.parse(text)


# -- .clabot ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ['{"contributors": ["ann", " bob "], "label": "cla-signed", "message": "Sign!"}', '["ann", "bob"]'],
)
def test_clabots_list_is_read_in_its_file_or_alone(text: str) -> None:
    assert clabot.parse(text) == [Entry("entry 1", login="ann"), Entry("entry 2", login="bob")]


def test_addresses_and_domains_are_no_accounts() -> None:
    problems = [entry.problem for entry in clabot.parse('["ann@example.com", "@example.com", "ann"]')]
    assert problems == ["an e-mail address or a domain is no account"] * 2 + [None]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"contributors": "https://example.com/list"}', "the list is kept at https://example.com/list: save"),
        ('{"contributorListGithubUrl": "https://api.github.com/x"}', "the list is kept at"),
        ('{"contributorWebhook": "https://example.com/?c="}', "the list is kept at"),
        ('{"label": "cla-signed"}', "no list `contributors`"),
        ('{"contributors": {"ann": true}}', "no list `contributors`"),
        ("5", "no list `contributors`"),
        ('["ann", {"login": "bob"}]', "entry 2: no login"),
    ],
)
def test_a_clabot_file_without_a_list_says_what_to_do(text: str, said: str) -> None:
    with pytest.raises(Unusable, match=said):
        clabot.parse(text)


@pytest.mark.parametrize("parse", [cla_assistant.parse, lite.parse, clabot.parse])
def test_a_file_of_zeros_is_refused(parse: Callable[[str], list[Entry]]) -> None:
    with pytest.raises(Unusable):
        parse("\0" * 1_000)
