# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from html import unescape

import pytest
import requests

from bot.demo.github.pull import Pull
from bot.demo.markdown import as_html
from bot.demo.pages import is_page
from tests.bot.demo.acme import Acme


def look(acme: Acme, path: str, status: int = 200) -> str:
    with requests.Session() as browser:
        browser.trust_env = False
        answer = browser.get(f"{acme.github.url}/{path}", timeout=20)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    return answer.text


def check(acme: Acme, pull: Pull, **output: object) -> None:
    asked = {"name": "Steward", "head_sha": pull.head_sha, **output}
    assert acme.hands.ask("POST", "/repos/acme/widgets/check-runs", asked).status_code == 201


def test_the_first_page_leads_to_every_pull_request(acme: Acme) -> None:
    acme.pull().merge(acme.alice)
    acme.organization.repository("secret", private=True)
    page = look(acme, "")
    assert '<a href="/acme/widgets/pull/1"><bdi>A change</bdi></a>' in page
    assert page.index("acme/widgets") < page.index("merged") < page.index("acme/secret") < page.index("private")
    assert "No pull requests." in page


def test_an_empty_github_has_a_first_page(acme: Acme) -> None:
    acme.widgets.delete()
    assert "There are none yet." in look(acme, "")


def test_a_pull_request_shows_who_wants_what(acme: Acme) -> None:
    pull = acme.pull()
    pull.edit(body="It *splits* text.")
    page = look(acme, pull.path)
    assert "simulation" in page
    for words in ("A change", "alice", "wants to merge", "1 commit into", "main", "feature", "<em>splits</em>"):
        assert words in page
    assert pull.head_sha[:7] in page
    assert "Checks" not in page


def test_a_name_is_found_whatever_its_case(acme: Acme) -> None:
    acme.pull()
    assert "acme/widgets" in look(acme, "ACME/Widgets/pull/1?tab=files")


@pytest.mark.parametrize("path", ["acme/widgets/pull/2", "acme/other/pull/1", "acme/widgets/pull/x"])
def test_what_is_not_there_is_not_found(acme: Acme, path: str) -> None:
    acme.pull()
    assert "Not found" in look(acme, path, 404)


def test_the_state_is_told(acme: Acme) -> None:
    pull = acme.pull()

    def state() -> str:
        return look(acme, pull.path).split('<span class="state ')[1].split('"')[0]

    assert state() == "open"
    pull.convert_to_draft()
    assert state() == "draft"
    pull.close()
    assert state() == "closed"
    pull.reopen()
    pull.ready_for_review()
    pull.merge(acme.alice)
    assert state() == "merged"


def test_a_fork_is_named(acme: Acme) -> None:
    bob = acme.github.user("bob")
    fork = acme.widgets.fork(bob)
    fork.commit("idea", {"b.py": "2\n"}, author=bob)
    pull = acme.widgets.open_pull("idea", by=bob, from_fork=fork)
    assert "from <code>bob:idea</code>" in look(acme, pull.path)
    fork.delete()
    assert "from <code>unknown:idea</code>" in look(acme, pull.path)


def test_a_check_shows_its_conclusion_its_summary_and_its_annotations_by_file(acme: Acme) -> None:
    pull = acme.pull()
    note = {"annotation_level": "failure", "message": "Mend\nthis <now>.", "title": "headers: header-missing"}
    places = [("b.py", 1), ("a.py", 7), ("a.py", 2)]
    annotations = [{**note, "path": path, "start_line": line, "end_line": line} for path, line in places]
    output = {"title": "2 files", "summary": "| Rule | |\n| --- | --: |\n| Headers | no |", "annotations": annotations}
    check(acme, pull, conclusion="failure", output=output, details_url="http://localhost:3000/acme/widgets/pull/1")

    page = look(acme, pull.path)
    shown = (
        "not successful",
        'href="http://localhost:3000/acme/widgets/pull/1"',
        "<td>Headers</td>",
        "this &lt;now&gt;",
    )
    assert all(words in page for words in shown)
    assert '<td align="right">no</td>' in page
    places_in_order = [page.index(words) for words in ("<code>a.py", "line 2", "line 7", "<code>b.py", "line 1<")]
    assert places_in_order == sorted(places_in_order)

    check(acme, pull, conclusion="success")
    assert "All checks have passed" in look(acme, pull.path)


def test_a_check_in_work_has_not_passed(acme: Acme) -> None:
    pull = acme.pull()
    check(acme, pull, status="in_progress")
    page = look(acme, pull.path)
    assert "in progress" in page
    assert "Some checks have not completed yet" in page


