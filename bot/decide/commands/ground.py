# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a decision stands on: the head that its author could have seen, if it is the head now, and the report on it.

Whoever decides has looked at one commit. What was pushed since, they have not seen.
"""

from dataclasses import dataclass

from bot.decide.commands.asked import Asked, Refused
from bot.decide.render.markdown import code
from bot.github.pull import Pull
from bot.store.database import reading
from bot.store.decisions import Kind, NewDecision
from bot.store.publications import Publication, shown_heads, shown_to
from rules.finding import Report, RuleResult
from rules.policy import Policy
from rules.settings import RuleOptions

_CLOSED = "This pull request is closed, and nothing is decided on it. Say it again when it is reopened."
_NOT_YET = "When you wrote that, Steward had not reported here yet. Look at its report, and say it again."
_NEW_COMMITS = "There are new commits since, and the newest is {head}. Look again, and say it once more if it holds."
_NEW_BASE = "The base branch was changed since, and another policy may hold. Look again, and say it once more."
_OTHER_COMMIT = "{given} is not the newest commit of this pull request, which is {head}. Look at that one."
_SEVERAL = "{given} could mean another commit as well. Name all of it; the newest is {head}."
_NO_POLICY = "No valid policy governs this pull request, so there is nothing to decide."
_NO_REPORT = "Steward has no report on the newest commit yet. Say it again once its check is there."


@dataclass(frozen=True)
class Ground:
    """A pull request at the head that is decided on, its policy and the report that stands there."""

    pull: Pull
    policy: Policy
    report: Report

    def result(self, rule: str) -> RuleResult:
        """How a rule came out. Raises Refused if the policy does not ask for it here."""
        found = next((one for one in self.report.rules if one.rule == rule), None)
        if found is None:
            on = ", ".join(f"`{one.rule}`" for one in self.report.rules)
            raise Refused(f"The rule `{rule}` is not on here. {f'These are: {on}.' if on else 'No rule is.'}")
        return found

    def options(self, rule: str) -> RuleOptions:
        """What the policy sets for a rule. Raises Refused if it does not any more."""
        options = dict(self.policy.active()).get(rule)
        if options is None:
            raise Refused(f"The rule `{rule}` is off by now.")
        return options


def ground_for(asked: Asked, sha: str | None) -> Ground:
    """What somebody decides on who says so now; `sha` is the commit that they named, if they did.

    Raises Refused, GitHubError, and Retry where the newest commit has not been looked at yet.
    """
    if not asked.pull.open:
        raise Refused(_CLOSED)
    if asked.report is None:  # of this commit no event may ever tell
        asked.look_first()
    _check_head(asked, sha)
    if asked.policy is None:
        raise Refused(_NO_POLICY)
    if asked.report is None:
        raise Refused(_NO_REPORT)
    return Ground(asked.pull, asked.policy, asked.report)


def _check_head(asked: Asked, sha: str | None) -> None:
    head, seen = asked.pull.head, _seen(asked)
    if sha is not None:
        if not head.startswith(sha):
            raise Refused(_OTHER_COMMIT.format(given=code(sha[:10]), head=code(head[:10])))
        if _could_mean_another(asked, sha):
            raise Refused(_SEVERAL.format(given=code(sha[:10]), head=code(head)))
    elif asked.said.commit is not None:
        if asked.said.commit != head:
            raise Refused(_NEW_COMMITS.format(head=code(head[:10])))
    elif seen is None:
        asked.look_first()  # so that what is said next has something to stand on
        raise Refused(_NOT_YET)
    elif seen.head != head:
        raise Refused(_NEW_COMMITS.format(head=code(head[:10])))
    if seen is not None and seen.base_ref != asked.pull.base_ref:
        raise Refused(_NEW_BASE)


def _could_mean_another(asked: Asked, beginning: str) -> bool:
    """Whether another commit that was ever here begins alike: one that does is quickly made."""
    with reading(asked.world.engine) as connection:
        known = shown_heads(connection, asked.repository.id, asked.number)
    known |= {commit.sha for commit in asked.pull.commits.commits}
    return any(one.startswith(beginning) for one in known - {asked.pull.head})


def _seen(asked: Asked) -> Publication | None:
    """What the last report spoke of when the comment was written; an edit that came later makes no difference."""
    said = asked.said
    if said.written_at is None:
        return None
    with reading(asked.world.engine) as connection:
        return shown_to(connection, asked.repository.id, asked.number, written=said.written_at, received=said.received)


def decision(asked: Asked, kind: Kind, rule: str) -> NewDecision:
    """A decision by who gave the command, on the head of the pull request, to be written down."""
    return NewDecision(
        kind=kind,
        rule=rule,
        account_id=asked.said.by.id,
        login=asked.said.by.login,
        head=asked.pull.head,
        content=asked.content,
        base_ref=asked.pull.base_ref,
        how="comment",
        remark=asked.said.comment,
        said_at=asked.said.said_at,
        address=asked.said.address,
    )
