# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""An agreement's Markdown on a page: all of it can be read, and none of it acts."""

import pytest

from bot.web.markdown import LONGEST, rendered


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("You *may*.", "<p>You <em>may</em>.</p>\n"),
        ("1. one\n2. two\n", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>\n"),
        ("3. three", '<ol start="3">\n<li>three</li>\n</ol>\n'),
        ("> a\n", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        ("`x < y`", "<p><code>x &lt; y</code></p>\n"),
        ("\ufeffa", "<p>a</p>\n"),
        ("a\r\nb", "<p>a\nb</p>\n"),
        ("<b onclick=alert(1)>a</b>", "<p>&lt;b onclick=alert(1)&gt;a&lt;/b&gt;</p>\n"),
        ("<!-- a -->", "<p>&lt;!-- a --&gt;</p>\n"),
        ("a![b](https://evil.example/c.png)", "<p>a</p>\n"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("[a](/logout)", '<p><a rel="nofollow noopener">a</a></p>\n'),
        ("<https://a.example>", '<p><a href="https://a.example" rel="nofollow noopener">https://a.example</a></p>\n'),
        ("a\u202eb\x00", "<p>a\\u{202e}b\\u{0}</p>\n"),
        ("```html\n<a>\n```", "<pre><code>&lt;a&gt;\n</code></pre>\n"),
        ("", "<pre></pre>"),
    ],
)
def test_a_text_is_shown_and_does_nothing(written: str, shown: str) -> None:
    assert rendered(written) == shown


@pytest.mark.parametrize(
    ("written", "levels"),
    [
        ("# a\n## b\n# c", "343"),
        ("## a\n#### b", "34"),
        ("# a\n## b\n### c\n#### d\n##### e", "34566"),
        ("a\n===", "3"),
    ],
)
def test_headings_stand_below_the_pages_own_without_a_gap(written: str, levels: str) -> None:
    assert "".join(part[0] for part in rendered(written).split("<h")[1:]) == levels


@pytest.mark.parametrize(
    "written", ["> " * 20 + "hidden", "- " * 20 + "hidden", "*a*\n" * LONGEST, "a" * (LONGEST + 1)]
)
def test_what_cannot_be_shown_whole_is_shown_as_it_was_written(written: str) -> None:
    assert rendered(written) == f"<pre>{written.replace('>', '&gt;')}</pre>"
