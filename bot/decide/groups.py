# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One look at a merge group: every pull request in it is judged as of now, and the strictest verdict stands.

The group is the pull request that the queue names in its branch and every other that explains a commit of the range.
A commit that none explains could be anything, so it fails.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
import structlog

from bot.decide.agreements import likely_place
from bot.decide.evaluate import Verdict, evaluate
from bot.decide.names import current
from bot.decide.publish.check import CHECK_NAME, check_desk
from bot.decide.pulls import LeaseLost, keep_news
from bot.decide.render.check import check_run
from bot.decide.world import World
from bot.github.checks import RECHECK, CheckRun, find_check
from bot.github.client import Client
from bot.github.errors import Gone
from bot.github.groups import COMMITS_AT_MOST, Group, pull_in_head_ref, pulls_on, read_group
from bot.github.pull import Asked, Pull, read_pull
from bot.github.repository_name import RepositoryName
from bot.store.database import writing
from bot.store.repositories import RepositoryFacts
from bot.work.claim import Claim
from bot.work.keys import Key
from bot.work.run import StillOurs
from rules.dco import queue_commit_lacks_sign_off
from rules.finding import Conclusion, Level, RuleConclusion
from rules.rule import Signal

log = structlog.get_logger()

_QUEUE_SIGN_OFF = (
    "Commit `%s` was made by the queue from the pull request's title, description or commits. Put a line "
    "`Signed-off-by: NAME <E-MAIL>` where the repository's settings take the message of such commits from, and queue "
    "it again."
)


@dataclass(frozen=True)
class GroupEvent:
    """What the merge queue asks for: a verdict on `head`, whose branch is `head_ref`, counted from `base`."""

    head: str
    head_ref: str
    base: str


@dataclass(frozen=True)
class _Judged:
    """What to publish on a group, and the verdicts on its pull requests that it rests on."""

    check: CheckRun
    verdicts: tuple[tuple[Pull, Verdict], ...] = ()


def look_at_commit(
    world: World, client: Client, repository: RepositoryFacts, sha: str, claim: Claim, still_ours: StillOurs
) -> None:
    """Look at a commit: a merge group's head, or one whose pull requests an event did not name.

    Raises GitHubError and Retry.
    """
    name = current(world, client, repository)
    event = _event(world, claim, sha)
    if event is None:
        _want_pulls(world, client, name, sha)
        return
    judged = _judge_group(world, client, repository, name, event)
    if not still_ours():
        raise LeaseLost("the lease was lost while the merge group was judged")
    seen = find_check(client, name, sha, CHECK_NAME, world.app.app_id)
    with check_desk(world, client, name, sha) as desk:
        _keep_news(world, judged)
        desk.publish(judged.check, seen)
    log.info("merge group judged", head=sha, conclusion=judged.check.conclusion)


def _keep_news(world: World, judged: _Judged) -> None:
    """Once the queue has merged a pull request, it may never be looked at itself."""
    telling = [(pull, verdict) for pull, verdict in judged.verdicts if verdict.news]
    if telling:
        with writing(world.engine) as connection:
            for pull, verdict in telling:
                keep_news(world, connection, pull, verdict)


def _event(world: World, claim: Claim, sha: str) -> GroupEvent | None:
    """What the merge queue last asked of this commit, if it ever did; to ask for the check again repeats that."""
    delivery = world.queue.newest(claim.key, "merge_group")
    if delivery is None or delivery.body is None:
        return None
    group: dict[str, Any] = orjson.loads(delivery.body)["merge_group"]
    return GroupEvent(sha, str(group["head_ref"]), str(group["base_sha"]))


def _want_pulls(world: World, client: Client, name: RepositoryName, sha: str) -> None:
    keys = [str(Key.pull(name.id, number)) for number in pulls_on(client, name, sha)]
    with writing(world.engine) as connection:
        world.queue.want(connection, keys, Signal.ASKED.value)


# -- judging ------------------------------------------------------------------------------------------------------


