# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Markdown as GitHub shows it: with tables and struck words, without comments, HTML or scripts.

Of HTML only `<sub>`, `<details>` and `<summary>` take effect; GitHub lets more of it through, which nobody here writes.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markupsafe import Markup

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ALLOWED = re.compile(r"&lt;(/?(?:sub|details|summary))&gt;")


def as_html(text: str | None) -> Markup:
    """A comment, a description or a check's summary as HTML that is safe to put on a page."""
    return Markup(_MARKDOWN.render(text or ""))  # noqa: S704 - every rule below escapes what it lets through


def _html(_renderer: RendererProtocol, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    return _ALLOWED.sub(r"<\1>", escape(_COMMENT.sub("", tokens[at].content)))


def _cell(renderer: RendererProtocol, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    # The page allows no style of its own in an element, so a column is aligned by the older attribute.
    style = str(tokens[at].attrs.pop("style", ""))
    if style:
        tokens[at].attrs["align"] = style.removeprefix("text-align:")
    return renderer.renderToken(tokens, at, options, env)  # type: ignore[attr-defined,no-any-return]


def _markdown() -> MarkdownIt:
    # A line end in a comment is a line end on the page. Pictures would be asked of other servers: they stay text.
    made = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"]).disable("image")
    for part in ("html_block", "html_inline"):
        made.add_render_rule(part, _html)
    for part in ("th_open", "td_open"):
        made.add_render_rule(part, _cell)
    return made


_MARKDOWN = _markdown()
