# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is told to the Apps when something happens: one function for each webhook event."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bot.demo.github.deliveries import Delivery
from bot.demo.github.shapes import apps, checks, commit, conversation, people
from bot.demo.github.shapes import pull as pull_shapes
from bot.demo.github.shapes import repository as repository_shapes
from bot.demo.github.shapes.common import Json, api, html

if TYPE_CHECKING:
    from bot.demo.github.accounts import Account, Organization, Team
    from bot.demo.github.apps import App, Installation
    from bot.demo.github.checks import CheckRun, CheckSuite
    from bot.demo.github.conversation import Comment, Issue
    from bot.demo.github.merging import MergeGroup
    from bot.demo.github.pull import Pull
    from bot.demo.github.repository import Repository
    from bot.demo.github.review import Review, ReviewComment

NO_COMMIT = "0" * 40


def _tell_repository(
    found: "Repository",
    event: str,
    action: str | None,
    sender: "Account",
    parts: Json,
    only: "App | None" = None,
) -> None:
    """Tell every App that is installed on the repository, asked for this event and is not suspended."""
    payload: Json = {"action": action} if action else {}
    payload |= parts | {"repository": repository_shapes.simple(found)}
    for installed in tuple(found.world.installations.values()):
        if installed.covers(found) and only in (None, installed.app):
            _tell(installed, event, action, sender, payload, found.owner)


def _tell_owner(owner: "Account", event: str, action: str, sender: "Account", parts: Json) -> None:
    """Tell every App that is installed on the account."""
    for installed in tuple(owner.world.installations.values()):
        if installed.account is owner:
            _tell(installed, event, action, sender, {"action": action, **parts}, owner)


def _tell(
    installed: "Installation", event: str, action: str | None, sender: "Account", payload: Json, owner: "Account"
) -> None:
    always = event.startswith("installation")
    if installed.suspended_at or not (always or event in installed.app.events):
        return
    whole = dict(payload)
    if owner.kind == "Organization":
        whole["organization"] = people.organization(owner)
    whole["sender"] = people.user(sender)
    whole.setdefault("installation", {"id": installed.id, "node_id": f"I_{installed.id}"})
    world = installed.world
    world.deliveries.add(Delivery(world.new_id(), installed.app, event, action, whole))


def authorization_revoked(app: "App", by: "Account") -> None:
    """Somebody took back what an App may do for them: told even if it asked for no event, and of no installation."""
    payload = {"action": "revoked", "sender": people.user(by)}
    world = app.world
    world.deliveries.add(Delivery(world.new_id(), app, "github_app_authorization", "revoked", payload))


def push(found: "Repository", branch: str, before: str | None, after: str | None, by: "Account") -> None:
    """A branch was made, moved or removed."""
    store = found.store
    shas = store.between(before, after) if before and after else [after] if after else []
    commits = [commit.push_commit(found, sha) for sha in shas[-2048:]]
    parts: dict[str, Any] = {
        "ref": f"refs/heads/{branch}",
        "before": before or NO_COMMIT,
        "after": after or NO_COMMIT,
        "created": before is None,
        "deleted": after is None,
        "forced": bool(before and after and store.merge_base(before, after) != before),
        "base_ref": None,
        "compare": html(found.world, f"{found.full_name}/compare/{(before or NO_COMMIT)[:12]}...{(after or '')[:12]}"),
        "commits": commits,
        "head_commit": commits[-1] if commits else None,
        "pusher": {"name": by.login, "email": by.email},
    }
    _tell_repository(found, "push", None, by, parts)


def pull_request(found: "Pull", action: str, by: "Account", **parts: object) -> None:
    """Something happened to a pull request."""
    shape = pull_shapes.full(found)
    _tell_repository(
        found.repository, "pull_request", action, by, {"number": found.number, "pull_request": shape, **parts}
    )


def review(found: "Review", action: str, by: "Account", **parts: object) -> None:
    """A review was submitted, edited or dismissed. Events spell its state in small letters."""
    shape = pull_shapes.review(found) | {"state": found.state.lower()}
    told = {"review": shape, "pull_request": pull_shapes.simple(found.pull), **parts}
    _tell_repository(found.pull.repository, "pull_request_review", action, by, told)


def review_comment(found: "ReviewComment", action: str, by: "Account", **parts: object) -> None:
    """A comment on a line of a pull request was made, edited or deleted."""
    shape, pull = pull_shapes.review_comment(found), pull_shapes.simple(found.pull)
    event = "pull_request_review_comment"
    _tell_repository(found.pull.repository, event, action, by, {"comment": shape, "pull_request": pull, **parts})


