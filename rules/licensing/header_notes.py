# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the rule headers tells of all files together: a line that sums up, what was passed over, who spoke for whom."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rules.licensing.exempt import REASONS, Passed
from rules.licensing.reuse import SIDECAR
from rules.shown import shown_path

# Reasons that a contributor could have made up, by what a file is called, holds, or where it stands.
_NAMED = frozenset({"legal", "by-tools", "kind", "binary", "lfs", "card", "vendored", "attributes", "name", "marker"})
_MOST_NAMES = 10
_BESIDE = ("a .license file of its own", ".license files of their own")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many files were judged, lack the header, name another license, were not read, and speak for none."""

    judged: int
    lacking: int = 0
    other: int = 0
    unread: int = 0
    broken: int = 0


def summary(tally: Tally) -> str:
    """The whole in one line."""
    judged, unread, broken = tally.judged, tally.unread, tally.broken
    rest = f"; {files(unread)} could not be read" if unread else ""
    rest += f"; {broken} REUSE.toml {'is' if broken == 1 else 'are'} not valid" if broken else ""
    if not judged:
        return f"No file here {'could be judged' if unread else 'needs a license header'}{rest}"
    if wrong := _wrong(tally):
        return f"{wrong}{rest}"
    all_ = "All " if judged > 1 and not unread else ""
    return f"{all_}{files(judged)} {'carries' if judged == 1 else 'carry'} the license header{rest}"


def _wrong(tally: Tally) -> str:
    """How many files are not as wanted, of how many; empty if all are."""
    lacking, other, of = tally.lacking, tally.other, f"of {files(tally.judged)}"
    lack = f"{'lacks' if lacking == 1 else 'lack'} the license header"
    name = f"{'names' if other == 1 else 'name'} another license"
    if lacking and other:
        return f"{lacking} {of} {lack}, {other} {name}"
    return f"{lacking} {of} {lack}" if lacking else f"{other} {of} {name}" if other else ""


def on_passed(passed: Sequence[Passed]) -> Iterator[str]:
    """How many files were passed over for each reason, and which, where a contributor could have made that up."""
    by_reason: dict[str, list[Passed]] = {}
    for one in passed:
        by_reason.setdefault(one.reason, []).append(one)
    for reason, words in REASONS.items():
        if found := by_reason.get(reason):
            names = f": {_listed([_place(one) for one in found])}" if reason in _NAMED else ""
            yield f"{files(len(found))} {words[len(found) > 1]}{names}"


def on_sources(sources: Sequence[str], changed: Collection[str]) -> Iterator[str]:
    """How many files have their license from which file beside them, and which of those the contribution changes.

    `sources` has the path of that file for each file of which the license is told so.
    """
    counts = Counter("" if source.endswith(SIDECAR) else shown_path(source) for source in sources)
    for source, count in counts.most_common(_MOST_NAMES):
        yield f"{files(count)} {'is' if count == 1 else 'are'} licensed by {source or _BESIDE[count > 1]}"
    if touched := sorted({shown_path(source) for source in sources if source in changed}):
        yield f"This contribution itself changes what licenses them: {_listed(touched)}"


def _place(one: Passed) -> str:
    return f"{shown_path(one.path)} (line {one.line})" if one.line else shown_path(one.path)


def _listed(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return f"{', '.join(names[:_MOST_NAMES])}{more}"


def files(count: int) -> str:
    """So many files, in words."""
    return "1 file" if count == 1 else f"{count} files"
