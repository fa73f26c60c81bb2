# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What in a contribution tells that an AI tool had a part in it: trailers, accounts, addresses and footers."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from rules.ai_tools import denies, footers_in, tool_of
from rules.change import Change, Commit, Person
from rules.people import masked, shown_name
from rules.rule import Facts
from rules.task_lists import Description
from rules.trailers import values

TRAILERS = ("Assisted-by", "Generated-by")
_LONGEST = 120  # characters of a stranger's that are quoted


class Kind(Enum):
    """What a sign is. Whether it discloses the tool by itself is for the rule to say."""

    TRAILER = "trailer"
    OPENER = "opener"
    AUTHOR = "author"
    CO_AUTHOR = "co-author"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign in words, the commit that carries it (None: the pull request), and the tool, if it is a known one."""

    kind: Kind
    words: str
    commit: str | None = None
    tool: str | None = None


def signs(change: Change, description: Description, facts: Facts) -> tuple[Sign, ...]:
    """All signs: those of the pull request, then those of its commits in their order."""
    found = [*_of_pull_request(change, description, facts)]
    for commit in change.commits:
        found += _of_commit(commit, facts)
    return tuple(found)


def quoted(text: str) -> str:
    """What a stranger wrote, as everybody may see it: of bounded length, on one line, addresses masked."""
    line = shown_name(text[: 2 * _LONGEST])
    return f'"{line}"' if len(line) <= _LONGEST else f'"{line[: _LONGEST - 3]}..."'


@dataclass(frozen=True, slots=True)
class _Tool:
    """A tool that somebody is: what it is called in a sentence, and its name if it is a known one."""

    called: str
    name: str | None = None


def _tool(person: Person, facts: Facts) -> _Tool | None:
    """A known tool, or an address that the policy declares to be one."""
    if name := tool_of(person, facts.noreply):
        return _Tool(name, name)
    email = person.email.strip()
    return _Tool(f"{masked(email)}, which the policy lists as a tool,") if email.lower() in facts.agents else None


def _of_pull_request(change: Change, description: Description, facts: Facts) -> Iterator[Sign]:
    opener = tool_of(change.opener, facts.noreply) if change.opener else None
    if opener:
        yield Sign(Kind.OPENER, f"{opener} opened the pull request", tool=opener)
    for tool in footers_in("\n".join(description.paragraphs)):
        yield Sign(Kind.FOOTER, f"the description has the footer of {tool}", tool=tool)


def _of_commit(commit: Commit, facts: Facts) -> Iterator[Sign]:
    for key in TRAILERS:
        for value in values(commit.message, key):
            if _names(value):
                yield Sign(Kind.TRAILER, f"the commit has the trailer {quoted(f'{key}: {value}')}", commit.sha)
    tools = [_tool(person, facts) for person in commit.authors]
    if tools and tools[0]:
        yield Sign(Kind.AUTHOR, f"{tools[0].called} is the author of the commit", commit.sha, tools[0].name)
    for tool in dict.fromkeys(filter(None, tools[1:])):
        yield Sign(Kind.CO_AUTHOR, f"{tool.called} is a co-author of the commit", commit.sha, tool.name)
    for name in footers_in(commit.message):
        yield Sign(Kind.FOOTER, f"the commit has the footer of {name}", commit.sha, name)


def _names(value: str) -> bool:
    """Whether the value of a trailer names anything: there are letters, and the first word is not no."""
    words = value.split(maxsplit=1)
    return any(map(str.isalnum, value)) and not denies(words[0])
