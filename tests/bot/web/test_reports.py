# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from bot.store import decisions
from bot.store.database import connect, writing
from bot.store.decisions import Kind, NewDecision
from bot.store.judged import StoredReport, keep_report
from bot.store.personal import erase
from bot.store.repositories import RepositoryFacts, remember
from bot.web import reports
from bot.web.app import create_app
from bot.web.parts import WebParts
from tests.bot.web.test_pages import Outline
from tests.pages import Page

PAGE = "/acme/widgets/pull/12"
JSON = "/api/v1/repos/acme/widgets/pulls/12"
WIDGETS = RepositoryFacts(7, 1, "acme", "widgets", 3, False, "main", 100.0)
EVIL = '<script>alert("1")</script>\u202e'


def finding(**parts: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("path", "line", "commit", "person", "fix"))
    return {"code": "header-missing", "message": "There is no license header.", **empty, **parts}


def result(rule: str = "headers", conclusion: str = "failure", *findings: dict[str, Any], **parts: Any) -> Any:
    return {
        "rule": rule,
        "level": "error",
        "conclusion": conclusion,
        "summary": "1 of 2 files lacks the license header",
        "findings": list(findings),
        "notes": [],
        "override": None,
        "approvals": [],
        **parts,
    }


def report(*rules: Any, **parts: Any) -> dict[str, Any]:
    return {
        "version": 1,
        "subject": {"repository": "acme/widgets", "pull": 12, "base": "b" * 40, "head": "a" * 40},
        "policy": {"source": f"acme/widgets:.github/governance.yml@{'b' * 40}", "enforcement": "enforce"},
        "conclusion": "failure",
        "rules": list(rules),
        "notes": [],
        **parts,
    }


def keep(parts: WebParts, body: dict[str, Any], *, head: str = "a" * 40, at: float = 1_800_000_000.0) -> None:
    written = json.dumps(body).encode()
    minds = frozenset({"head"})
    with writing(parts.engine) as connection:
        remember(connection, WIDGETS)
        keep_report(connection, StoredReport(7, 12, head, "main", True, body["conclusion"], minds, written, at))


def look(client: FlaskClient, path: str = PAGE) -> str:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert answer.headers["Cache-Control"] == "no-store"
    outline = Outline(answer.text)
    assert outline.open == []
    assert "script" not in outline.names()
    return answer.text


def test_a_report_shows_what_is_to_mend_where_and_how(parts: WebParts, client: FlaskClient) -> None:
    fix = "Put this at line 1, and an empty line behind it:\n\n# SPDX-License-Identifier: MIT\n\tindented"
    missing = [finding(path=path, line=1, fix=fix) for path in ("src/a.py", "src/b.py")]
    other = finding(code="header-other-license", message="Line 3 names MIT.", path="src/c.py")
    keep(parts, report(result("headers", "failure", *missing, other, notes=["logo.png was passed over"])))

    page = look(client)

    for words in (
        "Something has to be mended",
        "1 of 2 files lacks the license header",
        "<code>src/a.py</code>, line 1",
        "<code>src/b.py</code>, line 1",
        "Put this at line 1, and an empty line behind it:",
        "<pre><code># SPDX-License-Identifier: MIT\n\tindented</code></pre>",
        "Line 3 names MIT.",
        "logo.png was passed over",
        "a" * 40,
        f"acme/widgets:.github/governance.yml@{'b' * 40}",
        "2027-01-15 08:00:00 UTC",
        'href="https://github.com/acme/widgets/pull/12"',
        f'href="{JSON}"',
    ):
        assert words in page
    assert page.count("There is no license header.") == 1
    assert "Earlier heads" not in page


@pytest.mark.parametrize(("conclusion", "words"), [("failure", "Only a warning:"), ("warning", "")])
def test_what_only_warns_stands_last_and_is_told_apart_where_something_fails(
    parts: WebParts, client: FlaskClient, conclusion: str, words: str
) -> None:
    warns, fails = finding(message="It warns.", warning=True), finding(message="It fails.", warning=False)
    keep(parts, report(result("dependencies", conclusion, warns, fails)))
    page = re.sub(r"<[^>]*>", "", look(client))
    assert page.index("It fails.") < page.index(f"{words} It warns.".strip())
    assert page.count("Only a warning") == bool(words)


