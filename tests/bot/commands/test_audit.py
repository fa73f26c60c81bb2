# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The audit log as its operator proves it whole and hands it on, and as somebody else then checks it."""

import csv
import errno
import hashlib
import io
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, delete, text

from bot.cli import main
from bot.commands.audit import audit as audit_commands
from bot.store import audit, audit_reading
from bot.store.database import connect, writing
from bot.store.tables import audit_details
from tests.bot.databases import SqliteFiles
from tests.bot.store.chains import ANN, BEGAN, change, change_beside, write_log
from tests.pages import Page

PAGE = Page("docs/audit.md")
(CHECK,) = (example.text for example in PAGE.examples if example.language == "python")
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what does not ask the database, or only a file of SQLite can hold."""


@pytest.fixture(autouse=True)
def _own_log(logs_as_before: None) -> None:
    """Each command sets up the log of its process."""


@pytest.fixture
def engine(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The database that the commands find by their environment."""
    monkeypatch.setenv("STEWARD_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", database_url)
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def heads(engine: Engine) -> list[str]:
    """The hashes of the six rows of a log."""
    return write_log(engine)


def run(*arguments: str) -> Result:
    done = CliRunner().invoke(main, ["audit", *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def exported(*arguments: str) -> list[dict[str, Any]]:
    done = run("export", *arguments)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def exported_csv(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run("export", "--format", "csv", *arguments).stdout)))


def example(words: str, head: str = "") -> str:
    """What the page shows in the example that holds these words, with this head for the one there."""
    (shown,) = (one.text for one in PAGE.examples if one.language == "console" and words in one.text)
    return re.sub("[0-9a-f]{64}", head, shown.partition("\n")[2])


# -- verify -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("engine")
def test_an_empty_log_is_whole() -> None:
    done = run("verify", "--head", "0" * 64)
    assert (done.exit_code, done.output) == (0, f"The audit log is whole: it has no rows.\nHead: {'0' * 64}\n")


def test_a_whole_log_is_told_with_its_head(heads: list[str]) -> None:
    for arguments in ((), ("--head", heads[2]), ("--head", heads[2].upper())):
        done = run("verify", *arguments)
        assert (done.exit_code, done.output) == (0, example("is whole:", heads[-1]))


def test_the_first_bad_row_is_named(engine: Engine, heads: list[str]) -> None:
    with writing(engine) as connection:
        change(connection, 3, kind="revocation")
    done = run("verify")
    assert (done.exit_code, done.output) == (1, example("is not whole:"))


@pytest.mark.usefixtures("heads")
def test_a_head_that_is_not_in_the_log_is_told() -> None:
    done = run("verify", "--head", "1" * 64)
    assert done.exit_code == 1
    assert done.output.startswith(
        f"The audit log is not whole: no row has the hash {'1' * 64}; since that was the head"
    )


@on_sqlite
@pytest.mark.usefixtures("heads")
def test_what_is_told_of_a_bad_row_steers_no_terminal(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("UPDATE audit SET id = :id WHERE id = 6"), {"id": "\x1b[2J"})
    said = "row 6 is missing; where it belongs stands row \\x1b[2J."
    assert run("verify").output == f"The audit log is not whole: {said}\n"


@on_sqlite
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("head", ["", "abc", "g" * 64, "1" * 63, "1" * 65, "1" * 64 + "\n", "\u0661" * 64])
def test_what_is_no_hash_is_a_mistake_in_use(head: str) -> None:
    done = run("verify", "--head", head)
    assert done.exit_code == 2
    assert "a hash is 64 hexadecimal digits" in done.output


# -- export -------------------------------------------------------------------------------------------------------


def test_an_export_holds_each_row_and_what_stands_beside_it(heads: list[str]) -> None:
    rows = exported()
    assert [row["hash"] for row in rows] == heads
    assert [row["previous"] for row in rows] == ["0" * 64, *heads[:-1]]
    fourth = rows[3]
    assert len(fourth["details"].pop("salt")) == 32
    assert len(fourth["body"].pop("details")) == 64
    assert fourth == {
        "id": 4,
        "at": "2027-01-15T08:03:00.250000+00:00",
        "at_seconds": BEGAN + 180,
        "kind": "revocation",
        "body": {"signature": 1},
        "details": {"account_id": ANN, "reason": "Zo\u00eb asked"},
        "previous": heads[2],
        "hash": heads[3],
    }
    assert (rows[4]["body"], rows[4]["details"]) == ({"by": None, "company": 3}, None)


def test_csv_holds_the_same(heads: list[str]) -> None:
    rows = exported_csv()
    assert list(rows[0]) == [cells[0].strip("`") for cells in PAGE.rows("Export")]
    for row, told in zip(rows, exported(), strict=True):
        read = {name: json.loads(row[name] or "null") for name in ("id", "at_seconds", "body", "details")}
        assert {**row, **read} == told


