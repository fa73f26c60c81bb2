# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A log that is whole is known to be, whatever was erased of it; one that was cut short or written anew is found."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from sqlalchemy import Connection, Engine

from bot.store import audit, audit_reading, audit_verifying, personal, signatures
from bot.store.agreements import Document
from bot.store.audit_reading import Row, rows
from bot.store.audit_verifying import Broken, Whole, verify
from bot.store.database import reading, reading_one_moment, writing
from tests.bot.store.chains import (
    ANN,
    BEGAN,
    Tampering,
    chain_anew,
    change,
    drop,
    erase,
    write_log,
)


@pytest.fixture
def heads(engine: Engine) -> list[str]:
    """The hashes of the six rows of a log."""
    return write_log(engine)


def verified(engine: Engine, *known: str) -> Whole:
    with reading_one_moment(engine) as connection:
        return verify(connection, *known)


def broken(engine: Engine, *known: str) -> str:
    """What is said of a log that is not whole."""
    with pytest.raises(Broken) as found:
        verified(engine, *known)
    return str(found.value)


def tamper(engine: Engine, *acts: Tampering) -> None:
    with writing(engine) as connection:
        for act in acts:
            act(connection)


def cut(connection: Connection) -> None:
    drop(5, 6)(connection)
    erase(5, 6)(connection)


# -- a log that is whole ------------------------------------------------------------------------------------------


def test_a_whole_log_is_told_by_its_length_its_times_and_its_head(engine: Engine, heads: list[str]) -> None:
    assert verified(engine) == Whole(6, BEGAN, BEGAN + 300, heads[-1])


def test_an_empty_log_is_whole(engine: Engine) -> None:
    assert verified(engine) == Whole(0, 0.0, 0.0, "0" * 64)
    assert "no row has the hash" in broken(engine, "1" * 64)


def test_any_head_that_was_noted_earlier_is_found(engine: Engine, heads: list[str]) -> None:
    for known in ("0" * 64, *heads):
        assert verified(engine, known).head == heads[-1]
    assert broken(engine, "1" * 64).startswith(f"no row has the hash {'1' * 64}; ")


def test_what_was_erased_is_not_missed(engine: Engine, heads: list[str]) -> None:
    with writing(engine) as connection:
        new = signatures.NewSignature(Document(1, 7, "CLA.md"), "1.0", ANN, "ann", None, "web", BEGAN + 400)
        signatures.sign(connection, new)
        assert personal.erase(connection, ANN, BEGAN + 500)
    assert verified(engine, heads[-1]).count == 8
    tamper(engine, erase(*range(1, 9)))
    assert verified(engine, heads[-1]).count == 8


def test_what_comes_meanwhile_is_left_for_the_next_time(
    engine: Engine, heads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_reading, "AT_ONCE", 1)

    @contextmanager
    def rows_while_others_write(connection: Connection) -> Iterator[Iterator[Row]]:
        with rows(connection) as found:
            yield map(write_one_more, found)

    def write_one_more(row: Row) -> Row:
        with writing(engine) as other:
            audit.append(other, "signature", BEGAN + 400, body={}, account_id=ANN)
        return row

    with monkeypatch.context() as patched:
        patched.setattr(audit_verifying, "rows", rows_while_others_write)
        assert verified(engine) == Whole(6, BEGAN, BEGAN + 300, heads[-1])
    assert verified(engine).count == 12


# -- one that is not ----------------------------------------------------------------------------------------------


def test_a_log_that_was_cut_short_is_found_by_a_head_noted_earlier(engine: Engine, heads: list[str]) -> None:
    tamper(engine, cut)
    assert verified(engine) == verified(engine, heads[3]) == Whole(4, BEGAN, BEGAN + 180, heads[3])
    for gone in heads[4:]:
        assert broken(engine, gone).startswith(f"no row has the hash {gone}; ")


def test_a_log_that_was_emptied_is_found_by_a_head_noted_earlier(engine: Engine, heads: list[str]) -> None:
    tamper(engine, drop(*range(1, 7)), erase(*range(1, 7)))
    assert verified(engine).count == 0
    assert broken(engine, heads[0]).startswith("no row has the hash")


def test_a_log_that_was_written_anew_is_found_by_a_head_noted_earlier(engine: Engine, heads: list[str]) -> None:
    tamper(engine, partial(change, number=2, kind="company-end"), chain_anew)
    assert verified(engine).count == 6
    assert verified(engine, heads[0]).count == 6  # up to there nothing was changed
    for gone in heads[1:]:
        assert broken(engine, gone).startswith(f"no row has the hash {gone}; ")


# -- the recipe ---------------------------------------------------------------------------------------------------


def test_acts_of_every_shape_verify(engine: Engine) -> None:
    """What is hashed when it is written is what is hashed when it is read."""
    awkward = {"\u2028": "\ud800", "z": [1, 2**70, -0.0, 1e16, True, None], "a": {"b": {}, "a": []}, "\"'\\": "\0"}
    with writing(engine) as connection:
        for now in (1, 2.5, 1e-7 + 3, BEGAN, BEGAN + 1e-6):
            audit.append(connection, 'k"\u00e4', now, body=awkward, details=awkward, account_id=1)
    assert verified(engine).count == 5
    with reading(engine) as connection, rows(connection) as found:
        assert [json.loads(row.body)["z"][1] for row in found] == [2**70] * 5
