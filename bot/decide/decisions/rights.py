# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Whether somebody may decide, asked of GitHub at that moment: when they say so, and whenever a report rests on it."""

from dataclasses import dataclass, field, replace

from bot.decide.decisions.authors import Authors
from bot.github.client import Client
from bot.github.errors import Forbidden
from bot.github.memberships import is_active_in_team
from bot.github.repository_name import RepositoryName
from bot.github.rights import login_now, rights_of
from bot.identity import Account
from rules.mandate import Mandate

OWN_WORK = "the policy does not let the authors of a contribution decide on it"
HIDDEN_AUTHORS = "GitHub does not show all authors of this contribution, so nobody can be told from them"
NOT_TOLD = "GitHub does not let Steward see the rights in this repository"


@dataclass
class Rights:
    """What people may do in one repository; each question is asked once."""

    client: Client
    repository: RepositoryName
    _granted: dict[int, tuple[Account, frozenset[str]]] = field(default_factory=dict)
    _in_team: dict[tuple[int, str], bool] = field(default_factory=dict)

    def granted(self, account: Account) -> frozenset[str]:
        """What somebody may do there, in GitHub's words. Raises GitHubError."""
        return self._known(account)[1]

    def objection(self, account: Account, mandate: Mandate, authors: Authors) -> str:
        """Why somebody may not decide, as half a sentence; empty if they may.

        What GitHub refuses to tell is no right, and of a contribution whose authors it did not all show, anybody may be
        one. Raises GitHubError.
        """
        if not mandate.allow_author and (account.id in authors.accounts or not authors.whole):
            return OWN_WORK if account.id in authors.accounts else HIDDEN_AUTHORS
        try:
            return "" if self._has(account, mandate) else f"it takes {mandate.words}"
        except Forbidden:
            return NOT_TOLD

    def _has(self, account: Account, mandate: Mandate) -> bool:
        known, granted = self._known(account)
        if mandate.permission is not None and mandate.permission in granted:
            return True
        # A login that the account does not have is nobody's here, whatever team that other one is in.
        return bool(granted) and any(self._belongs(known, team) for team in mandate.teams)

    def _known(self, account: Account) -> tuple[Account, frozenset[str]]:
        """The account as it is called now, and its rights: people may have another login by now."""
        if account.id not in self._granted:
            granted = rights_of(self.client, self.repository, account)
            if not granted and (login := login_now(self.client, account.id)) not in (None, account.login):
                account = replace(account, login=login)
                granted = rights_of(self.client, self.repository, account)
            self._granted[account.id] = (account, granted)
        return self._granted[account.id]

    def _belongs(self, account: Account, team: str) -> bool:
        asked = (account.id, team)
        if asked not in self._in_team:
            self._in_team[asked] = is_active_in_team(self.client, self.repository.owner, team, account.login)
        return self._in_team[asked]
