# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who may decide: what the policy says of overrides and approvals, as one answer for every rule."""

from dataclasses import dataclass

from rules.policy import ApproveCommand, OverrideCommand
from rules.settings import Approvals, in_page_words


@dataclass(frozen=True, slots=True)
class Mandate:
    """Who may decide something: whoever has the right in the repository, or belongs to one of the teams.

    Either suffices. Those behind a contribution may only where `allow_author` says so.
    """

    permission: str | None
    teams: tuple[str, ...] = ()
    allow_author: bool = False

    @property
    def words(self) -> str:
        """Whom that admits, to complete "it takes ..."."""
        role = f"somebody with the role {in_page_words(self.permission)}" if self.permission else ""
        higher = " or a higher one" if self.permission and self.permission != "admin" else ""
        parts = [role + higher] if role else []
        parts += [f"a member of the team {team}" for team in self.teams]
        return ", or ".join(parts) or "somebody whom the policy names, and it names nobody"


def may_override(command: OverrideCommand) -> Mandate:
    """Who may pass a failing rule."""
    return Mandate(command.permission, command.teams, command.allow_author)


def may_approve(approvals: Approvals, command: ApproveCommand) -> Mandate:
    """Who may consent where a rule asks for it: as the rule says, and where it does not, as the command does."""
    if approvals.teams is None and approvals.permission is None:
        return Mandate(command.permission, command.teams, command.allow_author)
    return Mandate(approvals.permission, approvals.teams or (), command.allow_author)