def test_details_that_were_erased_are_left_empty(engine: Engine, heads: list[str]) -> None:
    with writing(engine) as connection:
        connection.execute(delete(audit_details).where(audit_details.c.account_id == ANN))
    assert [row["id"] for row in exported() if row["details"]] == [3, 6]
    assert [row["id"] for row in exported_csv() if row["details"]] == ["3", "6"]
    assert exported()[0]["hash"] == heads[0]


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_the_head_of_the_whole_log_is_told_beside_an_export(heads: list[str], form: str) -> None:
    for since in ((), ("--since", "2027-01-15T08:04")):
        done = run("export", "--format", form, *since)
        assert done.stderr == f"The audit log has 6 rows; its head is {heads[-1]}.\n"


@on_sqlite
@pytest.mark.usefixtures("heads")
@pytest.mark.parametrize(
    ("since", "ids"),
    [
        ("2027-01-15", [1, 2, 3, 4, 5, 6]),
        ("2027-01-15T08:03:00.25", [4, 5, 6]),
        ("2027-01-15T08:03:00.250001Z", [5, 6]),
        ("2027-01-15T09:03:00.25+01:00", [4, 5, 6]),
        ("2027-01-16", []),
        ("0001-01-01", [1, 2, 3, 4, 5, 6]),
        ("9999-12-31T23:59:59-14:00", []),
    ],
)
def test_an_export_may_begin_at_a_time(since: str, ids: list[int]) -> None:
    assert [row["id"] for row in exported("--since", since)] == ids
    assert [row["id"] for row in exported_csv("--since", since)] == [str(number) for number in ids]


@on_sqlite
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("since", ["yesterday", "03/04/2026", "2026-13-01", ""])
def test_what_is_no_date_is_a_mistake_in_use(since: str) -> None:
    done = run("export", "--since", since)
    assert done.exit_code == 2
    assert "is no date such as 2024-05-31" in done.output


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_an_export_is_of_one_moment(
    engine: Engine, heads: list[str], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    real = audit_reading.rows

    @contextmanager
    def rows_while_others_write(*asked: Any) -> Iterator[Iterator[audit_reading.Row]]:
        with real(*asked) as found:
            first = next(found)
            with writing(engine) as other:
                audit.append(other, "signature", BEGAN + 400, body={}, account_id=ANN)
            yield chain([first], found)

    monkeypatch.setattr("bot.commands.audit.rows", rows_while_others_write)
    done = run("export", "--format", form)
    assert [line for line in done.stdout.splitlines() if heads[-1] in line] == done.stdout.splitlines()[-1:]
    assert done.stderr == f"The audit log has 6 rows; its head is {heads[-1]}.\n"
    assert "The audit log has 7 rows" in run("export").stderr


@on_sqlite
@pytest.mark.usefixtures("heads")
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(engine: Engine) -> None:
    with writing(engine) as connection:
        change(connection, 2, kind="=HYPERLINK()")
    assert exported_csv()[1]["kind"] == "'=HYPERLINK()"
    assert exported()[1]["kind"] == "=HYPERLINK()"


@on_sqlite
@pytest.mark.usefixtures("heads")
def test_a_log_that_was_tampered_with_is_exported_as_it_stands(engine: Engine) -> None:
    with writing(engine) as connection:
        change(connection, 1, kind="\u00e4\n", at=float("inf"))
        change(connection, 2, body="{", at=-1.0)
        change_beside(connection, 3, body="[" * 50_000)
        connection.execute(text("UPDATE audit SET body = CAST(x'ff' AS TEXT), at = 'noon' WHERE id = 4"))
        connection.execute(text("UPDATE audit SET id = x'ff' WHERE id = 6"))
    rows, cells = exported(), exported_csv()
    assert (rows[0]["kind"], cells[0]["kind"]) == ("\u00e4\n", "\u00e4\n")
    for number, body in ((0, None), (1, "{"), (3, "\udcff")):
        assert (rows[number]["at"], rows[number]["at_seconds"], cells[number]["at_seconds"]) == (None, None, "")
        assert body is None or rows[number]["body"] == body
    assert (rows[2]["details"], cells[2]["details"]) == ("[" * 50_000, "[" * 50_000)
    assert (cells[1]["body"], cells[3]["body"]) == ("{", "\\udcff")
    assert rows[5]["id"] == cells[5]["id"] == "b'\\xff'"


class _NoMore(io.StringIO):
    """Where nothing can be written."""

    def __init__(self, trouble: OSError) -> None:
        super().__init__()
        self.trouble = trouble

    def write(self, _text: str) -> int:
        raise self.trouble


@on_sqlite
@pytest.mark.usefixtures("heads")
@pytest.mark.parametrize("form", ["jsonl", "csv"])
@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "Error: the export cannot be written: No space left on device\n",
        ),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), ""),
    ],
)
def test_where_nothing_can_be_written_no_head_is_told(
    monkeypatch: pytest.MonkeyPatch, form: str, trouble: OSError, said: str
) -> None:
    monkeypatch.setattr("bot.commands.audit.output", lambda: _NoMore(trouble))
    done = run("export", "--format", form)
    assert (done.exit_code, done.output) == (1, said)