def test_packages_are_named_the_advice_is_told_once_and_so_is_the_remedy(parts: WebParts, client: FlaskClient) -> None:
    found = [
        finding(message=message, subject=subject, path=path, fix="Use another.")
        for message, subject, path in (("A", "p 1", "a.txt"), ("A", "q 1", None), ("B", "r 1", "a.txt"))
    ]
    keep(parts, report(result("dependencies", "failure", *found, remedy=f"Let them through:\n\n- {EVIL}")))
    page = look(client)
    for words in ("<code>p 1</code>, <code>a.txt</code>", "<code>q 1</code>", "<p>Let them through:</p>"):
        assert words in page.replace("\n", "")
    assert page.count("Use another.") == 1
    assert "<pre><code>- &lt;script&gt;" in page


def test_a_finding_may_be_about_a_commit_and_a_person(parts: WebParts, client: FlaskClient) -> None:
    people = [{"id": 7, "login": "ada", "name": "Ada"}, {"id": None, "login": None, "name": "Grace"}]
    unsigned = [finding(code="dco-missing", commit="c" * 40, person=person) for person in people]
    keep(parts, report(result("dco", "action_required", *unsigned), conclusion="action_required"))

    page = look(client)

    assert "Somebody has to act" in page
    assert page.count(f"commit <code>{'c' * 10}</code>") == 2
    assert "ada" in page
    assert "Grace" in page


def test_a_finding_may_be_about_the_whole(parts: WebParts, client: FlaskClient) -> None:
    keep(parts, report(result("policy", "failure", finding(code="incomplete", message="GitHub showed too little."))))
    page = look(client)
    assert "GitHub showed too little." in page
    assert "<ul>" not in page


def test_without_a_policy_there_is_nothing_to_judge(parts: WebParts, client: FlaskClient) -> None:
    keep(parts, report(policy={"source": None, "enforcement": "enforce"}, conclusion="neutral", notes=["None found."]))
    page = look(client)
    assert "None applies to this pull request." in page
    assert "None found." in page
    assert "<table" not in page


def test_a_head_without_a_verdict_names_no_policy_and_denies_none(parts: WebParts, client: FlaskClient) -> None:
    waiting = report(policy={"source": "", "enforcement": "enforce"})
    keep(parts, waiting | {"subject": waiting["subject"] | {"base": ""}})
    page = look(client)
    assert "this head has no verdict yet" in page
    assert "None applies" not in page
    assert "Base commit" not in page


def test_advice_is_called_advice(parts: WebParts, client: FlaskClient) -> None:
    keep(parts, report(result(), policy={"source": "a:b@c", "enforcement": "advise"}, conclusion="neutral"))
    assert "it blocks nothing" in look(client)


def test_earlier_heads_are_listed_newest_first(parts: WebParts, client: FlaskClient) -> None:
    keep(parts, report(), head="d" * 40, at=1_700_000_000.0)
    keep(parts, report(conclusion="action_required"), head="e" * 40, at=1_700_000_060.0)
    keep(parts, report(result("headers", "success"), conclusion="success"))

    page = look(client)
    history = page.partition("Earlier heads")[2]

    assert "Nothing more is needed" in page
    assert history.index("e" * 10) < history.index("Somebody has to act") < history.index("d" * 10)
    assert history.index("d" * 10) < history.index("To mend")
    assert "2023-11-14 22:13:20 UTC" in history
    assert "a" * 10 not in history


def test_a_table_has_headings_and_a_name(parts: WebParts, client: FlaskClient) -> None:
    keep(parts, report(result()), head="d" * 40, at=1.0)
    keep(parts, report(result()))
    tags = Outline(look(client)).tags
    names = {attributes["id"] for _, attributes in tags if "id" in attributes}
    assert {attributes["aria-labelledby"] for tag, attributes in tags if tag == "table"} == {"rules", "history"} & names
    assert {attributes.get("scope") for tag, attributes in tags if tag == "th"} == {"col", "row"}


