# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One look at a pull request: read it as it is now, judge it, and bring what stands on GitHub up to date."""

from datetime import datetime

import structlog
from sqlalchemy import Connection

from bot.decide.archive import pack_report, unpack_report
from bot.decide.commands.run import carry_out
from bot.decide.commands.said import no_review, only_on_issue
from bot.decide.evaluate import ALWAYS, Verdict, evaluate
from bot.decide.fixes.run import answer_presses
from bot.decide.publish.check import CheckDesk, check_desk
from bot.decide.publish.comment import publish_comment
from bot.decide.reading import read_now
from bot.decide.render.check import check_run
from bot.decide.unjudged import keep_waiting
from bot.decide.world import World
from bot.github.checks import SeenCheck
from bot.github.client import Client
from bot.github.errors import Forbidden, Invalid
from bot.github.pull import Pull
from bot.github.repository_name import RepositoryName
from bot.store import contributors, judged
from bot.store.database import reading, writing
from bot.store.decisions import decide
from bot.store.publications import Publication, is_published, keep_publication
from bot.store.repositories import RepositoryFacts
from bot.work.claim import Claim
from bot.work.keys import Key
from bot.work.run import Retry, StillOurs
from rules.rule import Signal

LAG_WAITS = (2.0, 5.0, 15.0)
"""Seconds to wait between reads while GitHub answers with an older head than an event named."""
TRIES_IN_DOUBT = 3

log = structlog.get_logger()


class LeaseLost(Retry):
    """Another worker has this key now; what this run found out is void."""


def look_at_pull(
    world: World, client: Client, repository: RepositoryFacts, number: int, claim: Claim, still_ours: StillOurs
) -> None:
    """Look at one pull request, then carry out what its comments and buttons ask for; of an issue only the comments.

    In this order, since it is the look that learns who is behind a pull request and which agreement they are asked for.
    Raises GitHubError, NotFound if it is gone, and Retry.
    """
    if _could_change(world, repository.id, number, claim):
        _judge(world, client, repository, number, claim, still_ours)
    else:
        log.info("no rule minds what happened")
    carry_out(world, client, repository, number, claim, still_ours)
    answer_presses(world, client, repository, number, claim, still_ours)


def _judge(
    world: World, client: Client, repository: RepositoryFacts, number: int, claim: Claim, still_ours: StillOurs
) -> None:
    """Judge a pull request and publish the verdict, if it is open."""
    pull = _read(world, client, repository, number, claim)
    if not pull.open:
        close(world, repository.id, number)
        return
    _leave(world, repository.id, number, but=pull.head)
    if pull.check_run and pull.check_run.completed and not _answered(world, pull):
        keep_waiting(world, pull.repository, pull.number, pull.head)
        with check_desk(world, client, pull.repository, pull.head) as desk:
            desk.reopen(pull.check_run)
    verdict = evaluate(world, client, pull)
    if not still_ours():
        raise LeaseLost("the lease was lost while the pull request was judged")
    with check_desk(world, client, pull.repository, pull.head) as desk:
        _publish_check(world, desk, pull, verdict)
    _publish_comment(world, client, pull, verdict)
    log.info("judged", pull=number, head=pull.head, conclusion=verdict.report.conclusion.value)


def close(world: World, repository_id: int, number: int) -> None:
    """The pull request is closed or gone: its reports stay as history and count for no head any more."""
    _leave(world, repository_id, number)
    with writing(world.engine) as connection:
        judged.drop_snapshot(connection, repository_id, number)
        contributors.drop_contributors(connection, repository_id, number)


# -- reading ------------------------------------------------------------------------------------------------------


def _could_change(world: World, repository_id: int, number: int, claim: Claim) -> bool:
    """Whether what happened could change the verdict: every rule minds a push, few mind a review."""
    happened = {signal.value for signal in claim.signals}
    if happened & ALWAYS or not happened:
        return True
    said = world.queue.deliveries(claim) if happened == {Signal.DECISION.value} else []
    if only_on_issue(said):
        return False  # there is no pull request to look at
    with reading(world.engine) as connection:
        standing = judged.open_heads(connection, repository_id, number=number)
    if standing and no_review(said):
        return False  # a comment changes nothing itself; what its commands decide asks for another look
    return not standing or any(one.minds & happened for one in standing)


def _read(world: World, client: Client, repository: RepositoryFacts, number: int, claim: Claim) -> Pull:
    """The pull request, once GitHub answers with a state no older than the newest event told of."""
    pull = read_now(world, client, repository, number)
    for wait in LAG_WAITS:
        if not _behind(pull, claim):
            return pull
        world.sleep(wait)
        pull = read_now(world, client, repository, number)
    if _behind(pull, claim):
        raise Retry("GitHub still answers with an older head than its events named")
    return pull


