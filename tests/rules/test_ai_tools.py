# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who is a known tool, which lines are footers of one, and which speak of AI tools or deny them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.ai_tools import denies_ai, footers_in, speaks_of_ai, tool_of
from rules.change import Person
from rules.data import table

NOREPLY = "users.noreply.github.com"

PEOPLE: dict[str, tuple[Person, str | None]] = {
    "an address": (Person(email="noreply@anthropic.com"), "Claude Code"),
    "an address in capitals": (Person(email="NoReply@Anthropic.COM"), "Claude Code"),
    "an address with white space": (Person(email=" noreply@anthropic.com "), "Claude Code"),
    "an address of a person's account": (Person(7, "ada", "Ada", "cursoragent@cursor.com"), "Cursor"),
    "a login": (Person(login="devin-ai-integration[bot]"), "Devin"),
    "a login in capitals": (Person(login="COPILOT"), "GitHub Copilot"),
    "an account's address": (Person(email=f"198982749+Copilot@{NOREPLY}"), "GitHub Copilot"),
    "an account's address in another case": (
        Person(email=f"1+GOOGLE-labs-jules[bot]@{NOREPLY.upper()}"),
        "Google Jules",
    ),
    "an account's address without its id": (Person(email=f"copilot-swe-agent[bot]@{NOREPLY}"), "GitHub Copilot"),
    "aider": (Person(email="noreply@aider.chat"), "Aider"),
    "codex": (Person(email="noreply@openai.com"), "OpenAI Codex"),
    "openhands": (Person(email="openhands@all-hands.dev"), "OpenHands"),
    "a name alone": (Person(name="Claude", email="claude@example.com"), None),
    "a name that is a tool's address": (Person(name="noreply@anthropic.com"), None),
    "a longer domain": (Person(email="noreply@anthropic.com.evil.example"), None),
    "a longer local part": (Person(email="my-noreply@anthropic.com"), None),
    "another mailbox of the same domain": (Person(email="ada@anthropic.com"), None),
    "a tool's address before another": (Person(email="noreply@anthropic.com@example.com"), None),
    "a login in an address elsewhere": (Person(email="1+Copilot@users.noreply.example.com"), None),
    "an account whose login only begins so": (Person(email=f"1+Copilot-fan@{NOREPLY}"), None),
    "a login that only begins so": (Person(login="copilot-fan"), None),
    "a login that only ends so": (Person(login="notclaude[bot]"), None),
    "a person called like a bot": (Person(login="claude"), None),
    "a login with a letter that looks alike": (Person(login="\u0421opilot"), None),
    "an address with a letter that looks alike": (Person(email="n\u043ereply@anthropic.com"), None),
    "an address with a letter that becomes another": (Person(email=f"1+factory-droid[bot]@\u212a{NOREPLY}"), None),
    "another bot": (Person(login="dependabot[bot]", bot=True), None),
    "nobody": (Person(), None),
}


@pytest.mark.parametrize(("person", "tool"), PEOPLE.values(), ids=PEOPLE)
def test_a_tool_is_known_by_its_whole_address_or_login(person: Person, tool: str | None) -> None:
    assert tool_of(person, NOREPLY) == tool


def test_an_enterprise_server_has_its_own_addresses() -> None:
    person = Person(email="5+copilot@users.noreply.ghe.example")
    assert (tool_of(person, "users.noreply.ghe.example"), tool_of(person, NOREPLY)) == ("GitHub Copilot", None)


@pytest.mark.parametrize(
    ("text", "tools"),
    [
        ("Generated with [Claude Code](https://claude.com/claude-code)", ("Claude Code",)),
        ("Work\n\n\U0001f916 Generated with [Claude Code](https://claude.ai/code)\n", ("Claude Code",)),
        ("GENERATED WITH CLAUDE CODE", ("Claude Code",)),
        ("_Generated with Claude Code_", ("Claude Code",)),
        ("- Generated with Claude Code\r\n- Generated with Claude Code", ("Claude Code",)),
        ("Made-with: Cursor", ("Cursor",)),
        ("Made-with: Cursor\nGenerated with Claude Code", ("Cursor", "Claude Code")),
        ("> Generated with Claude Code", ()),
        ("`Generated with Claude Code`", ()),
        ("<!-- Generated with Claude Code -->", ()),
        ("Not generated with Claude Code", ()),
        ("Generated with Claude Codex", ()),
        ("Generated with Claude", ()),
        ("Generated\nwith Claude Code", ()),
        ("Made-with: Cur\u017for", ()),
        ("", ()),
    ],
)
def test_a_footer_begins_a_line(text: str, tools: tuple[str, ...]) -> None:
    assert footers_in(text) == tools


LINES: dict[str, str] = {  # what a line says of AI tools; empty: it does not speak of them
    "AI": "yes",
    "This was made with the help of AI tools.": "yes",
    "(AI-assisted)": "yes",
    "ai-generated code": "yes",
    "I used an LLM": "yes",
    "llms were used": "yes",
    "Artificial Intelligence was used": "yes",
    "a large language model helped": "yes",
    "Generative tools helped": "yes",
    "Yes: github copilot": "yes",
    "ChatGPT/Claude": "yes",
    "AI was used, but not for the tests": "yes",
    "AI was used, none of it unread": "yes",
    "AI was used and I did not copy anything": "yes",
    "AI was used. Nothing was left unread": "yes",
    "No AI tools were used": "no",
    "no ai tools": "no",
    "I have not used AI": "no",
    "AI tools: none": "no",
    "AI was not used, but a linter was": "no",
    "Made without AI": "no",
    "None of this is AI-generated": "no",
    "I didn't use AI": "no",
    "I didn\u2019t use AI": "no",
    "AI: n/a": "no",
    "This is AI-free": "no",
    "No LLM or generative AI was used": "no",
    "": "",
    "I ran the tests": "",
    "J'ai test\u00e9": "",
    "ai moduli": "",
    "MAIN": "",
    "AIX": "",
    "AI_TOOLS": "",
    "The cursor blinks": "",
    "a regenerative brake": "",
    "\u0410I": "",
    "No tests were needed": "",
}


@pytest.mark.parametrize(("line", "says"), LINES.items())
def test_what_a_line_says_of_ai_tools(line: str, says: str) -> None:
    assert (speaks_of_ai(line), denies_ai(line)) == (says != "", says == "no")


@given(st.text() | st.lists(st.sampled_from(["AI", "no", "not", ", ", " ", "Generated with ", "\n", "_"])).map("".join))
def test_no_line_is_too_strange(line: str) -> None:
    assert speaks_of_ai(line) or not denies_ai(line)
    footers_in(line)


def test_no_name_of_a_tool_could_harm_in_a_command() -> None:
    assert all(name.replace(" ", "").isalnum() for name in table("ai_tools")["tools"])


def test_everything_in_the_table_is_of_use() -> None:
    for name, row in table("ai_tools")["tools"].items():
        assert {tool_of(Person(email=email), NOREPLY) for email in row.get("emails", ())} <= {name}
        assert {tool_of(Person(login=login), NOREPLY) for login in row.get("logins", ())} <= {name}
        assert all(footers_in(footer) == (name,) for footer in row.get("footers", ()))
