# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What stories on commands ask of the house: how a comment was answered, and what the record says."""

import json
from typing import Any

from sqlalchemy import select

from bot.decide.commands.run import carry_out
from bot.demo.github.conversation import Comment, Remark
from bot.demo.github.pull import Pull
from bot.store import signatures
from bot.store.database import reading, writing
from bot.store.signatures import Signature
from bot.store.tables import audit, audit_details
from bot.work.keys import Key
from bot.work.run import StillOurs
from bot.work.signals import Signal
from tests.bot.decide.agreements import offer, project
from tests.house import House

THUMB, CONFUSED = ["+1"], ["confused"]


def unsigned(house: House) -> Pull:
    """A pull request of ada's, who has not signed yet."""
    return offer(house, project(house), house.person("ada"))


def say(house: House, pull: Pull, who: str, words: str) -> Comment:
    """Somebody comments, and Steward works until nothing is due."""
    comment = pull.comment(house.person(who), words)
    house.work()
    return comment


def obey(house: House, pull: Pull, *, ours: StillOurs = lambda: True, settle: bool = True) -> None:
    """Carry out the commands that wait on a pull request, as after a look at it."""
    with writing(house.context.engine) as connection:
        house.context.queue.want(connection, [str(Key.pull(pull.repository.id, pull.number))], Signal.ASKED)
    claim = house.context.queue.claim("story", 60)
    assert claim
    world, known = house.context.world, house.known(pull.repository)
    client = world.app.installation(known.installation_id or 0)
    carry_out(world, client, known, pull.number, claim, ours)
    if settle:
        house.context.queue.settle(claim)


def reactions(remark: Remark) -> list[str]:
    """Steward's reactions to a comment, in the order in which it gave them."""
    return [reaction.content for reaction in remark.reactions]


def replies(house: House, pull: Pull) -> list[str]:
    """What Steward said below a pull request in answer to somebody, without the line that marks it."""
    marked = [comment.body for comment in house.comments(pull) if comment.body.startswith("<!-- steward:reply ")]
    return [body.partition("\n")[2].strip() for body in marked]


def signed(house: House) -> list[Signature]:
    """Every signature, newest first."""
    with reading(house.context.engine) as connection:
        return list(signatures.listing(connection))


def log(house: House) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """The audit log: what kind of act, its row and what stands beside it."""
    rows = select(audit.c.kind, audit.c.body, audit_details.c.body).outerjoin_from(
        audit, audit_details, audit.c.id == audit_details.c.id
    )
    with reading(house.context.engine) as connection:
        found = connection.execute(rows.order_by(audit.c.id)).all()
    return [(kind, json.loads(body), json.loads(details or "{}")) for kind, body, details in found]