def _behind(pull: Pull, claim: Claim) -> bool:
    """Whether GitHub answers with an older state than an event told of.

    Of the same head, its reviews may be old. Two heads in one second cannot be put in order. In both cases GitHub's
    answer is taken once it has stayed the same for long.
    """
    if claim.head is None or claim.head_at is None:
        return False
    shown, told = datetime.fromisoformat(pull.updated_at), datetime.fromisoformat(claim.head_at)
    in_doubt = claim.tries <= TRIES_IN_DOUBT
    if pull.head == claim.head:
        return shown < told and in_doubt
    return shown < told or (shown == told and in_doubt)


# -- pull requests that share a head ------------------------------------------------------------------------------


def _leave(world: World, repository_id: int, number: int, but: str | None = None) -> None:
    """Reports of this pull request on heads other than `but` count no longer; who is left behind there looks again."""
    with reading(world.engine) as connection:
        left = {one.head for one in judged.open_heads(connection, repository_id, number=number)} - {but}
        there = [one for head in left for one in judged.open_heads(connection, repository_id, head=head)]
    _want(world, repository_id, {one.number for one in there} - {number})
    if left:
        with writing(world.engine) as connection:
            judged.close_reports(connection, repository_id, number, but=but)


def _want(world: World, repository_id: int, numbers: set[int]) -> None:
    if numbers:
        with writing(world.engine) as connection:
            keys = [str(Key.pull(repository_id, number)) for number in sorted(numbers)]
            world.queue.want(connection, keys, Signal.HEAD.value)


def _answered(world: World, pull: Pull) -> bool:
    """Whether the completed check on this head already speaks of this pull request and this base branch."""
    return any(one.number == pull.number and one.base_ref == pull.base_ref for one in _standing(world, pull))


def _standing(world: World, pull: Pull) -> list[judged.OpenHead]:
    """The open pull requests that have a report on this head."""
    with reading(world.engine) as connection:
        return judged.open_heads(connection, pull.repository.id, head=pull.head)


# -- publishing ---------------------------------------------------------------------------------------------------


def _publish_check(world: World, desk: CheckDesk, pull: Pull, verdict: Verdict) -> None:
    """Keep the report, then publish the strictest of all on this head; the desk keeps others out meanwhile."""
    with writing(world.engine) as connection:
        keep_news(world, connection, pull, verdict)
        judged.keep_report(connection, _stored(world, pull, verdict))
    unjudged = set(pull.companions) - {one.number for one in _standing(world, pull)}
    for number in unjudged:
        keep_waiting(world, pull.repository, number, pull.head)
    _want(world, pull.repository.id, unjudged)
    # Whom only the store counts on this head stays in, to be safe.
    publish_standing(world, desk, pull.repository, pull.head, pull.check_run)
    _keep_shown(world, pull)


def _keep_shown(world: World, pull: Pull) -> None:
    """Remember what the check speaks of from now on; most looks find that it has for long."""
    shown, of = Publication(pull.head, pull.base_ref, world.clock()), (pull.repository.id, pull.number)
    with reading(world.engine) as connection:
        if is_published(connection, *of, shown.head, shown.base_ref):
            return
    with writing(world.engine) as connection:
        keep_publication(connection, *of, shown)


def keep_news(world: World, connection: Connection, pull: Pull, verdict: Verdict) -> None:
    """Write down which reviews begin to count, or count no longer, before anything is published that rests on it."""
    if verdict.news:
        decide(connection, pull.repository.id, pull.number, verdict.news, world.clock())


def publish_standing(
    world: World, desk: CheckDesk, repository: RepositoryName, head: str, seen: SeenCheck | None
) -> None:
    """Publish the reports of all open pull requests on a head as its one check run. Raises GitHubError."""
    with reading(world.engine) as connection:
        standing = judged.open_reports(connection, repository.id, head)
    desk.publish(check_run([unpack_report(one.body) for one in standing], world.details(repository.full)), seen)


def _publish_comment(world: World, client: Client, pull: Pull, verdict: Verdict) -> None:
    """The comment is help, the check is the verdict: where GitHub refuses the one, the other stands all the same."""
    try:
        publish_comment(world, client, pull, verdict.report, verdict.comment)
    except (Forbidden, Invalid) as error:
        log.warning("GitHub refuses our comment", pull=pull.number, error=str(error))


def _stored(world: World, pull: Pull, verdict: Verdict) -> judged.StoredReport:
    return judged.StoredReport(
        repository_id=pull.repository.id,
        number=pull.number,
        head=pull.head,
        base_ref=pull.base_ref,
        open=True,
        conclusion=verdict.report.conclusion.value,
        minds=verdict.minds,
        body=pack_report(verdict.report),
        judged_at=world.clock(),
        lapses_at=verdict.lapses_at,
    )
