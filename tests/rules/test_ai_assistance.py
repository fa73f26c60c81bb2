# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The rule ai-assistance: what tells of a tool, what discloses it, and what people are told."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.ai_assistance import RULE
from rules.change import Change, Commit, Need, Person
from rules.finding import Finding, RuleConclusion
from rules.options import AiAssistanceOptions
from rules.registry import built_rules, find_rule
from rules.rule import Facts, Judgement, Signal

ADA = Person(1, "ada", "Ada Author", "ada@example.com")
BO = Person(2, "bo", "Bo Builder", "bo@example.com")
CLAUDE = Person(name="Claude", email="noreply@anthropic.com")
COPILOT = Person(198982749, "Copilot", "Copilot", "198982749+Copilot@users.noreply.github.com")
JULES = Person(login="google-labs-jules[bot]", bot=True)
FAKE = Person(name="Claude", email="noreply@anthropic.com.evil.example")
AGENT = Person(name="Our Agent", email="Agent@Corp.example")
ALIKE = Person(login="\u0421opilot", name="Copilot")

FOOTER = "\U0001f916 Generated with [Claude Code](https://claude.com/claude-code)"
YES, OPEN = "- [x] An AI tool helped", "- [ ] An AI tool helped"
NO, UNSAID = "- [x] No AI tools were used", "- [ ] No AI tools were used"
FACTS = Facts(2031)
OFFLINE = Facts(2031, offline=True)
DECLARED = Facts(2031, agents=frozenset({"agent@corp.example", "noreply@anthropic.com"}))


def sha(number: int) -> str:
    """The SHA of the commit with this number, counted from 1."""
    return f"{number:04x}" * 10


def commit(message: str = "Work", *co_authors: Person, author: Person = ADA) -> Commit:
    return Commit(sha(1), message, (author, *co_authors), parents=(sha(0),))


def contribution(*commits: Commit, body: str = "", opener: Person | None = ADA) -> Change:
    numbered = tuple(replace(one, sha=sha(number)) for number, one in enumerate(commits, 1))
    return Change(sha(0), sha(len(commits)), commits=numbered, body=body, opener=opener)


def judge(change: Change, facts: Facts = FACTS) -> Judgement:
    return RULE.check(change, AiAssistanceOptions(), facts)


def only(change: Change, facts: Facts = FACTS) -> Finding:
    (finding,) = judge(change, facts).findings
    return finding


# -- what discloses -----------------------------------------------------------------------------------------------

PLAIN = commit()
BY_TRAILER = commit("Work\n\nAssisted-by: Some Tool 2.0")
GENERATED = commit("Work\n\nGenerated-by: Some Tool")
CO_AUTHORED = commit("Work", CLAUDE)
AUTHORED = commit(author=CLAUDE)
FOOTED = commit(f"Work\n\n{FOOTER}")

NOTHING, DISCLOSED = "Nothing tells of an AI tool", "The help of an AI tool is disclosed"
MISSING = "Something tells of an AI tool, which is not disclosed as the project asks"
DENIED = "The description denies the AI tool that something else tells of"

