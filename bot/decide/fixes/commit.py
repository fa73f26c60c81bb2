# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a press asks for as one commit on the branch of a pull request, where Steward may push there."""

from collections.abc import Sequence

import structlog

from bot.decide.commands.asked import Refused
from bot.decide.fixes.clicked import Button, Clicked, Done, LeftOut, Mended
from bot.decide.render.markdown import bare
from bot.github.branches import commit_files, is_protected
from bot.github.errors import Forbidden, Invalid, NotFound, Stale
from bot.github.history import read_commits
from bot.store.fixes import Outcome
from bot.work.run import Retry
from rules.change import Commit
from rules.people import made_by_steward

NEW_COMMITS = "there are new commits since"
MOST_NAMES = 20
"""Files that the message of a commit names."""

log = structlog.get_logger()


def commit(clicked: Clicked, button: Button) -> Done | None:
    """Commit what can be; None where Steward may not push, or where nothing of it goes into a commit.

    GitHub takes the commit only on the head that was judged, so that there are never two. Raises Refused, Retry and
    GitHubError.
    """
    if not _may_push(clicked):
        return None
    found = button.mend(clicked)
    if not found.files:
        return None
    clicked.hold()
    pull = clicked.pull
    try:
        message = message_of(button, found, clicked.click.by.login, pull.number)
        sha = commit_files(clicked.client, pull.repository, pull.head_ref, pull.head, message, found.files)
    except Stale as error:
        if clicked.patient:  # it may be ours, by a write whose answer was lost
            raise Retry("the branch moved before anything was added") from error
        raise Refused(NEW_COMMITS) from error
    except (Forbidden, Invalid, NotFound) as error:
        log.warning("GitHub refuses our commit", pull=pull.number, error=str(error))
        return None
    return Done(Outcome.COMMITTED, sha)


def committed_before(clicked: Clicked, button: Button) -> str | None:
    """The commit that this press has led to, if its answer was lost: ours, of that button, right on the head.

    Raises GitHubError.
    """
    commits, _ = read_commits(clicked.client, clicked.pull)
    own, before = clicked.pull.own_account, (clicked.click.head,)
    following = (one for one in commits if one.parents == before and _is_of(one, button))
    return next((one.sha for one in following if made_by_steward(one.authors[0], one, own)), None)


def _is_of(commit: Commit, button: Button) -> bool:
    return bool(commit.authors) and commit.message.partition("\n")[0] == button.headline


def _may_push(clicked: Clicked) -> bool:
    """Whether the operator lets Steward write, the branch lies here, and nothing protects it. Raises GitHubError."""
    pull, granted = clicked.pull, clicked.world.app.permissions(clicked.repository.installation_id or 0)
    possible = granted.get("contents") == "write" and pull.head_repository_id == pull.repository.id
    return possible and not is_protected(clicked.client, pull.repository, pull.head_ref)


def message_of(button: Button, found: Mended, login: str, number: int) -> str:
    """What the commit says: what was done, who asked for it, and what is left. Nothing in it calls or links anybody."""
    what = f"Steward added {button.added(len(found.files))},"
    why = f"as {bare(login)} asked on pull request {number}."
    return "\n\n".join(filter(None, [button.headline, f"{what}\n{why}", _rest(found.left_out)]))


def _rest(left_out: Sequence[LeftOut]) -> str:
    lines = [f"- {bare(one.path)}: {one.why}" for one in left_out[:MOST_NAMES]]
    if len(left_out) > MOST_NAMES:
        lines.append(f"- and {len(left_out) - MOST_NAMES} more")
    return "\n".join(["Left to people:", "", *lines]) if lines else ""