# -- an export, checked by somebody who trusts nobody -------------------------------------------------------------


def checked(folder: Path, rows: list[str]) -> subprocess.CompletedProcess[str]:
    """What the program on the page says of an export."""
    program = folder / "check.py"
    program.write_text(CHECK, "utf-8")
    command = [sys.executable, "-I", str(program)]
    return subprocess.run(command, input="\n".join(rows), capture_output=True, text=True, check=False)


@on_sqlite
def test_the_program_on_the_page_finds_a_whole_export_whole(tmp_path: Path, heads: list[str]) -> None:
    rows = run("export").stdout.splitlines()
    for some in (rows, rows[3:]):
        assert checked(tmp_path, some).stdout == f"{heads[-1]}\n"


@on_sqlite
@pytest.mark.usefixtures("heads")
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"kind":"company"', '"kind":"companx"', "row 2 was changed"),
        (f'"at_seconds":{BEGAN + 120}', f'"at_seconds":{BEGAN + 121}', "row 3 was changed"),
        ("Zo\\u00eb", "Zoe", "row 4 has other details"),
        ('{"id":5', '{"id":50', "row 50 was changed"),
    ],
)
def test_it_finds_what_was_changed(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = run("export").stdout
    assert old in text
    assert checked(tmp_path, text.replace(old, new, 1).splitlines()).stderr == f"{said}\n"


@on_sqlite
@pytest.mark.usefixtures("heads")
def test_it_finds_what_is_missing(tmp_path: Path) -> None:
    rows = run("export").stdout.splitlines()
    assert checked(tmp_path, rows[:2] + rows[3:]).stderr == "row 4 does not follow the row before it\n"


def test_the_line_that_is_hashed_is_the_one_on_the_page(heads: list[str]) -> None:
    (line,) = (one.text.rstrip("\n") for one in PAGE.examples if one.language == "text")
    columns = {"AT": "at_seconds", "BODY": "body", "ID": "id", "KIND": "kind", "PREVIOUS": "previous"}
    pieces = re.split("([A-Z]+)", line)
    for row in exported_csv():
        hashed = "".join(row[columns[piece]] if piece in columns else piece for piece in pieces)
        assert hashlib.sha256(hashed.encode()).hexdigest() == row["hash"]
        if row["details"]:
            assert hashlib.sha256(row["details"].encode()).hexdigest() == json.loads(row["body"])["details"]


# -- the page, and a database that cannot be used -----------------------------------------------------------------


@pytest.mark.parametrize(
    "line", [line for one in PAGE.examples if one.language == "sh" for line in one.text.splitlines()]
)
def test_the_commands_on_the_page_are_spelled_right(line: str) -> None:
    program, group, command, *options = shlex.split(line.partition(" > ")[0])
    assert (program, group) == ("steward", "audit")
    audit_commands.commands[command].make_context("steward", options)


@pytest.mark.parametrize("command", ["verify", "export"])
@pytest.mark.parametrize("version", ["0002", "9999"])
def test_a_database_of_another_version_is_told_in_one_line(
    tmp_path: Path, sqlite_files: SqliteFiles, monkeypatch: pytest.MonkeyPatch, command: str, version: str
) -> None:
    monkeypatch.setenv("STEWARD_DATA", str(tmp_path))
    engine = connect(sqlite_files.new(tmp_path))
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    engine.dispose()
    done = run(command)
    said = "its schema is of another version; to bring it up to date: steward migrate"
    assert (done.exit_code, done.output) == (2, f"Error: the database cannot be used: {said}\n")


@pytest.mark.parametrize("command", ["verify", "export"])
def test_a_damaged_database_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("STEWARD_DATA", str(tmp_path))
    (tmp_path / "steward.db").write_bytes(b"no database at all" * 100)
    done = run(command)
    assert (done.exit_code, done.output) == (2, "Error: the database cannot be used: file is not a database\n")


@pytest.mark.parametrize("command", ["verify", "export"])
def test_where_there_is_no_database_none_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("STEWARD_DATA", str(tmp_path / "elsewhere"))
    done = run(command)
    assert done.exit_code == 2
    assert f"there is none at {tmp_path / 'elsewhere' / 'steward.db'}" in done.output
    assert not (tmp_path / "elsewhere" / "steward.db").exists()
