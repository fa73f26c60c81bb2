# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The headers as suggestions in one review, where Steward may not push; what cannot be suggested is listed in it."""

from collections.abc import Iterator

from bot.decide.commands.asked import Refused
from bot.decide.fixes.clicked import Done
from bot.decide.fixes.headers import HeadersClicked
from bot.decide.fixes.suggest import Plan, plan
from bot.decide.judge import OPEN
from bot.decide.render.comment import COMMENT_LIMIT, LEFT_OUT, PLACES_PER_GROUP
from bot.decide.render.markdown import code
from bot.decide.render.passages import fitted, passages
from bot.github.errors import Invalid
from bot.github.suggestions import has_review, post_review, read_shown_lines
from bot.store.fixes import Outcome
from rules.finding import RuleConclusion, RuleResult

_LOCKED = "the conversation is locked, so nothing can be suggested"
_FOR_PEOPLE = "None can be added without a decision that is for people to make:"
_REFUSED = "GitHub takes no suggestion there"
_MORE = "- and {count} more"
_MOST_NAMES = 20  # of files that are left out for one reason


def review(clicked: HeadersClicked) -> Done:
    """Suggest what can be, once for a head: a review whose answer was lost is found again before one is written.

    Raises Refused, Retry and GitHubError.
    """
    client, pull = clicked.client, clicked.pull
    if pull.locked:
        raise Refused(_LOCKED)
    marker = f"<!-- steward:headers {pull.head} -->"
    if has_review(client, pull, marker):
        return Done(Outcome.SUGGESTED)
    found = plan(clicked.wanted, read_shown_lines(client, pull, {file.path: file.blob for file, _ in clicked.wanted}))
    clicked.hold()
    try:
        post_review(client, pull, body_of(marker, found, clicked.click.by.login), found.suggestions)
    except Invalid:  # one line that cannot take a suggestion is enough for GitHub to refuse all of it
        listed = found.without(_REFUSED)
        post_review(client, pull, body_of(marker, listed, clicked.click.by.login), ())
    return Done(Outcome.SUGGESTED)


def tell_what_is_left(clicked: HeadersClicked) -> None:
    """Answer a press that nothing comes of by what people have to decide and why, once for a head.

    Silent where the rule objects to nothing, and in a locked conversation. Raises Retry and GitHubError.
    """
    client, pull = clicked.client, clicked.pull
    left = [result for result in clicked.report.rules if _objects(result)] if clicked.report else []
    marker = f"<!-- steward:headers-left {pull.head} -->"
    if not left or pull.locked or has_review(client, pull, marker):
        return
    start = f"{marker}\n\n{code(clicked.click.by.login)} asked for the missing license headers. {_FOR_PEOPLE}"
    clicked.hold()
    post_review(client, pull, fitted(start, passages(left, PLACES_PER_GROUP), "", COMMENT_LIMIT, LEFT_OUT), ())


def _objects(result: RuleResult) -> bool:
    objecting = result.conclusion in (*OPEN, RuleConclusion.WARNING)
    return result.rule == "headers" and objecting and bool(result.findings)


def body_of(marker: str, found: Plan, login: str) -> str:
    """What the review says at its head."""
    asked = f"{code(login)} asked for the missing license headers."
    parts = [marker, " ".join(filter(None, [asked, _suggested(len(found.suggestions))]))]
    if found.left_out:
        parts.append("Run `steward fix` in a checkout of this branch to add these:")
    return fitted("\n\n".join(parts), _listed(found), "", COMMENT_LIMIT, _MORE)


def _suggested(count: int) -> str:
    if not count:
        return ""
    if count == 1:
        return "There is one suggestion below, which a click commits."
    return f"There are {count} suggestions below; on the page *Files changed*, several can be committed at once."


def _listed(found: Plan) -> Iterator[tuple[str, int]]:
    """Each reason once, with its files."""
    paths: dict[str, list[str]] = {}
    for one in found.left_out:
        paths.setdefault(one.why, []).append(code(one.path))
    for why, files in paths.items():
        more = f" and {len(files) - _MOST_NAMES} more" if len(files) > _MOST_NAMES else ""
        yield f"- {why}: {', '.join(files[:_MOST_NAMES])}{more}", len(files)
