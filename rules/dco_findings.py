# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the rule dco says of commits: a finding with what to do for each that fails, and the table of all."""

from collections.abc import Sequence

from rules.agreement_options import DcoOptions
from rules.change import Change, Person
from rules.dco_commands import MOST_SENTENCES, like_the_author, remediation, signing_again
from rules.dco_commits import Outcome, Verdict
from rules.dco_match import folded
from rules.finding import Finding, Table
from rules.people import masked, shown_name
from rules.rule import Code, Facts

CODES = {
    "dco-missing": Code("A commit carries no sign-off."),
    "dco-mismatch": Code("A commit carries a sign-off, but none by its author."),
}
MOST_ROWS = 250

_COLUMNS = ("Commit", "Author", "Sign-off", "Result")
_LONGEST = 80  # characters of a name, or of an address
_MEANING = "A sign-off says that its author may submit the work under the license of the project."
_CONFIGURED = ", with the name and the e-mail address that the commits have"
_OWN_COMMITS = " their own commits, once git config has the name and the e-mail address of these"
_MAY_BE_ONE = "GitHub may know both addresses as one account, which cannot be told here."


def findings(failing: Sequence[Verdict], change: Change, options: DcoOptions, facts: Facts) -> tuple[Finding, ...]:
    """One finding a commit. An author reads the same fix at each of theirs, for to follow it once mends all."""
    by_author: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in failing:
        by_author.setdefault(_identity(verdict.author), []).append(verdict)
    fixes = {author: _fix(theirs, failing, change, options) for author, theirs in by_author.items()}
    return tuple(_finding(verdict, fixes[_identity(verdict.author)], options, facts) for verdict in failing)


def table(found: Sequence[Verdict]) -> Table:
    """Every commit with its author, its sign-off and why that does or does not count; where there are too many, those
    that fail first.
    """
    if len(found) > MOST_ROWS:
        found = sorted(found, key=lambda verdict: not verdict.outcome.fails)[:MOST_ROWS]
    return Table(_COLUMNS, tuple(_row(verdict) for verdict in found))


def _row(verdict: Verdict) -> tuple[str, ...]:
    sign_off = _shown(verdict.sign_off) if verdict.sign_off else "none"
    return (verdict.commit.sha[:10], _shown(verdict.author), sign_off, verdict.words)


# -- a finding ----------------------------------------------------------------------------------------------------


def _finding(verdict: Verdict, fix: str, options: DcoOptions, facts: Facts) -> Finding:
    code = "dco-missing" if verdict.outcome is Outcome.MISSING else "dco-mismatch"
    message = " ".join((_said(verdict, options, facts), *verdict.but))
    return Finding(code, message, commit=verdict.commit.sha, person=verdict.author, fix=fix)


def _said(verdict: Verdict, options: DcoOptions, facts: Facts) -> str:
    author = _shown(verdict.author)
    if verdict.sign_off is None:
        return f"There is no sign-off by the author, {author}."
    said = f"The sign-off is by {_shown(verdict.sign_off)}, the author is {author} ({verdict.words})."
    return f"{said} {_MAY_BE_ONE}" if facts.offline and options.match == "account" else said


def _shown(person: Person) -> str:
    """A name and an address as everybody may see them."""
    email = f"<{_clipped(masked(person.email))}>" if person.email else ""
    return f"{_clipped(shown_name(person.name))} {email}".strip() or "nobody"


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _identity(author: Person) -> tuple[str, str]:
    """Who has to sign: a sign-off is by a name and an address, so that somebody with two of them signs twice."""
    return folded(author.name), folded(author.email)


# -- what to do ---------------------------------------------------------------------------------------------------


def _fix(theirs: Sequence[Verdict], failing: Sequence[Verdict], change: Change, options: DcoOptions) -> str:
    """What one author does.

    All authors are told to begin at the same commit, so that the commands still hold when others were faster. None is
    told to take the name of the commits where there are several: whoever follows what is said to another signs nothing.
    """
    author, several = theirs[0].author, len(theirs) < len(failing)
    own = not several and _opened(author, change.opener)
    mismatch = next((verdict.commit for verdict in theirs if verdict.outcome is Outcome.MISMATCH), None)
    lines = like_the_author(mismatch) if mismatch and not several else []
    lines += signing_again(change, [verdict.commit for verdict in failing], several=several)
    commands = "\n".join((*lines, *_alternatives(theirs, options, own=own)))
    advice = _OWN_COMMITS if several else _CONFIGURED if mismatch else ""
    return f"{_MEANING} {_who_signs(author, own=own)}{advice}:\n\n{commands}"


def _opened(author: Person, opener: Person | None) -> bool:
    """Whether the author is who reads this, as far as that is known."""
    return opener is None or (author.id is not None and author.id == opener.id)


def _who_signs(author: Person, *, own: bool) -> str:
    return "Sign off on your branch" if own else f"{_clipped(shown_name(author.name)) or 'The author'} signs off"


def _alternatives(theirs: Sequence[Verdict], options: DcoOptions, *, own: bool) -> list[str]:
    """The ways without rewriting commits that the policy leaves open, each behind a line that says what it is."""
    commits = [verdict.commit for verdict in theirs]
    part = f", the first {MOST_SENTENCES} of {len(commits)}" if len(commits) > MOST_SENTENCES else ""
    individual, third_party = (way in options.remediation for way in ("individual", "third-party"))
    lines: list[str] = []
    if individual:
        lines += ["", f"# Or, without rewriting commits{part}:", *remediation(commits, on_behalf=False)]
    if third_party and not (individual and own):
        lines += ["", f"# Or, by somebody who may sign for the author{part}:", *remediation(commits, on_behalf=True)]
    return lines