def test_the_json_is_the_report_as_it_was_kept_with_its_history(parts: WebParts, client: FlaskClient) -> None:
    kept = report(result("headers", "failure", finding(path=EVIL, line=3)), conclusion="failure")
    keep(parts, report(conclusion="success"), head="d" * 40, at=1.0)
    keep(parts, kept)
    history = [
        {"head": "a" * 40, "conclusion": "failure", "judged_at": "2027-01-15T08:00:00Z"},
        {"head": "d" * 40, "conclusion": "success", "judged_at": "1970-01-01T00:00:01Z"},
    ]

    answer = client.get(JSON)

    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.data == json.dumps({**kept, "history": history, "decisions": []}).encode()
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("names", ["acme/widgets", "Acme/WIDGETS"])
def test_names_are_found_whatever_their_case(parts: WebParts, client: FlaskClient, names: str) -> None:
    keep(parts, report())
    assert "<h1>acme/widgets #12</h1>" in look(client, f"/{names}/pull/12")
    body = client.get(f"/api/v1/repos/{names}/pulls/12").json
    assert body is not None
    assert body["subject"] == report()["subject"]


def test_the_link_follows_an_enterprise_server(parts: WebParts) -> None:
    keep(parts, report())
    settings = replace(parts.settings, server_url="https://git.example.com")
    page = look(create_app(replace(parts, settings=settings)).test_client())
    assert 'href="https://git.example.com/acme/widgets/pull/12"' in page


# -- what is not shown ------------------------------------------------------------------------------------------------

UNKNOWN = {"page": "/acme/unknown/pull/12", "json": "/api/v1/repos/acme/unknown/pulls/12"}
KNOWN = {"page": PAGE, "json": JSON}


@pytest.mark.parametrize("kind", ["page", "json"])
def test_a_private_repository_looks_like_one_that_is_not_there(parts: WebParts, client: FlaskClient, kind: str) -> None:
    keep(parts, report())
    with writing(parts.engine) as connection:
        remember(connection, replace(WIDGETS, private=True, seen_at=200.0))

    hidden, missing = client.get(KNOWN[kind]), client.get(UNKNOWN[kind])

    assert hidden.status_code == missing.status_code == 404
    assert hidden.data == missing.data
    assert list(hidden.headers) == list(missing.headers)


def test_a_pull_request_that_was_never_judged_is_not_found(parts: WebParts, client: FlaskClient) -> None:
    keep(parts, report())
    assert client.get("/acme/widgets/pull/13").status_code == 404
    answer = client.get("/api/v1/repos/acme/widgets/pulls/13")
    assert (answer.status_code, answer.json) == (404, {"error": "Not Found"})


@pytest.mark.parametrize("number", ["0", "-1", "012", "12x", "%D9%A1", "9" * 10, "9" * 5_000, "1e1", "%00"])
def test_a_number_that_is_none_is_not_found(parts: WebParts, client: FlaskClient, number: str) -> None:
    keep(parts, report())
    assert client.get(f"/acme/widgets/pull/{number}").status_code == 404
    assert client.get(f"/api/v1/repos/acme/widgets/pulls/{number}").status_code == 404


@pytest.mark.parametrize("name", ["%00", "a%20b", "é", "n" * 101, "a%27--", "%F0%28"])
def test_a_name_that_cannot_be_one_is_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/{name}/widgets/pull/12").status_code == 404
    assert client.get(f"/api/v1/repos/acme/{name}/pulls/12").status_code == 404


# -- what strangers wrote, and how much of it -------------------------------------------------------------------------


def test_what_strangers_wrote_is_escaped_and_seen(parts: WebParts, client: FlaskClient) -> None:
    person = {"id": None, "login": None, "name": EVIL}
    place = finding(message=EVIL, path=EVIL, line=1, person=person, fix=f"{EVIL}\n\n{EVIL}")
    policy = {"source": EVIL, "enforcement": "enforce"}
    keep(parts, report(result("headers", "failure", place, summary=EVIL, notes=[EVIL]), policy=policy, notes=[EVIL]))

    page = look(client)

    shown = "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;\\u{202e}"
    assert page.count(shown) == 9
    assert "\u202e" not in page