def test_the_conversation_is_told_in_the_order_of_time(acme: Acme) -> None:
    pull = acme.pull()
    acme.github.advance(60)
    acme.hands.ask("POST", "/repos/acme/widgets/issues/1/comments", {"body": "<!-- unseen -->\n### Please mend"})
    acme.github.advance(60)
    acme.widgets.commit("feature", {"a.py": "print(2)\n"}, author=acme.alice, message="Mend it\n\nAt last.")
    acme.github.advance(60)
    pull.review(acme.alice, "CHANGES_REQUESTED", "Not *yet*.")
    pull.comments[0].edit(acme.alice, pull.comments[0].body)
    page = look(acme, pull.path)
    told = ["No description", "Change", '<span class="label">bot', "· edited", "<h3>Please mend</h3>", "Mend it</bdi>"]
    places = [page.index(words) for words in [*told, "changes requested", "<em>yet</em>"]]
    assert places == sorted(places)
    assert "unseen" not in page
    assert "At last" not in page


def test_an_approval_without_words_is_one_line_with_its_commit(acme: Acme) -> None:
    pull = acme.pull()
    pull.review(acme.alice, "APPROVED")
    page = look(acme, pull.path)
    assert "reviewed this (approved)</span>" in page
    assert page.index("reviewed this") < page.rindex(f"<code>{pull.head_sha[:7]}</code>")
    assert page.count("No description") == 1


def test_reactions_stand_below_a_comment(acme: Acme) -> None:
    comment = acme.pull().comment(acme.alice, "/steward sign")
    path = f"/repos/acme/widgets/issues/comments/{comment.id}/reactions"
    assert "reactions" not in look(acme, "acme/widgets/pull/1")
    assert acme.hands.ask("POST", path, {"content": "+1"}).status_code == 201
    page = look(acme, "acme/widgets/pull/1")
    assert '<span role="img" aria-label="+1">👍</span> 1' in page
    assert page.index("/steward sign") < page.index("👍")


def test_what_strangers_wrote_stays_text(acme: Acme) -> None:
    evil = '<script>alert("1")</script>'
    acme.widgets.commit("<b>", {evil.replace("/", "|"): "1"}, author=acme.alice, message=evil)
    pull = acme.widgets.open_pull("<b>", by=acme.alice, title=evil, body=evil)
    pull.comment(acme.alice, f"{evil} [x](javascript:alert(1)) ![x](http://example.com/x.png)")
    note = {"path": evil, "start_line": 1, "end_line": 1, "annotation_level": "warning", "message": evil, "title": evil}
    check(
        acme, pull, conclusion="failure", output={"title": evil, "summary": evil, "text": evil, "annotations": [note]}
    )
    page = look(acme, pull.path)
    assert unescape(page).count(evil) >= 10
    for forbidden in ("<script", "<b>", "<img", 'href="javascript'):
        assert forbidden not in page
    assert "<script" not in look(acme, "")


def test_looking_counts_for_nothing_and_no_fault_meets_it(acme: Acme) -> None:
    pull = acme.pull()
    acme.github.forget_requests()
    with acme.github.outage():
        look(acme, pull.path)
        look(acme, "")
    assert acme.github.requests == []
    assert acme.hands.ask("GET", "/static/github.css").headers["Content-Type"].startswith("text/css")


@pytest.mark.parametrize(
    ("method", "target", "expected"),
    [
        ("GET", "/", True),
        ("GET", "/acme/widgets/pull/1", True),
        ("GET", "/acme/widgets/pull/1?w=1", True),
        ("GET", "/static/github.css", True),
        ("GET", "/login/oauth/authorize?client_id=1", True),
        ("POST", "/login/oauth/authorize", True),
        ("POST", "/login/oauth/access_token", False),
        ("POST", "/acme/widgets/pull/1", False),
        ("GET", "/repos/acme/widgets/pulls/1", False),
        ("GET", "/repositories/7/pull/1/files", False),
        ("GET", "/rate_limit", False),
    ],
)
def test_pages_and_the_api_are_told_apart(method: str, target: str, expected: bool) -> None:
    assert is_page(method, target) is expected


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (None, ""),
        ("<!-- a\n\nb -->\nc", "<p>c</p>"),
        ("one\ntwo", "<p>one<br />\ntwo</p>"),
        ("~~old~~ <sub>small</sub>", "<p><s>old</s> <sub>small</sub></p>"),
        (
            "<details><summary>more</summary>\n\nwords\n\n</details>",
            "<details><summary>more</summary>\n<p>words</p>\n</details>",
        ),
        ("<details open onclick=x>", "&lt;details open onclick=x&gt;"),
        ("<!-- hidden", ""),
        ("<div onclick=x>\n\n<sub class=x>", "&lt;div onclick=x&gt;\n&lt;sub class=x&gt;"),
        ("![a](http://example.com/b)", '<p>!<a href="http://example.com/b">a</a></p>'),
        ("[a](javascript:b)", "<p>[a](javascript:b)</p>"),
        ("```\n<!-- kept -->\n```", "<pre><code>&lt;!-- kept --&gt;\n</code></pre>"),
        ("a <b", "<p>a &lt;b</p>"),
    ],
)
def test_markdown_is_shown_as_on_github(written: str | None, shown: str) -> None:
    assert as_html(written).strip() == shown
