# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from dataclasses import replace

from sqlalchemy import Engine, event

from bot.store import agreements
from bot.store.agreements import Corporate, Document, InForce, Pinned, SigningField
from bot.store.database import reading, writing
from bot.store.digest import digest

CLA = Document(1, 7, "CLA.md")
ASKED = InForce(
    repository_id=7,
    branch="main",
    document=CLA,
    place="acme/widgets:CLA.md",
    version="1.0",
    sha256=digest("I agree."),
    ways=("web", "comment"),
    fields=(SigningField("full-name", "Full name", required=True),),
    record_ip=False,
    corporate=Corporate(Document(1, 7, "CCLA.md"), "acme/widgets:CCLA.md", "2.1", digest("We agree.")),
)


def pin(engine: Engine, text: str, at: float, version: str = "1.0", document: Document = CLA) -> Pinned:
    with writing(engine) as connection:
        return agreements.pin(connection, document, version, text, f"commit{at:.0f}", at)


def text(engine: Engine, sha256: str | None) -> str | None:
    with reading(engine) as connection:
        return agreements.text_of(connection, sha256 or "")


def writes(engine: Engine) -> list[str]:
    """What is written from now on."""
    found: list[str] = []

    def note(*told: object) -> None:
        statement = str(told[2])
        if not statement.startswith(("SELECT", "BEGIN")):
            found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    return found


# -- texts --------------------------------------------------------------------------------------------------------


def test_the_first_text_of_a_version_is_pinned_and_kept(engine: Engine) -> None:
    assert pin(engine, "I agree.", 10.0) == Pinned("1.0", digest("I agree."), "commit10", 10.0, None)
    assert text(engine, digest("I agree.")) == "I agree."
    with reading(engine) as connection:
        assert agreements.find_pinned(connection, CLA, "1.0") == Pinned(
            "1.0", digest("I agree."), "commit10", 10.0, None
        )
        assert agreements.find_pinned(connection, CLA, "1.1") is None
        assert agreements.text_of(connection, digest("never seen")) is None


def test_the_same_text_again_writes_nothing(engine: Engine) -> None:
    first = pin(engine, "I agree.", 10.0)
    written = writes(engine)
    assert pin(engine, "I agree.", 20.0) == first
    assert written == []


def test_another_text_under_the_same_version_is_told_and_kept_but_voids_nothing(engine: Engine) -> None:
    first = pin(engine, "I agree.", 10.0)
    drifted = pin(engine, "I agree to more.", 20.0)
    assert drifted == replace(first, drifted=digest("I agree to more."))
    assert text(engine, drifted.drifted) == "I agree to more."
    written = writes(engine)
    assert pin(engine, "I agree to more.", 30.0) == drifted
    assert written == []


def test_the_first_text_coming_back_ends_the_drift(engine: Engine) -> None:
    first = pin(engine, "I agree.", 10.0)
    pin(engine, "I agree to more.", 20.0)
    assert pin(engine, "I agree.", 30.0) == first
    with reading(engine) as connection:
        assert agreements.find_pinned(connection, CLA, "1.0") == first


def test_each_version_and_each_document_has_its_text(engine: Engine) -> None:
    pin(engine, "One.", 10.0)
    assert pin(engine, "Two.", 20.0, version="1.1").sha256 == digest("Two.")
    assert pin(engine, "Other.", 30.0, document=replace(CLA, path="OTHER.md")).sha256 == digest("Other.")
    assert pin(engine, "One.", 40.0).drifted is None


def test_of_two_that_pin_at_once_the_first_wins_and_the_other_sees_a_drift(engine: Engine) -> None:
    quicker = pin(engine, "I agree.", 10.0)
    with writing(engine) as connection:  # what a slower run does that had found nothing pinned
        found = agreements._pin_first(connection, CLA, "1.0", "I agree to more.", "commit9", 9.0)
    assert found == quicker


def test_a_major_version_begins_with_the_first_of_its_versions(engine: Engine) -> None:
    pin(engine, "One.", 10.0, version="1.0")
    pin(engine, "One and a bit.", 20.0, version="1.1")
    pin(engine, "Two.", 30.0, version="2.0")
    with reading(engine) as connection:
        since = [agreements.major_since(connection, CLA, number) for number in (1, 2, 3)]
        assert agreements.major_since(connection, replace(CLA, owner_id=2), 1) is None
    assert since == [10.0, 30.0, None]


# -- what a branch asks -------------------------------------------------------------------------------------------


def keep(engine: Engine, asked: InForce, now: float = 1.0) -> None:
    with writing(engine) as connection:
        agreements.keep_in_force(connection, asked, now)


def in_force(engine: Engine, branch: str = "main") -> InForce | None:
    with reading(engine) as connection:
        return agreements.find_in_force(connection, 7, branch)


def test_what_a_branch_asks_comes_back_as_it_was(engine: Engine) -> None:
    plain = replace(ASKED, branch="dev", corporate=None, fields=(), record_ip=True, drifted=True)
    keep(engine, ASKED)
    keep(engine, plain)
    assert in_force(engine) == ASKED
    assert in_force(engine, "dev") == plain
    assert in_force(engine, "other") is None


def test_a_new_policy_replaces_what_was_asked(engine: Engine) -> None:
    keep(engine, ASKED)
    keep(engine, replace(ASKED, version="2.0"))
    assert in_force(engine) == replace(ASKED, version="2.0")


def test_a_branch_that_asks_nobody_is_forgotten(engine: Engine) -> None:
    keep(engine, ASKED)
    keep(engine, replace(ASKED, branch="dev"))
    with writing(engine) as connection:
        agreements.forget_in_force(connection, 7, "main")
    assert in_force(engine) is None
    assert in_force(engine, "dev") is not None


def test_all_branches_of_a_repository_tell_what_they_ask(engine: Engine) -> None:
    dev = replace(ASKED, branch="dev", version="2.0")
    for asked in (ASKED, dev, replace(ASKED, repository_id=8)):
        keep(engine, asked)
    with reading(engine) as connection:
        assert agreements.all_in_force(connection, 7) == [dev, ASKED]
        assert agreements.all_in_force(connection, 9) == []