def test_a_giant_report_is_cut_and_says_so(
    parts: WebParts, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "MOST_PLACES", 2)
    monkeypatch.setattr(reports, "MOST_GROUPS", 2)
    same = [finding(path=f"{number}.py") for number in range(5)]
    other = [finding(message=f"Other {number}") for number in range(4)]
    keep(parts, report(result("headers", "failure", *same, *other)))

    page = look(client)

    assert "1.py" in page
    assert "2.py" not in page
    assert "and 3 more, which the JSON lists" in page
    assert "Other 0" in page
    assert "Other 1" not in page
    assert "There are 3 more kinds of findings, which the JSON lists." in page


@pytest.mark.parametrize(("path", "kind"), [(PAGE, "text/html"), (JSON, "application/json")])
def test_a_database_out_of_reach_is_said_so(parts: WebParts, tmp_path: Path, path: str, kind: str) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'empty.db'}")
    client = create_app(replace(parts, engine=engine)).test_client()
    with capture_logs() as logs:
        answer = client.get(path)
    engine.dispose()
    assert (answer.status_code, answer.mimetype, answer.headers["Retry-After"]) == (503, kind, "10")
    assert [line["event"] for line in logs] == ["database not available"]


def test_what_a_rule_looked_at_stands_in_a_table_and_where_to_sign_is_a_link(
    parts: WebParts, client: FlaskClient
) -> None:
    table = {"columns": ["Who", "Agreement"], "rows": [["ada", "not signed"], [EVIL, "signed 1.0"]]}
    unsigned = finding(code="cla-unsigned", link="https://steward.example.org/agreements/acme/widgets")
    keep(parts, report(result("cla", "action_required", unsigned, table=table)))
    page = look(client)
    assert '<a href="https://steward.example.org/agreements/acme/widgets">Open the agreement</a>' in page
    assert "<td>ada</td><td>not signed</td>" in page
    leak = finding(code="dependency-vulnerable", link="https://github.com/advisories/GHSA-1")
    keep(parts, report(result("dependencies", "failure", leak)))
    assert '<a href="https://github.com/advisories/GHSA-1">Read more about it</a>' in look(client)
    assert EVIL not in page


# -- why, and who decided ---------------------------------------------------------------------------------------------

EXPLANATION = {
    "source": "acme/widgets:.github/governance.yml@bbb",
    "settings": [
        {"key": "license", "value": '"MIT"', "given": True},
        {"key": "exempt.agents", "value": f'["{EVIL}"]', "given": True},
        {"key": "year", "value": '"any"', "given": False},
    ],
    "looked_at": "2 files, from bbbbbbbbbb to aaaaaaaaaa.",
    "codes": [{"code": "header-missing", "count": 2, "meaning": "There is none."}],
    "deciding": ["To override it takes a member of the team core."],
}
AT, LATER = 1_700_000_000.0, 1_700_000_060.0


def decide(parts: WebParts, kind: Kind = Kind.OVERRIDE, **values: Any) -> None:
    facts = {"rule": "headers", "account_id": 8, "login": "max", "head": "a" * 40, "content": None, "base_ref": "main",
             "how": "comment", "remark": "comment/1", "said_at": AT}  # fmt: skip
    with writing(parts.engine) as connection:
        decisions.decide(connection, 7, 12, [NewDecision(kind=kind, **{**facts, **values})], LATER)


def test_a_rule_is_explained_where_a_reader_unfolds_it(parts: WebParts, client: FlaskClient) -> None:
    keep(parts, report(result("headers", "success", explanation=EXPLANATION, notes=[])))
    page = look(client)
    shown = "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;\\u{202e}"
    for words in (
        "<summary>Why it stands so</summary>",
        "<li><code>header-missing</code>, 2 findings: There is none.</li>",
        "<li>To override it takes a member of the team core.</li>",
        "2 files, from bbbbbbbbbb to aaaaaaaaaa.",
        "From <code>acme/widgets:.github/governance.yml@bbb</code>:",
        f"<pre><code>license: &#34;MIT&#34;\nexempt.agents: [&#34;{shown}&#34;]</code></pre>",
        "<pre><code>year: &#34;any&#34;</code></pre>",
    ):
        assert words in page
    assert EVIL not in page


