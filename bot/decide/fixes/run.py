# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What becomes of each press of a button that mends: carried out or refused once, and written down.

A press is heard like any event, and carried out by the look that it sets off. Whatever dies in between, the next run
finds on GitHub what was done already.
"""

import structlog

from bot.decide.commands.asked import Refused
from bot.decide.commands.run import NOT_TOLD, REFUSAL
from bot.decide.decisions.rights import Rights
from bot.decide.fixes.buttons import BUTTONS
from bot.decide.fixes.click import clicks_in
from bot.decide.fixes.clicked import Clicked, Done, NothingToAdd
from bot.decide.fixes.commit import NEW_COMMITS, commit, committed_before
from bot.decide.world import World
from bot.github.client import Client
from bot.github.errors import Forbidden, Gone, Invalid, NotFound
from bot.store import audit
from bot.store.database import reading, writing
from bot.store.fixes import Fix, Outcome, is_answered, keep_fix, outcomes
from bot.store.repositories import RepositoryFacts
from bot.work.claim import Claim
from bot.work.run import StillOurs
from bot.work.signals import Signal

_TRIES_IN_DOUBT = 3
_NO_PERSON = "only a person may ask for it"
_NO_WRITER = "it takes the permission `push`"
_CLOSED = "the pull request is closed"

log = structlog.get_logger()


def answer_presses(
    world: World, client: Client, repository: RepositoryFacts, number: int, claim: Claim, still_ours: StillOurs
) -> None:
    """Carry out the presses of buttons that mend among a claim's deliveries. Raises GitHubError and Retry.

    To be called after the look. Without a press in them, no request is made.
    """
    if Signal.ASKED not in claim.signals:
        return
    for click in clicks_in(world.queue.deliveries(claim)):
        with reading(world.engine) as connection:
            answered = is_answered(connection, click.delivery)
        if not answered:
            patient = claim.tries <= _TRIES_IN_DOUBT
            of_its_kind = BUTTONS[click.kind].clicked
            _carry_out(of_its_kind(world, client, repository, number, click, still_ours, patient))


def _carry_out(clicked: Clicked) -> None:
    clicked.hold()
    try:
        done = _done(clicked)
    except Refused as refusal:
        done = Done(Outcome.REFUSED, reason=str(refusal))
    except Gone:
        raise
    except (Forbidden, Invalid, NotFound) as error:
        log.warning("GitHub refuses what a press needs", error=str(error))
        done = Done(Outcome.REFUSED, reason=NOT_TOLD)
    _write(clicked, done)
    log.info("a press is answered", kind=clicked.click.kind.value, head=clicked.click.head, outcome=done.outcome.value)


def _done(clicked: Clicked) -> Done:
    click, button = clicked.click, BUTTONS[clicked.click.kind]
    if _is_repeated(clicked):
        return Done(Outcome.REPEATED)
    if not click.by_person:
        raise Refused(_NO_PERSON)
    if "push" not in Rights(clicked.client, clicked.pull.repository).granted(click.by):
        raise Refused(_NO_WRITER)
    if not clicked.pull.open:
        raise Refused(_CLOSED)
    if clicked.pull.head != click.head:
        if made := committed_before(clicked, button):
            return Done(Outcome.COMMITTED, made)
        raise Refused(NEW_COMMITS)
    try:
        return commit(clicked, button) or button.review(clicked)
    except NothingToAdd:
        button.tell_what_is_left(clicked)
        raise


def _is_repeated(clicked: Clicked) -> bool:
    """Whether the head was answered before. A commit is an answer only while the head is another one since."""
    with reading(clicked.world.engine) as connection:
        before = outcomes(connection, clicked.repository.id, clicked.number, clicked.click.head, clicked.click.kind)
    moved = clicked.pull.head != clicked.click.head
    return Outcome.SUGGESTED in before or (moved and Outcome.COMMITTED in before)


def _write(clicked: Clicked, done: Done) -> None:
    """The record of a press, and the log of what came of it unless that was nothing new: all of it or nothing."""
    click, now = clicked.click, clicked.world.clock()
    fix = Fix(click.delivery, clicked.repository.id, clicked.number, click.head, done.outcome, done.made, click.kind)
    with writing(clicked.world.engine) as connection:
        if keep_fix(connection, fix, now) and done.outcome is not Outcome.REPEATED:
            audit.append_all(connection, [_act(clicked, done)], now)


def _act(clicked: Clicked, done: Done) -> audit.Act:
    click, refused = clicked.click, done.outcome is Outcome.REFUSED
    body = {"repository_id": clicked.repository.id, "number": clicked.number, "head": click.head}
    what = {"button": f"add-{click.kind}"} if refused else {"outcome": done.outcome.value, "commit": done.made}
    told = {"login": click.by.login, **({"reason": done.reason} if refused else {})}
    return audit.Act(REFUSAL if refused else click.kind.value, {**body, **what}, audit.sealed(click.by.id, told))