def _judge_group(
    world: World, client: Client, repository: RepositoryFacts, name: RepositoryName, event: GroupEvent
) -> _Judged:
    named = pull_in_head_ref(event.head_ref)
    if named is None:
        return _refusal(event, "The merge queue's branch names no pull request", (), "")
    group = read_group(client, name, event.base, event.head)
    if group.total > COMMITS_AT_MOST:
        return _refusal(event, f"A merge group of more than {COMMITS_AT_MOST} commits cannot be judged", (named,), "")
    if len(group.commits) < group.total:
        return _refusal(event, "GitHub did not show every commit of this merge group", (named,), "")
    if stray := _stray(group):
        numbers = tuple(sorted({named} | {number for commit in group.commits for number in commit.pulls}))
        return _refusal(event, "A commit of this merge group belongs to no pull request", numbers, stray)
    asked = Asked(world.app.app_id, CHECK_NAME, likely_place(world, repository))
    try:
        first = read_pull(client, name.owner, name.name, named, asked)
        others = sorted(_others(first, group))
        pulls = [first, *(read_pull(client, name.owner, name.name, number, asked) for number in others)]
        pulls.sort(key=lambda pull: pull.number)
        verdicts = [evaluate(world, client, pull) for pull in pulls]
    except Gone as error:
        return _refusal(event, "A pull request of this merge group cannot be seen", (named,), str(error))
    numbers = tuple(pull.number for pull in pulls)
    if unsigned := _without_sign_off(group, verdicts):
        return _refusal(
            event, "A commit that the merge queue made carries no sign-off", numbers, _QUEUE_SIGN_OFF % unsigned
        )
    reports = [verdict.report for verdict in verdicts]
    check = replace(check_run(reports, world.details(name.full)), head=event.head, annotations=(), actions=(RECHECK,))
    return _Judged(check, tuple(zip(pulls, verdicts, strict=True)))


def _others(named: Pull, group: Group) -> set[int]:
    """The pull requests that are in the group besides the one that its branch names.

    Anybody may open a pull request on top of somebody's commits, which then belong to both: that alone puts nobody's
    into the queue.
    """
    own = {commit.sha for commit in named.commits.commits}
    return {number for commit in group.commits if commit.sha not in own for number in commit.pulls} - {named.number}


def _stray(group: Group) -> str:
    unexplained = [commit.sha for commit in group.commits if not commit.pulls and not commit.by_queue]
    return f"Commit `{unexplained[0]}` is in none." if unexplained else ""


def _without_sign_off(group: Group, verdicts: Sequence[Verdict]) -> str:
    """A commit of the queue's own making that lacks the trailer which the policy asks of every commit.

    Whose sign-off it is does not matter: the commits that it was made of are judged in full.
    """
    if not any(_needs_sign_offs(verdict) for verdict in verdicts):
        return ""
    own = frozenset[str]().union(*(verdict.commits for verdict in verdicts))
    made = [one.commit for one in group.commits if one.by_queue and not one.commit.merges and one.sha not in own]
    return next((commit.sha for commit in made if queue_commit_lacks_sign_off(commit)), "")


def _needs_sign_offs(verdict: Verdict) -> bool:
    report = verdict.report
    dco = next((result for result in report.rules if result.rule == "dco"), None)
    enforced = report.enforcement == "enforce" and dco is not None and dco.level is Level.ERROR
    return enforced and dco is not None and dco.conclusion is not RuleConclusion.SKIPPED


def _refusal(event: GroupEvent, title: str, numbers: tuple[int, ...], detail: str) -> _Judged:
    """A group that cannot be judged fails, and says why."""
    check = CheckRun(
        head=event.head,
        conclusion=Conclusion.FAILURE.value,
        title=title,
        summary=f"{title}, so Steward cannot let it pass. {detail}".strip(),
        external_id=",".join(map(str, numbers)),
        details_url=None,
    )
    return _Judged(check)