SITUATIONS: dict[str, tuple[Commit, str, str]] = {
    "no sign": (PLAIN, "", NOTHING),
    "no sign, open": (PLAIN, OPEN, NOTHING),
    "no sign, yes": (PLAIN, YES, DISCLOSED),
    "no sign, no": (PLAIN, NO, NOTHING),
    "no sign, yes and no": (PLAIN, f"{YES}\n{NO}", DISCLOSED),
    "trailer": (BY_TRAILER, "", DISCLOSED),
    "trailer, open": (BY_TRAILER, OPEN, DISCLOSED),
    "trailer, yes": (BY_TRAILER, YES, DISCLOSED),
    "trailer, no": (BY_TRAILER, NO, DENIED),
    "other trailer": (GENERATED, OPEN, DISCLOSED),
    "other trailer, no": (GENERATED, NO, DENIED),
    "co-author": (CO_AUTHORED, "", DISCLOSED),
    "co-author, open": (CO_AUTHORED, OPEN, MISSING),
    "co-author, yes": (CO_AUTHORED, YES, DISCLOSED),
    "co-author, no": (CO_AUTHORED, NO, DENIED),
    "co-author, no left open": (CO_AUTHORED, UNSAID, DISCLOSED),
    "co-author, neither ticked": (CO_AUTHORED, f"{UNSAID}\n{OPEN}", MISSING),
    "co-author, both ticked": (CO_AUTHORED, f"{YES}\n{NO}", DENIED),
    "co-author, yes of two": (CO_AUTHORED, f"{UNSAID}\n{YES}", DISCLOSED),
    "co-author, no of two": (CO_AUTHORED, f"{NO}\n{OPEN}", DENIED),
    "co-author, one tool of two ticked": (CO_AUTHORED, "- [ ] Copilot\n- [x] Claude", DISCLOSED),
    "co-author, another line ticked": (CO_AUTHORED, f"- [x] I ran the tests\n{OPEN}", MISSING),
    "co-author, another line open": (CO_AUTHORED, "- [ ] I ran the tests", DISCLOSED),
    "co-author by account": (commit("Work", COPILOT), OPEN, MISSING),
    "co-author behind another": (commit("Work", BO, CLAUDE), OPEN, MISSING),
    "co-author and footer": (commit(FOOTED.message, CLAUDE), "", DISCLOSED),
    "co-author and footer, open": (commit(FOOTED.message, CLAUDE), OPEN, MISSING),
    "co-author and trailer, open": (commit(BY_TRAILER.message, CLAUDE), OPEN, DISCLOSED),
    "author": (AUTHORED, "", DISCLOSED),
    "author, open": (AUTHORED, OPEN, DISCLOSED),
    "author, no": (AUTHORED, NO, DENIED),
    "footer": (FOOTED, "", MISSING),
    "footer, open": (FOOTED, OPEN, MISSING),
    "footer, yes": (FOOTED, YES, DISCLOSED),
    "footer, no": (FOOTED, NO, DENIED),
    "footer, no left open": (FOOTED, UNSAID, MISSING),
    "footer and trailer": (commit(f"{FOOTED.message}\n\nAssisted-by: Claude"), "", DISCLOSED),
    "footer of the description": (PLAIN, FOOTER, MISSING),
    "footer of the description, yes": (PLAIN, f"{YES}\n\n{FOOTER}", DISCLOSED),
    "footer of the description, no": (PLAIN, f"{NO}\n\n{FOOTER}", DENIED),
    "footer of the description and co-author": (CO_AUTHORED, FOOTER, DISCLOSED),
    "footer quoted in the description": (PLAIN, f"> {FOOTER}", NOTHING),
    "footer in code of the description": (PLAIN, f"```\n{FOOTER}\n```", NOTHING),
    "footer of Cursor": (commit("Work\n\nMade-with: Cursor"), "", MISSING),
    "footer in a sentence": (commit(f"Remove the line {FOOTER}"), "", NOTHING),
    "trailer in small letters": (commit("Work\n\nassisted-by: x"), "", DISCLOSED),
    "trailer with Windows line ends": (commit("Work\r\n\r\nAssisted-by: x\r\n"), "", DISCLOSED),
    "trailer without a value": (commit("Work\n\nAssisted-by:"), "", NOTHING),
    "trailer without letters": (commit("Work\n\nAssisted-by: -"), "", NOTHING),
    "trailer that says none": (commit("Work\n\nAssisted-by: none"), NO, NOTHING),
    "trailer that says no tool": (commit("Work\n\nAssisted-by: No AI tool", CLAUDE), OPEN, MISSING),
    "trailer that says nothing applies": (commit("Work\n\nGenerated-by: n/a"), NO, NOTHING),
    "trailer quoted": (commit("Work\n\n> Assisted-by: x", CLAUDE), OPEN, MISSING),
    "trailer indented": (commit("Work\n\n    Assisted-by: x", CLAUDE), OPEN, MISSING),
    "trailer in a sentence": (commit("Explain Assisted-by: x"), "", NOTHING),
    "trailer in the description": (CO_AUTHORED, f"{OPEN}\n\nAssisted-by: Claude", MISSING),
    "another trailer": (commit("Work\n\nReviewed-by: Claude"), NO, NOTHING),
    "a person as co-author": (commit("Work", BO), NO, NOTHING),
    "a tool's name before another address": (commit("Work", FAKE), NO, NOTHING),
    "a login with a letter that looks alike": (commit("Work", ALIKE), NO, NOTHING),
    "no author at all": (replace(PLAIN, authors=()), NO, NOTHING),
    "a merge by a tool": (replace(CO_AUTHORED, parents=(sha(0), sha(9))), OPEN, MISSING),
    "ticked with a capital": (CO_AUTHORED, YES.replace("x]", "X]"), DISCLOSED),
    "ticked in another list": (CO_AUTHORED, YES.replace("-", "*"), DISCLOSED),
    "ticked in a numbered list": (CO_AUTHORED, YES.replace("-", "1."), DISCLOSED),
    "open in a nested list": (CO_AUTHORED, f"- Checks\n  {OPEN}", MISSING),
    "open in a quotation": (CO_AUTHORED, f"> {OPEN}", DISCLOSED),
    "open in a comment": (CO_AUTHORED, f"<!--\n{OPEN}\n-->", DISCLOSED),
    "open in code": (CO_AUTHORED, f"```\n{OPEN}\n```", DISCLOSED),
    "open in a table": (CO_AUTHORED, "| a | b |\n| - | - |\n| [ ] AI | x |", DISCLOSED),
    "ticked in a quotation, open": (CO_AUTHORED, f"> {YES}\n\n{OPEN}", MISSING),
    "ticked in a comment, open": (CO_AUTHORED, f"<!-- {YES} -->\n{OPEN}", MISSING),
    "ticked in code, open": (CO_AUTHORED, f"~~~\n{YES}\n~~~\n{OPEN}", MISSING),
    "ticked and struck out, open": (CO_AUTHORED, f"- [x] ~~An AI tool helped~~\n{OPEN}", MISSING),
    "65k of brackets, open": (CO_AUTHORED, f"{OPEN}\n\n{'[' * 65_000}", MISSING),
    "thousands of boxes": (CO_AUTHORED, "- [ ] AI\n" * 3_000, MISSING),
}


