# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Reports on pull requests that have no verdict: not yet, or because Steward failed.

They stand in the store like any other, so that no pull request on the same head makes the check green over one that
nobody has judged, and so that whoever leaves that head is missed there.
"""

from bot.decide.archive import pack_report
from bot.decide.world import World
from bot.github.repository_name import RepositoryName
from bot.store import judged
from bot.store.database import writing
from bot.work.keys import Key
from rules.finding import Conclusion, Finding, Level, Report, RuleConclusion, RuleResult
from rules.rule import Signal


def keep_waiting(world: World, repository: RepositoryName, number: int, head: str) -> None:
    """The pull request is on this head and its verdict is still to come."""
    _keep(world, repository, number, head, "The verdict is still to come", "Nothing is to be done: Steward looks.")


def keep_failed(world: World, repository: RepositoryName, key: Key, head: str) -> None:
    """Steward tried to judge the pull request on this head, again and again, and failed."""
    _keep(world, repository, key.number or 0, head, could_not(key), for_operator(key))


def could_not(key: Key) -> str:
    """What a title says where Steward failed, with the word to give to its operator."""
    return f"Steward could not evaluate this, ask its operator ({key})"


def for_operator(key: Key) -> str:
    """What an operator can do about it: a sentence, and after an empty line the command."""
    return (
        "A new push makes Steward try again. Its operator finds the reason in the log and brings it back to work with:"
        f"\n\nsteward queue retry '{key}'"
    )


def _keep(world: World, repository: RepositoryName, number: int, head: str, what: str, fix: str) -> None:
    result = RuleResult(
        "steward", Level.ERROR, RuleConclusion.FAILURE, what, (Finding("incomplete", f"{what}.", fix=fix),)
    )
    report = Report(repository.full, number, "", head, "", "enforce", Conclusion.FAILURE, (result,))
    stored = judged.StoredReport(
        repository_id=repository.id,
        number=number,
        head=head,
        base_ref="",
        open=True,
        conclusion=report.conclusion.value,
        minds=frozenset(signal.value for signal in Signal),
        body=pack_report(report),
        judged_at=world.clock(),
    )
    with writing(world.engine) as connection:
        judged.keep_report(connection, stored)
