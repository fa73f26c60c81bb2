# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The log, read back as somebody would who trusts nobody: every row recomputed from what stands in it."""

import hashlib
import json
import threading
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, delete, select

from bot.store import audit
from bot.store.audit import Act, sealed
from bot.store.database import reading, writing
from bot.store.tables import audit as rows_table
from bot.store.tables import audit_details


def rows(engine: Engine) -> list[dict[str, Any]]:
    with reading(engine) as connection:
        return [row._asdict() for row in connection.execute(select(rows_table).order_by(rows_table.c.id))]


def details(engine: Engine) -> dict[int, str]:
    with reading(engine) as connection:
        return {row.id: row.body for row in connection.execute(select(audit_details))}


def recomputed(row: dict[str, Any]) -> str:
    """The hash of a row by the recipe in the documentation, not by the code under test."""
    told = {**{name: row[name] for name in ("id", "at", "kind", "previous")}, "body": json.loads(row["body"])}
    return hashlib.sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def write(engine: Engine, *acts: Act, now: float = 1_800_000_000.25) -> int:
    with writing(engine) as connection:
        return audit.append_all(connection, acts, now)


def test_the_first_row_follows_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        assert audit.head(connection) == (0, "0" * 64)
        assert audit.append(connection, "signature", 1.5, body={"signature": 5}) == 1
    (row,) = rows(engine)
    assert (row["id"], row["at"], row["kind"], row["body"]) == (1, 1.5, "signature", '{"signature":5}')
    assert (row["previous"], row["hash"]) == ("0" * 64, recomputed(row))


def test_every_row_carries_the_hash_of_the_one_before_it(engine: Engine) -> None:
    write(engine, Act("a", {"z": 1, "a": [1, 2]}), Act("b", {}))
    write(engine, Act("c", {"text": "ä\u2028"}))
    found = rows(engine)
    assert [row["id"] for row in found] == [1, 2, 3]
    assert [row["previous"] for row in found] == ["0" * 64, found[0]["hash"], found[1]["hash"]]
    assert [row["hash"] for row in found] == [recomputed(row) for row in found]
    with reading(engine) as connection:
        assert audit.head(connection) == (3, found[2]["hash"])


def test_nothing_to_write_is_nothing_written(engine: Engine) -> None:
    assert write(engine) == 0
    assert rows(engine) == []


def test_an_act_about_nobody_has_nothing_beside_it(engine: Engine) -> None:
    write(engine, Act("a", {}, sealed(None, {})))
    assert (details(engine), rows(engine)[0]["body"]) == ({}, "{}")


def test_time_never_runs_backwards(engine: Engine) -> None:
    for now in (20.5, 10.0, 20.5, 30.0):
        write(engine, Act("a", {}), now=now)
    found = rows(engine)
    assert [row["at"] for row in found] == [20.5, 20.5, 20.5, 30.0]
    assert [row["hash"] for row in found] == [recomputed(row) for row in found]


def test_what_names_somebody_stands_beside_the_chain_under_a_seal(engine: Engine) -> None:
    write(engine, Act("revocation", {"signature": 8}, sealed(5, {"reason": "Ann asked"})))
    (row,) = rows(engine)
    beside = details(engine)[1]
    assert "Ann" not in row["body"]
    told = json.loads(beside)
    assert len(told.pop("salt")) == 32
    assert told == {"account_id": 5, "reason": "Ann asked"}
    assert json.loads(row["body"]).keys() == {"signature", "details"}
    assert json.loads(row["body"])["details"] == hashlib.sha256(beside.encode()).hexdigest()


def test_the_same_words_have_another_seal_each_time(engine: Engine) -> None:
    write(engine, *(Act("revocation", {}, sealed(5, {"reason": "yes"})) for _ in range(2)))
    first, second = (json.loads(row["body"])["details"] for row in rows(engine))
    assert first != second


def test_the_chain_holds_when_what_stands_beside_it_is_erased(engine: Engine) -> None:
    write(engine, Act("revocation", {}, sealed(5, {"reason": "yes"})), Act("b", {}))
    with writing(engine) as connection:
        connection.execute(delete(audit_details).where(audit_details.c.account_id == 5))
    assert details(engine) == {}
    assert [row["hash"] for row in rows(engine)] == [recomputed(row) for row in rows(engine)]


def test_an_act_that_is_taken_back_leaves_no_row(engine: Engine) -> None:
    class Trouble(Exception): ...

    def fail(connection: Connection) -> None:
        audit.append(connection, "a", 1.0, body={}, details={"reason": "x"})
        raise Trouble

    with pytest.raises(Trouble), writing(engine) as connection:
        fail(connection)
    assert (rows(engine), details(engine)) == ([], {})


def test_many_writers_at_once_make_one_chain(engine: Engine) -> None:
    threads = [threading.Thread(target=lambda: [write(engine, Act("a", {})) for _ in range(5)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = rows(engine)
    assert [row["id"] for row in found] == list(range(1, 21))
    assert [row["previous"] for row in found[1:]] == [row["hash"] for row in found[:-1]]