@pytest.mark.parametrize(("one", "body", "summary"), SITUATIONS.values(), ids=SITUATIONS)
def test_a_contribution_is_judged_by_what_it_tells_of_itself(one: Commit, body: str, summary: str) -> None:
    judgement = judge(contribution(one, body=body))
    assert judgement.summary == summary
    assert bool(judgement.findings) == (summary in (MISSING, DENIED))


@pytest.mark.parametrize(("body", "summary"), [("", DISCLOSED), (OPEN, DISCLOSED), (NO, DENIED)])
def test_a_tool_that_opens_a_pull_request_says_so_by_its_account(body: str, summary: str) -> None:
    assert judge(contribution(PLAIN, body=body, opener=JULES)).summary == summary


def test_whoever_deleted_their_account_is_no_tool() -> None:
    assert judge(contribution(PLAIN, opener=None)).summary == NOTHING


def test_one_commit_that_says_so_is_enough_for_all() -> None:
    assert judge(contribution(CO_AUTHORED, PLAIN, BY_TRAILER, FOOTED, body=OPEN)).findings == ()


def test_an_enterprise_server_has_its_own_addresses() -> None:
    on_server = commit("Work", Person(email="7+Copilot@users.noreply.ghe.example"))
    change = contribution(on_server, body=OPEN)
    assert judge(change, Facts(2031, noreply="users.noreply.ghe.example")).findings
    assert not judge(change).findings


BY_AGENT = commit("Work", AGENT)
DECLARED_AGENTS: dict[str, tuple[Commit, str, Facts, str]] = {
    "co-author": (BY_AGENT, "", DECLARED, DISCLOSED),
    "co-author, open": (BY_AGENT, OPEN, DECLARED, MISSING),
    "co-author, yes": (BY_AGENT, YES, DECLARED, DISCLOSED),
    "co-author, no": (BY_AGENT, NO, DECLARED, DENIED),
    "co-author and trailer, open": (commit(BY_TRAILER.message, AGENT), OPEN, DECLARED, DISCLOSED),
    "co-author behind a person, open": (commit("Work", BO, AGENT), OPEN, DECLARED, MISSING),
    "author, open": (commit(author=AGENT), OPEN, DECLARED, DISCLOSED),
    "footer as well": (commit(FOOTED.message, AGENT), "", DECLARED, DISCLOSED),
    "not declared, open": (BY_AGENT, OPEN, FACTS, NOTHING),
    "a longer domain, open": (commit("Work", Person(email="agent@corp.example.evil.example")), OPEN, DECLARED, NOTHING),
    "its name alone, open": (commit("Work", Person(name="agent@corp.example")), OPEN, DECLARED, NOTHING),
    "a person beside it, open": (commit("Work", BO), OPEN, DECLARED, NOTHING),
}


@pytest.mark.parametrize(("one", "body", "facts", "summary"), DECLARED_AGENTS.values(), ids=DECLARED_AGENTS)
def test_an_agent_that_the_policy_declares_is_a_tool(one: Commit, body: str, facts: Facts, summary: str) -> None:
    judgement = judge(contribution(one, body=body), facts)
    assert judgement.summary == summary
    assert bool(judgement.findings) == (summary in (MISSING, DENIED))


