# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The one comment on a pull request: posted when somebody has to act, then kept current, never said twice."""

from dataclasses import replace

from bot.decide.publish.check import fingerprint
from bot.decide.render.comment import MARKER, comment, substance, worth_a_comment
from bot.decide.render.words import to_do
from bot.decide.world import World
from bot.github.client import Client
from bot.github.comments import edit_comment, find_comment, post_comment
from bot.github.errors import GitHubError, Unavailable
from bot.github.pull import Pull
from bot.store import published
from bot.store.database import reading, writing
from rules.finding import Report


def publish_comment(world: World, client: Client, pull: Pull, report: Report, setting: str) -> None:
    """Bring the comment up to date; `setting` is the policy's `comment`.

    Drafts, closed and locked pull requests are left in peace. Raises GitHubError.
    """
    if pull.draft or pull.locked or not pull.open:
        return
    text = comment(report, world.details(pull.repository.full))
    target = published.Comment(None, fingerprint(text), fingerprint(substance(report)))
    known, begun = _known(world, pull)
    if not begun and (_says_the_same(known, target) if known else setting == "never"):
        return
    identity = _ours(world, client, pull, known, begun=begun)
    if known and identity is not None:
        # Before the edit, for nobody may live to tell of it: what stands then is in doubt.
        _keep(world, pull, identity, replace(known, fingerprint=""))
    if identity is not None and edit_comment(client, pull.repository, identity, text):
        _keep(world, pull, identity, target)
    elif identity is not None and known and known.substance == target.substance:
        _keep(world, pull, None, target)
    elif worth_a_comment(report, setting):
        _keep(world, pull, _post(world, client, pull, text), target)
    elif not to_do(report):
        _keep(world, pull, None, target)  # so that the comments of others are not read at every look


def _says_the_same(known: published.Comment, target: published.Comment) -> bool:
    if known.comment_id is None:  # a person deleted it: only something new is said again
        return known.substance == target.substance
    return known.fingerprint == target.fingerprint


def _known(world: World, pull: Pull) -> tuple[published.Comment | None, bool]:
    """What is known of our comment, and whether a post was begun whose answer never came."""
    repository_id, number = pull.repository.id, pull.number
    with reading(world.engine) as connection:
        begun = published.intended(connection, repository_id, "comment", str(number))
        return published.find_comment(connection, repository_id, number), begun


def _ours(world: World, client: Client, pull: Pull, known: published.Comment | None, *, begun: bool) -> int | None:
    """The id of our comment. GitHub is asked for it where an answer was lost or the database is new."""
    if known and known.comment_id is not None:
        return known.comment_id
    if begun or (known is None and pull.comments):
        return find_comment(client, pull.repository, pull.number, MARKER, world.app.app_id)
    return None


def _post(world: World, client: Client, pull: Pull, text: str) -> int:
    repository_id, target = pull.repository.id, str(pull.number)
    with writing(world.engine) as connection:
        published.intend(connection, repository_id, "comment", target, world.clock())
    try:
        return post_comment(client, pull.repository, pull.number, text)
    except GitHubError as error:
        if not (isinstance(error, Unavailable) and error.in_doubt):
            with writing(world.engine) as connection:
                published.fulfil(connection, repository_id, "comment", target)
        raise


def _keep(world: World, pull: Pull, identity: int | None, target: published.Comment) -> None:
    said = published.Comment(identity, target.fingerprint, target.substance)
    with writing(world.engine) as connection:
        published.keep_comment(connection, pull.repository.id, pull.number, said, world.clock())
