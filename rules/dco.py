# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Rule dco: every commit is signed off by its author, by which they state the Developer Certificate of Origin.

A sign-off is a claim like the author's name itself: the rule asks that both agree, and lets nobody else's stand in.
"""

from collections import Counter
from collections.abc import Sequence

from rules.agreement_options import DcoOptions
from rules.change import Change, Commit, Need
from rules.dco_commits import Outcome, Verdict, verdicts
from rules.dco_findings import CODES, MOST_ROWS, findings, table
from rules.finding import Finding
from rules.rule import Facts, Judgement, Rule, Signal
from rules.sign_offs import sign_offs

_NOTES = {  # of one commit and of several, in the order in which it is told
    Outcome.REMEDIATED: ("is signed off in a later one", "are signed off in later ones"),
    Outcome.MERGE: ("is a merge, which needs no sign-off", "are merges, which need no sign-off"),
    Outcome.EXEMPT: ("is exempt", "are exempt"),
}


def check(change: Change, options: DcoOptions, facts: Facts) -> Judgement:
    """Judge every commit by its author's sign-off, or by what a later commit says of it."""
    if not change.commits:
        return _without_commits(facts)
    found = verdicts(change, options, facts)
    failing = [verdict for verdict in found if verdict.outcome.fails]
    notes = (*_counts(found), *_unknown(failing, options, facts))
    return Judgement(
        _summary(found, len(failing)), findings(failing, change, options, facts), notes, table=table(found)
    )


def queue_commit_lacks_sign_off(commit: Commit) -> bool:
    """Whether a commit that a merge queue made lacks what is asked of it: anybody's sign-off, unless it merges.

    The queue writes the author of such a commit itself, so that nobody could mend a difference.
    """
    return not commit.merges and not any(one.email for one in sign_offs(commit.message))


def _without_commits(facts: Facts) -> Judgement:
    if facts.offline:
        return Judgement("There is no commit to judge.", skipped=True)
    nothing = Finding(
        "incomplete",
        "GitHub shows no commits of this contribution, so nobody can tell whether they are signed off.",
        fix="Look again in a moment with /steward check, or push once more.",
    )
    return Judgement("No commit could be seen", (nothing,))


def _summary(found: Sequence[Verdict], lacking: int) -> str:
    judged = sum(verdict.outcome.fails or verdict.outcome.signed for verdict in found)
    if not judged:
        return "No commit here needs a sign-off"
    if lacking:
        return f"{lacking} of {_commits(judged)} {'lacks' if lacking == 1 else 'lack'} a sign-off by the author"
    return f"{'All ' if judged > 1 else ''}{_commits(judged)} {'is' if judged == 1 else 'are'} signed off"


def _counts(found: Sequence[Verdict]) -> tuple[str, ...]:
    counts = Counter(verdict.outcome for verdict in found)
    notes = [f"{_commits(counts[one])} {words[counts[one] > 1]}" for one, words in _NOTES.items() if counts[one]]
    if len(found) > MOST_ROWS:
        notes.append(f"The table has {MOST_ROWS} of {len(found)} commits")
    return tuple(notes)


def _unknown(failing: Sequence[Verdict], options: DcoOptions, facts: Facts) -> tuple[str, ...]:
    """What a local check cannot know and might have let a commit pass."""
    exempt = options.exempt
    if not facts.offline or not failing or not (exempt.users.patterns or exempt.members):
        return ()
    return ("Whom the policy exempts, only GitHub can tell: there, fewer commits may fail",)


def _commits(count: int) -> str:
    return "1 commit" if count == 1 else f"{count} commits"


RULE = Rule(
    name="dco",
    needs=lambda _options: frozenset({Need.COMMITS}),
    minds=frozenset({Signal.HEAD, Signal.BASE, Signal.PEOPLE}),
    codes=CODES,
    check=check,
    wants=lambda *_: False,
)