def test_a_declared_agent_is_told_by_its_masked_address_unless_it_is_a_known_tool() -> None:
    finding = only(contribution(commit("Work", AGENT, CLAUDE), body=OPEN), DECLARED)
    assert finding.message.startswith(
        "There is a sign of an AI tool: A***@Corp.example, which the policy lists as a tool, is a co-author of the "
        "commit, Claude Code is a co-author of the commit. "
    )
    assert '--trailer "Assisted-by: NAME OF THE TOOL"' in (finding.fix or "")


# -- what is told -------------------------------------------------------------------------------------------------


def test_each_commit_with_a_sign_has_its_finding() -> None:
    change = contribution(CO_AUTHORED, PLAIN, FOOTED, commit("Work", COPILOT, CLAUDE), body=f"{OPEN}\n\n{FOOTER}")
    assert [(finding.commit, finding.message.partition(". ")[0]) for finding in judge(change).findings] == [
        (None, "There is a sign of an AI tool: the description has the footer of Claude Code"),
        (sha(1), "There is a sign of an AI tool: Claude Code is a co-author of the commit"),
        (sha(3), "There is a sign of an AI tool: the commit has the footer of Claude Code"),
        (
            sha(4),
            (
                "There is a sign of an AI tool: GitHub Copilot is a co-author of the commit, "
                "Claude Code is a co-author of the commit"
            ),
        ),
    ]


REASONS = [
    (CO_AUTHORED, OPEN, 'does not say so, for there this line is not ticked: "An AI tool helped".', "Tick that line"),
    (CO_AUTHORED, NO, 'there this line is ticked: "No AI tools were used".', "take the x out of the box"),
    (FOOTED, "", "Such a footer is not the form", "Write this line into the description: - [x] An AI tool helped"),
]


@pytest.mark.parametrize(("one", "body", "message", "fix"), REASONS)
def test_a_finding_says_why_and_what_to_do(one: Commit, body: str, message: str, fix: str) -> None:
    finding = only(contribution(one, body=body))
    assert finding.code == "ai-assistance-undisclosed"
    assert message in finding.message
    advice, _, commands = (finding.fix or "").partition("\n\n")
    assert fix in advice
    assert commands.splitlines() == [
        'git commit --amend --no-edit --trailer "Assisted-by: Claude Code" --allow-empty',
        "git push --force-with-lease",
        "# For an older commit: git rebase --interactive COMMIT^, and write edit in place of pick before it.",
    ]


@pytest.mark.parametrize(
    ("commits", "named"),
    [
        ((CO_AUTHORED, FOOTED), "Claude Code"),
        ((CO_AUTHORED, commit("Work", COPILOT)), "NAME OF THE TOOL"),
        ((BY_TRAILER,), "NAME OF THE TOOL"),
        ((commit("Work\n\nAssisted-by: $(reboot)", CLAUDE),), "NAME OF THE TOOL"),
    ],
)
def test_the_command_names_the_tool_if_it_is_known_and_one(commits: tuple[Commit, ...], named: str) -> None:
    fixes = {finding.fix or "" for finding in judge(contribution(*commits, body=f"{OPEN}\n{NO}")).findings}
    (fix,) = fixes
    assert f'--trailer "Assisted-by: {named}"' in fix


def test_what_the_proposed_line_and_trailer_say_counts() -> None:
    fix = only(contribution(FOOTED)).fix or ""
    line = next(word for word in fix.split(". ") if "- [x]" in word).partition(": ")[2]
    assert judge(contribution(FOOTED, body=line)).summary == DISCLOSED
    assert judge(contribution(commit(f"{FOOTED.message}\n\nAssisted-by: NAME OF THE TOOL"))).summary == DISCLOSED


def test_what_strangers_wrote_is_quoted_masked_and_bounded() -> None:
    long = commit("Work\n\nAssisted-by: ada@example.com " + "x" * 100_000)
    message = only(contribution(long, body=f"- [x] No AI, ask bo@example.com {'y' * 60_000}")).message
    assert "a***@example.com" in message
    assert "b***@example.com" in message
    assert "ada@" not in message
    assert len(message) < 500


def test_many_signs_of_one_commit_are_counted() -> None:
    trailers = "\n".join(f"Assisted-by: tool {number}" for number in range(1_000))
    message = only(contribution(commit(f"Work\n\n{trailers}"), body=NO)).message
    assert '"Assisted-by: tool 2", and 997 more. ' in message
    assert "tool 3" not in message