def test_a_report_of_an_earlier_steward_is_shown_without_explanation(parts: WebParts, client: FlaskClient) -> None:
    keep(parts, report(result("headers", "failure", finding())))
    assert "Why it stands so" not in look(client)


def test_what_a_rule_rests_on_is_told_with_it_and_in_the_record(parts: WebParts, client: FlaskClient) -> None:
    at, until = "2023-11-14T22:13:20Z", "2023-11-21T22:13:20Z"
    override = {"by": "max", "by_id": 8, "reason": EVIL, "head": "a" * 40, "at": at, "expires": until}
    approval = {"by": "mia", "by_id": 9, "head": "a" * 40, "at": at, "how": "review"}
    ended = "The override by eve of 2023-11-01 counts no longer: it takes more."
    keep(parts, report(result("headers", "overridden", override=override, approvals=[approval], ended=[ended])))
    decide(parts, reason=EVIL, expires_at=AT + 7 * 86_400, address="https://github.com/acme/widgets/pull/12#c-1")

    page = look(client)

    assert "Something has to be mended (with 1 override)" in page
    assert "Overridden by max on" in page
    assert "Approved by mia on" in page
    assert ended in page
    assert '<time datetime="2023-11-21T22:13:20Z">2023-11-21 22:13:20 UTC</time>' in page
    record = page.partition('id="decisions"')[2]
    assert "<strong>max</strong>" in record
    assert "overrode <code>headers</code> for <code>aaaaaaaaaa</code>" in record
    assert '<a href="https://github.com/acme/widgets/pull/12#c-1">in a comment</a>' in record
    assert '<span class="result counts">Counts</span>' in record
    assert EVIL not in page
    assert page.count("&lt;script&gt;") == 2


def test_the_record_is_told_oldest_first_with_what_became_of_it(parts: WebParts, client: FlaskClient) -> None:
    keep(parts, report(result("headers", "failure")))
    decide(parts, reason="A generated file", address="javascript:alert(1)")
    decide(parts, Kind.APPROVAL, rule="protected", account_id=9, login="mia", head="e" * 40, how="review")
    decide(parts, Kind.REVOCATION, said_at=LATER)
    decide(parts, rule="dco", base_ref="release")
    decide(parts, Kind.WITHDRAWAL, rule="protected", account_id=9, login="mia", how="review", remark="review/2")

    record = look(client).partition('id="decisions"')[2]

    first, second, third, fourth, fifth = record.split("<li>")[1:]
    assert "A generated file" in first
    assert "Taken back" in first
    assert "javascript" not in first
    assert "approved <code>protected</code> for <code>eeeeeeeeee</code>" in second
    assert "For an earlier commit" in second
    assert "took back all decisions on <code>headers</code>" in third
    assert "For another base branch" in fourth
    assert "The approving review of <strong>mia</strong> on <code>protected</code> was dismissed or changed" in fifth
    body = client.get(JSON).json
    assert body is not None
    assert [one["standing"] for one in body["decisions"]] == ["taken-back", "earlier-head", None, "other-base", None]


def test_the_documentation_has_every_key_of_the_record(parts: WebParts, client: FlaskClient) -> None:
    keep(parts, report())
    decide(parts)
    body = client.get(JSON).json
    assert body is not None
    told = {row[0]: re.findall("`([a-z_]+)`", row[1]) for row in Page("docs/verdict.md").rows("The page")}
    for key in ("history", "decisions"):
        assert [list(one) for one in body[key]] == [told[f"`{key}`, each"]]


def test_whoever_was_erased_is_not_named(parts: WebParts, client: FlaskClient) -> None:
    keep(parts, report(result("headers", "failure")))
    decide(parts, reason="because I, max, say so")
    with writing(parts.engine) as connection:
        erase(connection, 8, LATER)
    record = look(client).partition('id="decisions"')[2]
    assert "Somebody who was erased" in record
    assert "max" not in record


def test_only_so_many_decisions_are_shown(
    parts: WebParts, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "MOST_DECISIONS", 2)
    keep(parts, report(result("headers", "failure")))
    for number in range(3):
        decide(parts, reason=f"Reason {number}")
    page = look(client)
    assert "1 older ones are not shown" in page
    assert "Reason 0" not in page
    assert "Reason 2" in page
