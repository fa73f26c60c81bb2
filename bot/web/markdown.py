# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The text of an agreement as it stands on a page: its Markdown, and nothing that could act, load or hide anything.

Raw HTML is shown as text, images are left out, and what comes out passes a list of allowed elements once more. Where
the text cannot be shown so as a whole, it is shown as it was written: nobody signs what they could not see.
"""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from bot.unseen import shown

LONGEST = 200_000
"""Characters; a longer text is shown as it was written."""
DEEPEST = 18
"""Levels of lists and quotes; the reader of Markdown passes over what is two levels deeper."""
HIGHEST, LOWEST = 3, 6
"""The levels of headings that are left below those of the page."""

_TAGS = {"p", "br", "hr", "h3", "h4", "h5", "h6", "ul", "ol", "li", "em", "strong", "code", "pre", "blockquote", "a"}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_KEPT = "\n\t\r"

_reader = MarkdownIt("commonmark", {"html": False})


@lru_cache(maxsize=16)
def rendered(text: str) -> Markup:
    """A text as safe HTML, whole whatever its length."""
    text = "".join(letter if letter in _KEPT else shown(letter) for letter in text.removeprefix("\ufeff"))
    tokens = _reader.parse(text) if len(text) <= LONGEST else []
    if not tokens or any(token.level >= DEEPEST for token in tokens):
        return Markup("<pre>{}</pre>").format(text)
    _lower_headings(tokens)
    return Markup(_cleaned(_reader.renderer.render(tokens, _reader.options, {})))  # noqa: S704 - that is its purpose


def _lower_headings(tokens: list[Token]) -> None:
    """Put the text's headings below the page's, without a gap between their levels."""
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    levels = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{min(LOWEST, HIGHEST + levels.index(token.tag))}"


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",  # it would lead to a page of ours
        link_rel="nofollow noopener",
    )
