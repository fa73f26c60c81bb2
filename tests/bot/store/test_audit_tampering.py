# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Whatever is done to a row behind Steward's back shows, and the first bad row is named."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import IntegrityError

from bot.store.audit_verifying import Broken, verify
from bot.store.database import connect, writing
from bot.store.tables import audit as log
from bot.store.tables import audit_details
from tests.bot.conftest import DATABASES
from tests.bot.store.chains import (
    ACTS,
    ANN,
    BEGAN,
    WITH_DETAILS,
    Tampering,
    chain_anew,
    change,
    change_beside,
    drop,
    swap,
    write_log,
)


@contextmanager
def undone(engine: Engine) -> Iterator[Connection]:
    """A transaction that is taken back."""
    with writing(engine) as connection:
        yield connection
        connection.rollback()


def found_after(engine: Engine, *acts: Tampering) -> str:
    """What is said of a log after somebody tampered with it, which is then undone."""
    with undone(engine) as connection:
        for act in acts:
            act(connection)
        with pytest.raises(Broken) as found:
            verify(connection)
    return str(found.value)


@pytest.fixture(scope="module", params=DATABASES)
def lasting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A log for many tests that leave it as it was."""
    if request.param == "sqlite":
        url = request.getfixturevalue("sqlite_files").new(tmp_path_factory.mktemp("lasting"))
    else:
        url = request.getfixturevalue("postgres_server").new()
    engine = connect(url)
    write_log(engine)
    yield engine
    engine.dispose()


on_sqlite = pytest.mark.parametrize("lasting", ["sqlite"], indirect=True)
"""For what only a file of SQLite can hold, or what is found in a text whatever database it comes from."""


def move_up_after_two(connection: Connection) -> None:
    drop(2)(connection)
    for number in range(3, 7):
        change(connection, number, id=number - 1)


def swap_bodies(connection: Connection) -> None:
    second, fifth = body_of(connection, 2), body_of(connection, 5)
    change(connection, 2, body=fifth)
    change(connection, 5, body=second)


def body_of(connection: Connection, number: int) -> str:
    body: str = connection.execute(select(log.c.body).where(log.c.id == number)).scalar_one()
    return body


# -- one thing done to a log that was whole --------------------------------------------------------------------------

OTHER = "f" * 64
CHANGED = "was changed: its hash does not fit what it says."
MISSING = "is missing; where it belongs stands row"
FOLLOWS = "does not follow the row before it"
BESIDE = "has something else beside it than what was written"
NOT_ITS_OWN = "has something beside it that is not its own"

TAMPERED: dict[str, tuple[Tampering, str]] = {
    "another body": (lambda c: change(c, 3, body=body_of(c, 3).replace("2", "1", 1)), f"row 3 {CHANGED}"),
    "a body without its digest": (partial(change, number=3, body='{"signature":2}'), f"row 3 {CHANGED}"),
    "a space in a body": (
        lambda c: change(c, 3, body=body_of(c, 3) + " "),
        "row 3 has a body that is no canonical JSON.",
    ),
    "half a body": (partial(change, number=2, body='{"company'), "row 2 has a body that is no canonical JSON."),
    "another kind": (partial(change, number=4, kind="rev\u00f6cation"), f"row 4 {CHANGED}"),
    "a later time": (partial(change, number=6, at=BEGAN + 301), f"row 6 {CHANGED}"),
    "a time a little later": (partial(change, number=2, at=BEGAN + 60 + 2e-6), f"row 2 {CHANGED}"),
    "an earlier time": (partial(change, number=4, at=BEGAN), "row 4 is older than the row before it: time runs"),
    "a time before all": (
        partial(change, number=1, at=-1.0),
        "row 1 has a time at which nothing can have been written.",
    ),
    "no time at all": (partial(change, number=6, at=float("inf")), "row 6 has a time at which nothing can"),
    "another hash": (partial(change, number=4, hash=OTHER), f"row 4 {CHANGED}"),
    "another hash at the head": (partial(change, number=6, hash=OTHER), f"row 6 {CHANGED}"),
    "another hash before it": (partial(change, number=4, previous=OTHER), f"row 4 {FOLLOWS}"),
    "another beginning": (partial(change, number=1, previous=OTHER), f"row 1 {FOLLOWS}"),
    "the first row gone": (drop(1), f"row 1 {MISSING} 2."),
    "a row gone": (drop(3), f"row 3 {MISSING} 4."),
    "two rows gone": (drop(2, 4), f"row 2 {MISSING} 3."),
    "the last row gone, not its details": (drop(6), "row 6 is missing; what stood beside it is still there."),
    "a row gone and the others moved up": (
        move_up_after_two,
        f"row 2 {FOLLOWS}",
    ),
    "another number": (partial(change, number=6, id=60), f"row 6 {MISSING} 60."),
    "a number below all": (partial(change, number=3, id=-3), f"row 1 {MISSING} -3."),
    "two rows in each other's place": (lambda c: swap(c, "audit", 2, 5), f"row 2 {FOLLOWS}"),
    "two bodies in each other's place": (
        swap_bodies,
        f"row 2 {CHANGED}",
    ),
    "one act told twice": (
        lambda c: c.execute(
            text("INSERT INTO audit SELECT 7, at, kind, body, previous, hash FROM audit WHERE id = 6"),
        ),
        f"row 7 {FOLLOWS}",
    ),
    "other details": (partial(change_beside, number=3, body='{"account_id":6,"login":"eve"}'), f"row 3 {BESIDE}"),
    "details that are no JSON": (partial(change_beside, number=4, body="{"), f"row 4 {BESIDE}"),
    "details in each other's place": (lambda c: swap(c, "audit_details", 3, 6), f"row 3 {BESIDE}"),
    "details of a row that has none": (partial(change_beside, number=6, id=2), f"row 2 {NOT_ITS_OWN}"),
    "details without a row": (partial(change_beside, number=6, id=9), "row 9 is missing; what stood beside it"),
    "details filed under another account": (
        partial(change_beside, number=3, account_id=ANN),
        "row 3 has what stands beside it filed under another account than the one it is about.",
    ),
    "details filed under none": (
        partial(change_beside, number=3, account_id=None),
        "row 3 has what stands beside it filed",
    ),
}


@pytest.mark.parametrize(("act", "said"), TAMPERED.values(), ids=TAMPERED.keys())
def test_tampering_is_found(lasting: Engine, act: Tampering, said: str) -> None:
    assert found_after(lasting, act).startswith(said)


@on_sqlite
def test_of_several_bad_rows_the_first_is_named(lasting: Engine) -> None:
    acts = [partial(change, number=number, kind="x") for number in (5, 3, 6)]
    assert found_after(lasting, *acts).startswith("row 3 ")


# -- written anew, but not as Steward writes ----------------------------------------------------------------------


@on_sqlite
@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[1]",
        '"company"',
        '{"company": 3}',
        '{"company":3,"by":1}',
        '{"company":3,"company":3}',
        '{"company":3.00}',
        '{"company":NaN}',
        '{"company":1e999}',
        '{"company":"\u00e4"}',
        '{"company":"\\u0041"}',
        pytest.param("[" * 50_000, id="deep"),
        pytest.param('{"company":' + "1" * 5_000 + "}", id="a number of 5,000 digits"),
    ],
)
def test_a_body_in_another_spelling_is_found_even_where_its_hash_fits(lasting: Engine, body: str) -> None:
    said = found_after(lasting, partial(change, number=2, body=body), chain_anew)
    assert said == "row 2 has a body that is no canonical JSON."


def test_time_that_runs_backwards_is_found_even_where_all_hashes_fit(lasting: Engine) -> None:
    said = found_after(lasting, partial(change, number=4, at=BEGAN + 119), chain_anew)
    assert said == "row 4 is older than the row before it: time runs backwards."


def test_details_that_were_put_beside_a_row_are_found_even_where_all_hashes_fit(lasting: Engine) -> None:
    said = found_after(lasting, partial(change, number=3, body='{"signature":2}'), chain_anew)
    assert said.startswith(f"row 3 {NOT_ITS_OWN}")


# -- whatever it is -----------------------------------------------------------------------------------------------

TEXTS = st.text(max_size=70) | st.binary(min_size=1, max_size=70) | st.sampled_from([OTHER, "{}", "signature"])
NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.integers(0, 8) | st.floats(allow_nan=False) | TEXTS
VALUES = {
    "id": NUMBERS,
    "at": st.floats(allow_nan=False) | st.floats(BEGAN - 100, BEGAN + 400) | TEXTS,
    "account_id": st.none() | NUMBERS,
    **dict.fromkeys(("kind", "body", "previous", "hash"), TEXTS),
}


@on_sqlite
@given(data=st.data())
def test_no_field_of_any_row_can_be_changed_unseen(lasting: Engine, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(["audit", "audit_details"]))
    number = data.draw(st.sampled_from(range(1, len(ACTS) + 1) if table == "audit" else WITH_DETAILS))
    field = data.draw(st.sampled_from(list((log if table == "audit" else audit_details).c.keys())))
    with undone(lasting) as connection:
        before = _stored(connection, table, field)
        try:
            statement = text(f"UPDATE {table} SET {field} = :value WHERE id = :number")
            connection.execute(statement, {"value": data.draw(VALUES[field]), "number": number})
        except IntegrityError:
            assume(False)
        assume(_stored(connection, table, field) != before)
        with pytest.raises(Broken):
            verify(connection)


def _stored(connection: Connection, table: str, field: str) -> list[Any]:
    """A column as it is stored; of a text its bytes, since SQLite does not mind whether they are called a text."""
    column = field if field in ("id", "at", "account_id") else f"CAST({field} AS BLOB)"
    return sorted(connection.scalars(text(f"SELECT {column} FROM {table}")), key=repr)


@on_sqlite
def test_bytes_that_are_no_text_are_found_where_they_stand(lasting: Engine) -> None:
    with undone(lasting) as connection:
        connection.execute(text("UPDATE audit SET kind = CAST(x'ff' AS TEXT) WHERE id = 4"))
        with pytest.raises(Broken, match="row 4 was changed"):
            verify(connection)
