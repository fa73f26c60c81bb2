# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A database that the commands find by their environment, with acme's repository, and short words to run them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, select

from bot.cli import main
from bot.store.agreements import Document
from bot.store.contributors import keep_contributors
from bot.store.database import connect, reading, writing
from bot.store.judged import StoredReport, keep_report
from bot.store.repositories import RepositoryFacts, remember
from bot.store.signatures import NewSignature, Signature, listing, sign
from bot.store.tables import metadata
from bot.work.queue import Queue

CLA = Document(1, 7, "CLA.md")
PLACE = ("--document", "acme/widgets:CLA.md")
ANN, BOB = 5, 6

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what is settled before the database is asked, or by store functions that have tests of their own on both."""


class Desk:
    """The operator's desk: files to hand in, commands to run, and the record to look at."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        self.folder, self.engine = folder, engine

    def file(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def run(self, *arguments: str, answer: str = "") -> Result:
        done = CliRunner().invoke(main, ["signatures", *arguments], input=answer)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    def done(self, *arguments: str, answer: str = "") -> str:
        """What a command writes that goes well."""
        result = self.run(*arguments, answer=answer)
        assert result.exit_code == 0, result.output
        return result.output

    def refused(self, *arguments: str) -> str:
        """What a command writes that ends as a mistake in its use, and changes nothing."""
        before = self.everything()
        result = self.run(*arguments)
        assert result.exit_code == 2, result.output
        assert self.everything() == before
        return result.output

    def sign(self, account: int, login: str, **told: Any) -> int | None:
        version = told.pop("version", "1.0")
        document = told.pop("document", CLA)
        new = NewSignature(document, version, account, login, None, "web", told.pop("signed_at", 1000.0), **told)
        with writing(self.engine) as connection:
            return sign(connection, new)

    def open_pull(self, number: int, *accounts: int) -> None:
        with writing(self.engine) as connection:
            told = StoredReport(7, number, "a" * 40, "main", True, "failure", frozenset(), b"", 1.0)
            keep_report(connection, told)
            keep_contributors(connection, 7, number, accounts)

    def signatures(self) -> list[Signature]:
        with reading(self.engine) as connection:
            return list(listing(connection))

    def looked_at(self) -> list[str]:
        """The keys that wait for a look."""
        return [entry.key for entry in Queue(self.engine).listing()]

    def everything(self) -> dict[str, list[Any]]:
        """What stands in every table."""
        with reading(self.engine) as connection:
            return {
                name: list(connection.execute(select(table).order_by(*table.primary_key)))
                for name, table in metadata.tables.items()
            }


@pytest.fixture(autouse=True)
def _own_log(logs_as_before: None) -> None:
    """Each command sets up the log of its process."""


@pytest.fixture
def desk(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("STEWARD_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", database_url)
    for name in ("APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH", "WEBHOOK_SECRET"):
        monkeypatch.delenv(name, raising=False)
    engine = connect(database_url)
    with writing(engine) as connection:
        remember(connection, RepositoryFacts(7, 1, "Acme", "widgets", 3, False, "main", 100.0))
    yield Desk(tmp_path, engine)
    engine.dispose()


@pytest.fixture
def known(desk: Desk) -> tuple[str, str]:
    """The option that names ann's and bob's accounts."""
    return "--accounts", desk.file("accounts.csv", f"login,id\nann,{ANN}\nbob,{BOB}\n")