def issues(found: "Issue", action: str, by: "Account") -> None:
    """Something happened to an issue that is no pull request."""
    _tell_repository(found.repository, "issues", action, by, {"issue": conversation.issue(found)})


def issue_comment(found: "Comment", action: str, by: "Account", **parts: object) -> None:
    """A comment on an issue or a pull request was made, edited or deleted."""
    issue, shape = conversation.issue(found.issue), conversation.comment(found)
    _tell_repository(found.issue.repository, "issue_comment", action, by, {"issue": issue, "comment": shape, **parts})


def check_run(found: "CheckRun", action: str, by: "Account", only: "App | None" = None, **parts: object) -> None:
    """A check run was created, completed, asked for again, or one of its buttons was pressed."""
    shape = checks.check_run_in_event(found)
    _tell_repository(found.repository, "check_run", action, by, {"check_run": shape, **parts}, only)


def check_suite(found: "CheckSuite", action: str, by: "Account") -> None:
    """The suite's own App is asked for its checks."""
    _tell_repository(found.repository, "check_suite", action, by, {"check_suite": checks.check_suite(found)}, found.app)


def merge_group(found: "MergeGroup", action: str, **parts: object) -> None:
    """A merge queue asks for checks on its commit, or has ended with it."""
    own = found.repository
    shape = {
        "head_sha": found.head_sha,
        "head_ref": f"refs/heads/{found.branch}",
        "base_sha": found.base_sha,
        "base_ref": f"refs/heads/{found.base_ref}",
        "head_commit": commit.head_commit(own, found.head_sha),
    }
    _tell_repository(own, "merge_group", action, found.by, {"merge_group": shape, **parts})


def repository(found: "Repository", action: str, by: "Account", **parts: object) -> None:
    """A repository was made, renamed, moved, hidden, shown, edited or deleted."""
    _tell_repository(found, "repository", action, by, parts)


def owner_before(account: "Account") -> Json:
    """The former owner, as a transfer tells it."""
    return {account.kind.lower(): people.user(account)}


def member(found: "Repository", user: "Account", action: str, **parts: object) -> None:
    """Somebody became a collaborator, got another permission, or ceased to be one."""
    _tell_repository(found, "member", action, found.owner, {"member": people.user(user), **parts})


def permission_changes(before: str | None, after: str) -> Json:
    """What a collaborator may do now; of a new one the role beside the permission, which knows three words only."""
    if before is not None:
        return {"old_permission": {"from": before}, "permission": {"from": before, "to": after}}
    return {"permission": {"to": repository_shapes.permission_word(after)}, "role_name": {"to": after}}


def organization(found: "Organization", user: "Account", action: str) -> None:
    """Somebody joined or left an organization."""
    role = found.members.get(user, "member")
    shape = {
        "url": api(found.world, f"orgs/{found.login}/memberships/{user.login}"),
        "state": "active",
        "role": role,
        "organization_url": api(found.world, f"orgs/{found.login}"),
        "user": people.user(user),
    }
    _tell_owner(found, "organization", action, found, {"membership": shape})


def membership(found: "Team", user: "Account", action: str) -> None:
    """Somebody joined or left a team."""
    own = found.organization
    parts = {"scope": "team", "member": people.user(user), "team": people.team(found)}
    _tell_owner(own, "membership", action, own, parts)


def team(found: "Team", action: str) -> None:
    """A team was made."""
    _tell_owner(found.organization, "team", action, found.organization, {"team": people.team(found)})


def installation(found: "Installation", action: str) -> None:
    """An App was installed, suspended, resumed or removed: told even if it asked for no event."""
    listed = [apps.installed_repository(repository) for repository in found.repositories()]
    parts: Json = {"action": action, "installation": apps.installation(found), "repositories": listed}
    _tell(found, "installation", action, found.account, parts, found.account)


def installation_repositories(
    found: "Installation", added: Iterable["Repository"] = (), removed: Iterable["Repository"] = ()
) -> None:
    """An installation got more repositories, or fewer."""
    parts: Json = {
        "action": "added" if added else "removed",
        "installation": apps.installation(found),
        "repository_selection": apps.selection(found),
        "repositories_added": [apps.installed_repository(repository) for repository in added],
        "repositories_removed": [apps.installed_repository(repository) for repository in removed],
    }
    _tell(found, "installation_repositories", parts["action"], found.account, parts, found.account)