@pytest.mark.parametrize(
    ("commits", "notes"),
    [(50, ()), (51, ("1 more commit carries such signs",)), (250, ("200 more commits carry such signs",))],
)
def test_fifty_findings_are_told_and_the_rest_is_counted(commits: int, notes: tuple[str, ...]) -> None:
    judgement = judge(contribution(*[CO_AUTHORED] * commits, body=OPEN))
    assert (len(judgement.findings), judgement.notes) == (50, notes)
    assert judgement.table is not None
    assert len(judgement.table.rows) == 50


def test_a_table_shows_what_was_seen() -> None:
    table = judge(contribution(BY_TRAILER, AUTHORED, body=f"{YES}\n{UNSAID}\n- [x] tests", opener=JULES)).table
    assert table is not None
    assert table.rows == (
        ("description", 'ticked: "An AI tool helped"'),
        ("description", 'not ticked: "No AI tools were used"'),
        ("pull request", "Google Jules opened the pull request"),
        (sha(1)[:10], 'the commit has the trailer "Assisted-by: Some Tool 2.0"'),
        (sha(2)[:10], "Claude Code is the author of the commit"),
    )


def test_there_is_no_table_of_nothing() -> None:
    assert judge(contribution(PLAIN, body="- [x] I ran the tests")).table is None


# -- what cannot be known -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "summary"), [(PLAIN, NOTHING), (CO_AUTHORED, DISCLOSED), (FOOTED, MISSING)])
def test_a_local_check_judges_by_commits_and_says_so(one: Commit, summary: str) -> None:
    judgement = judge(contribution(one, opener=None), OFFLINE)
    assert judgement.summary == summary
    (note,) = judgement.notes
    assert "not known here" in note


def test_a_local_check_proposes_what_can_be_done_there() -> None:
    fix = only(contribution(FOOTED, opener=None), OFFLINE).fix or ""
    assert fix.startswith("Name the tool in a trailer of any commit, such as the newest.\n\ngit commit")


def test_without_commits_a_local_check_is_skipped_and_github_has_not_shown_all() -> None:
    assert judge(contribution(), OFFLINE).skipped
    (finding,) = judge(contribution()).findings
    assert finding.code == "incomplete"


# -- of all contributions -----------------------------------------------------------------------------------------

MESSAGES = st.lists(
    st.sampled_from(["Work", "\n", "Assisted-by: ", "Generated-by: x", FOOTER, "none", ">", "\r", "\0"]) | st.text()
).map("".join)
BODIES = st.lists(st.sampled_from([YES, OPEN, NO, UNSAID, FOOTER, "\n", "> ", "```", "<!--", "-->"]) | st.text()).map(
    "\n".join
)
PEOPLE = st.sampled_from([ADA, BO, CLAUDE, COPILOT, JULES, FAKE, ALIKE, Person()])
COMMITS = st.builds(lambda message, *people: commit(message, people[0], author=people[1]), MESSAGES, PEOPLE, PEOPLE)


@given(st.lists(COMMITS, max_size=4), BODIES, PEOPLE, st.booleans())
def test_the_order_of_commits_makes_no_difference(
    commits: list[Commit], body: str, opener: Person, offline: bool
) -> None:
    change = contribution(*commits, body=body, opener=opener)
    judgement = judge(change, replace(FACTS, offline=offline))
    for order in permutations(change.commits):
        other = judge(replace(change, commits=order), replace(FACTS, offline=offline))
        assert (other.summary, other.notes, other.skipped) == (judgement.summary, judgement.notes, judgement.skipped)
        assert set(other.findings) == set(judgement.findings)


@given(st.lists(COMMITS, min_size=1, max_size=3), BODIES)
def test_a_trailer_more_never_makes_it_worse_unless_it_is_denied(commits: list[Commit], body: str) -> None:
    before = judge(contribution(*commits, body=body))
    after = judge(contribution(*commits, BY_TRAILER, body=body))
    assert not after.findings or after.summary == DENIED
    assert before.summary != DENIED or after.summary == DENIED


def test_the_rule_is_in_the_registry() -> None:
    assert find_rule("ai-assistance") is RULE
    assert RULE in built_rules()
    assert RULE.needs(AiAssistanceOptions()) == {Need.COMMITS}
    assert RULE.minds == {Signal.HEAD, Signal.BASE, Signal.TEXT}
    assert (RULE.by_content, RULE.consent) == (False, None)
    code = RULE.codes["ai-assistance-undisclosed"]
    assert (code.conclusion, code.softened) == (RuleConclusion.ACTION_REQUIRED, True)
