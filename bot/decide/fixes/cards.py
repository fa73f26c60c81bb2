# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A press of "Add a card": cards for the data and models of a pull request, with blanks that people fill in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from bot.decide.commands.asked import Refused
from bot.decide.fixes.clicked import Clicked, Done, LeftOut, Mended, NothingToAdd
from bot.decide.fixes.limits import EXECUTABLE, MOST_BYTES, MOST_FILES, NOT_AS_JUDGED, TOO_LARGE, TOO_MANY
from bot.decide.render.comment import COMMENT_LIMIT
from bot.decide.render.markdown import code, prose
from bot.decide.render.passages import fitted
from bot.decide.render.words import lack_cards
from bot.github.branches import read_blob
from bot.github.content import LARGEST
from bot.github.entries import Entry, read_entries
from bot.github.suggestions import has_review, post_review
from bot.store.fixes import Outcome
from rules import datasets, models
from rules.change import FileKind, Side
from rules.materials.draft import Draft
from rules.options import DatasetsOptions, ModelsOptions

LONGEST_LINK = 6_000
"""Characters of an address that browsers and GitHub are sure to take."""

_NOTHING = "nothing here lacks a card that could simply be added"
_LOCKED = "the conversation is locked, so nothing can be written there"
_MORE = "For **{count} more** there is no room here: `steward fix --cards` writes them in a checkout of this branch."


@dataclass(frozen=True)
class CardsClicked(Clicked):
    """Somebody asked for cards."""

    @cached_property
    def wanted(self) -> tuple[Draft, ...]:
        """The cards that are missing, one for a path. Raises Refused and GitHubError."""
        if self.report is None or not lack_cards(self.report.rules) or self.change is None:
            raise NothingToAdd(_NOTHING)
        found: dict[str, Draft] = {}
        for draft in self._drafts():
            found.setdefault(draft.path, draft)
        if not found:
            raise NothingToAdd(_NOTHING)
        return tuple(found.values())

    def _drafts(self) -> Iterator[Draft]:
        """What the rules offer that are on, and that nobody has overridden."""
        asking = {result.rule for result in self.report.rules if lack_cards([result])} if self.report else set()
        active = dict(self.policy.active()) if self.policy else {}
        facts = self.world.facts()
        if isinstance(data := active.get("datasets"), DatasetsOptions) and "datasets" in asking:
            yield from (draft for _, draft in datasets.drafts(self.read, data, facts))
        if isinstance(weights := active.get("models"), ModelsOptions) and "models" in asking:
            yield from (draft for _, draft in models.drafts(self.read, weights, facts))


def mend(clicked: CardsClicked) -> Mended:
    """The cards as files: new ones, and front matter before what a README.md holds. Raises Retry and GitHubError."""
    places = [(Side.HEAD, draft.path) for draft in clicked.wanted]
    entries, _ = read_entries(clicked.client, clicked.pull, places)
    made, left, size = dict[str, bytes](), list[LeftOut](), 0
    for draft in clicked.wanted:
        entry = entries.get((Side.HEAD, draft.path))
        size += entry.size if entry else 0
        full = len(made) == MOST_FILES or size > MOST_BYTES
        if why := _objection(draft, entry) or (TOO_MANY if full else ""):
            left.append(LeftOut(draft.path, why))
        else:
            made[draft.path] = draft.put_into(_there(clicked, entry))
    return Mended(made, tuple(left))


def _objection(draft: Draft, entry: Entry | None) -> str:
    """Why what stands at the path forbids it, or nothing."""
    if draft.existing is not (entry is not None):
        return NOT_AS_JUDGED
    if entry is None:
        return ""
    if entry.kind is not FileKind.REGULAR:
        return NOT_AS_JUDGED
    if entry.executable:
        return EXECUTABLE
    return TOO_LARGE if entry.size > LARGEST else ""


def _there(clicked: CardsClicked, entry: Entry | None) -> bytes:
    if entry is None:
        return b""
    clicked.hold()  # many files take long
    return read_blob(clicked.client, clicked.pull.repository, entry.oid)


# -- where Steward may not push -----------------------------------------------------------------------------------


def review(clicked: CardsClicked) -> Done:
    """Write the cards into one review, ready to be pasted, once for a head. Raises Refused, Retry and GitHubError."""
    client, pull = clicked.client, clicked.pull
    if pull.locked:
        raise Refused(_LOCKED)
    marker = f"<!-- steward:card {pull.head} -->"
    wanted = clicked.wanted
    if not has_review(client, pull, marker):
        clicked.hold()
        cards = ((_shown(clicked, draft), 1) for draft in wanted)
        post_review(client, pull, fitted(_start(marker, clicked), cards, "", COMMENT_LIMIT, _MORE), ())
    return Done(Outcome.SUGGESTED)


def tell_what_is_left(_clicked: CardsClicked) -> None:
    """Nothing: what a card lacks stands in the check already, and only people can fill it in."""


def _start(marker: str, clicked: CardsClicked) -> str:
    count = len(clicked.wanted)
    cards = "the missing card" if count == 1 else f"the {count} missing cards"
    where = "Steward does not write to this branch, so it is for you to add, with the blanks (`TODO:`) filled in."
    where = where if count == 1 else where.replace("it is", "they are")
    return f"{marker}\n\n{code(clicked.click.by.login)} asked for {cards}. {where}"


def _shown(clicked: CardsClicked, draft: Draft) -> str:
    link = editor(clicked, draft)
    parts = [prose(draft.words), _fenced(draft.text)]
    if link:
        parts.insert(1, f"**[Open it in GitHub's editor]({link})**")
    return "\n\n".join(parts)


def _fenced(text: str) -> str:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}markdown\n{text}\n{fence}"


def editor(clicked: CardsClicked, draft: Draft) -> str:
    """The address that opens a new file with this card on the branch of the pull request; "" where there is none."""
    pull = clicked.pull
    if draft.existing or not pull.head_repository:
        return ""
    branch = quote(pull.head_ref, safe="/")
    asked = f"filename={quote(draft.path, safe='')}&value={quote(draft.text, safe='')}"
    link = f"{clicked.world.server_url}/{pull.head_repository}/new/{branch}?{asked}"
    return link if len(link) <= LONGEST_LINK else ""
