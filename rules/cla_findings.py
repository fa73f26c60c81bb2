# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is missing from an agreement, in words, and what to do about it.

Everybody in the same state gets the same words, so that these are told once.
"""

from typing import NamedTuple

from rules.agreement import Agreement
from rules.agreement_options import ClaOptions
from rules.change import Change, Person
from rules.cla_rewriting import has_own_address, own_address
from rules.cla_standing import Stance, State, day, grace_end, had_grace
from rules.cla_unlinked import Unlinked
from rules.finding import Finding, RuleConclusion
from rules.people import Role
from rules.rule import Code, Facts

CODES = {
    "cla-unsigned": Code(
        "Somebody behind the contribution has not signed the agreement.", RuleConclusion.ACTION_REQUIRED
    ),
    "cla-unlinked": Code("Somebody behind the contribution has no GitHub account that could have signed."),
    "cla-opener": Code("Whoever opened the pull request has written none of its commits."),
}


class _Told(NamedTuple):
    """What is said of somebody: what was found, what to do, and the page where it can be done."""

    message: str
    fix: str
    link: str | None = None


class Teller:
    """Says of everybody behind one contribution who does not pass why, and what to do."""

    def __init__(self, change: Change, options: ClaOptions, facts: Facts, agreement: Agreement) -> None:
        self._options, self._agreement, self._noreply = options, agreement, facts.noreply
        self._unlinked = Unlinked(change, facts.noreply)

    def finding(self, stance: Stance) -> Finding:
        """What is missing from one contributor."""
        person, commits = stance.who.person, stance.who.commits
        told = self._told(stance)
        return Finding(
            code="cla-unlinked" if person.id is None else "cla-unsigned",
            message=told.message,
            commit=commits[0] if commits else None,
            person=person,
            fix=told.fix,
            link=told.link,
        )

    def stranger(self, opener: Person | None) -> Finding:
        """Whoever opened the pull request wrote nothing of it."""
        message = "Whoever opened this pull request is neither author nor co-author of any of its commits."
        fix = "Somebody who wrote them opens a pull request of their own."
        if opener is not None and has_own_address(opener):
            trailer = f"Co-authored-by: {opener.login} <{own_address(opener, self._noreply)}>"
            fix += (
                " Or, if you had a part in them, say so: run git commit --amend --allow-empty, put this behind the "
                f"message and an empty line, and run git push --force-with-lease.\n\n{trailer}"
            )
        return Finding("cla-opener", message, person=opener, fix=fix)

    def _told(self, stance: Stance) -> _Told:
        match stance.state:
            case State.UNLINKED:
                return _Told(*self._unlinked.unknown(stance.who))
            case State.NOT_GITHUB:
                return _Told(*self._unlinked.not_github(stance.who))
            case State.DELETED:
                return _Told(*self._unlinked.deleted())
            case State.WAITING_TOOL:
                return _WAITING_TOOL
            case State.BOT | State.CLAIMED_BOT if stance.who.roles == {Role.CO_AUTHOR}:
                return _Told(*self._unlinked.tool(stance.who))
            case State.BOT:
                return _BOT
            case State.CLAIMED_BOT:
                return _CLAIMED_BOT
            case State.UNCONFIRMED:
                return self._unconfirmed(stance.about)
        return _Told(self._unsigned(stance), *self._ways())

    def _unsigned(self, stance: Stance) -> str:
        version, place = self._agreement.version, self._agreement.place
        if stance.state is State.OUTDATED:
            return f"Version {stance.about} of {place} is signed, version {version} is not yet.{self._grace(stance)}"
        if stance.state is State.LEFT:
            return (
                f"No longer on the list of {stance.about}, which covers only what was contributed until then. Version "
                f"{version} of {place} is not signed yet."
            )
        return f"Version {version} of {place} is not signed yet."

    def _grace(self, stance: Stance) -> str:
        if not self._options.grace or not had_grace(stance.about, self._agreement):
            return ""
        return f" The older one counted until {day(grace_end(self._options, self._agreement))}."

    def _ways(self) -> tuple[str, str | None]:
        """How to sign, and where. Without a page it is the text that one has to see, and the very one that counts."""
        page, text = self._agreement.page if "web" in self._options.sign else None, self._agreement.text
        if self._by_comment():
            read = f"Read {'the agreement' if text else self._agreement.place} and"
            start = "Sign it on its page, or" if page else read
            return f"{start} comment this here:\n\n/steward sign", page or text
        return ("Sign it on its page." if page else _NO_PAGE), page or text

    def _by_comment(self) -> bool:
        """Whether a comment is enough; it cannot say what the policy's fields ask for."""
        return "comment" in self._options.sign and not any(field.required for field in self._options.fields)

    def _unconfirmed(self, company: str) -> _Told:
        message = f"On the list of {company} and not confirmed yet: everybody on it does so once."
        page = self._agreement.page
        return _Told(message, "Confirm on the agreement's page that you contribute for it." if page else _NO_PAGE, page)


_NO_PAGE = (
    "This is done on Steward's page for the agreement, which has no public address yet: ask a maintainer to let "
    "whoever runs Steward set STEWARD_URL."
)
_WAITING_TOOL = _Told(
    "A coding tool is named as co-author. The policy lets it pass where whoever opened the pull request is covered.",
    "Nothing has to be done about the tool: it passes once whoever opened the pull request does.",
)
_BOT = _Told(
    "A bot stands behind this, and the policy does not exempt it.",
    "A bot cannot sign. A maintainer who trusts it adds its login, such as renovate[bot], to rules.cla.exempt.users in "
    "the policy.",
)
_CLAIMED_BOT = _Told(
    "A commit carries the address of a bot, or of an account that GitHub does not name. Anybody can write one into a "
    "commit, so it exempts nobody.",
    "A bot is exempt where it opened the pull request itself, or where GitHub made the commit for it. If you made the "
    "commit, give it your own address and push it again.",
)
