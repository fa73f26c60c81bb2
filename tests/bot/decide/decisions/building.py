# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Pull requests, reviews and rows for tables of decisions, and a GitHub that only knows what people may do."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from bot.decide.case import Case
from bot.decide.decisions.authors import content_of
from bot.decide.decisions.count import Counted, count
from bot.github.client import Client
from bot.github.commits import CommitPage
from bot.github.documents import DocumentPlace, SeenDocument
from bot.github.errors import GitHubError, NotFound
from bot.github.policy_files import PolicyFile
from bot.github.pull import Pull
from bot.github.repository_name import RepositoryName
from bot.github.reviews import Review
from bot.identity import Account
from bot.store.decisions import Decision, Kind
from rules.change import Change, ChangedFile, Commit, FileStatus, Person
from rules.finding import Conclusion, Finding, Level, Report, RuleConclusion, RuleResult
from rules.policy import parse
from tests.bot.decide.deciding import HEADERS, PROTECTED, governance

HEAD, OLD = "a" * 40, "b" * 40
NOW = 1_800_000_000.0
HERE = RepositoryName(7, "acme", "widgets")
ADA, MIA, MAX, WIL = Account(1, "ada"), Account(2, "mia"), Account(3, "max"), Account(4, "wil")
LEVELS = ("pull", "triage", "push", "maintain", "admin")


class GitHub:
    """Answers what people may do. `roles` maps logins to ids and levels, `teams` have active members by login."""

    def __init__(self, **roles: tuple[int, str]) -> None:
        self.roles = {"ada": (1, "pull"), "mia": (2, "maintain"), "max": (3, "maintain"), "wil": (4, "push"), **roles}
        self.teams: dict[str, dict[str, str]] = {}
        self.troubles: dict[str, GitHubError] = {}
        self.asked: list[str] = []

    def get(self, path: str) -> dict[str, Any]:
        """The answer at a path, as far as anybody who decides is concerned."""
        self.asked.append(path)
        for part, trouble in self.troubles.items():
            if part in path:
                raise trouble
        found = self._found(path.split("/")[1:])
        if found is None:
            raise NotFound(f"nothing at {path}", 404)
        return found

    def _found(self, steps: list[str]) -> dict[str, Any] | None:
        match steps:
            case ["repos", "acme", "widgets", "collaborators", login, "permission"] if login in self.roles:
                number, level = self.roles[login]
                granted = {name: LEVELS.index(name) <= LEVELS.index(level) for name in LEVELS}
                return {"user": {"id": number, "login": login, "permissions": granted}}
            case ["user", number]:
                called = [name for name, (own, _) in self.roles.items() if str(own) == number]
                return {"id": int(number), "type": "User", "login": called[0]} if called else None
            case ["orgs", "acme", "teams", team, "memberships", login] if login in self.teams.get(team, {}):
                return {"state": self.teams[team][login]}
        return None

    @property
    def client(self) -> Client:
        """It, where a client is wanted."""
        return cast("Client", self)


def contribution(head: str = HEAD) -> Change:
    """One commit by ada that changes one file, whatever its id."""
    ada = Person(ADA.id, ADA.login)
    files = (ChangedFile("LICENSE", FileStatus.MODIFIED, blob="c" * 40),)
    return Change("d" * 40, head, files, (Commit(head, "Write", (ada,), tree="e" * 40),), opener=ada)


CONTENT = content_of(contribution())


def pull(*reviews: Review, **values: Any) -> Pull:
    """A pull request of ada's for `main`, with these approving reviews."""
    nothing = PolicyFile("acme/widgets", "", "")
    document = SeenDocument(DocumentPlace("acme", "widgets", "CLA.md"))
    made = Pull(
        repository=HERE, owner_id=1, private=False, number=12, title="", body="", open=True, draft=False, locked=False,
        updated_at="2027-01-15T08:00:00Z", head=HEAD, head_ref="feature", head_repository_id=HERE.id,
        head_repository=HERE.full, base="d" * 40,
        base_ref="main", retargeted_at=None, default_branch="main", opener=Person(ADA.id, ADA.login), changed_files=1,
        comments=0, policies=(), sign_offs=(), proposed_policy=nothing, document=document, companions=(12,),
        check_run=None, reviews=reviews, reviews_whole=True, commits=CommitPage((), 0, None), own_account=None,
    )  # fmt: skip
    return replace(made, **values)


def review(number: int, by: Account, **values: Any) -> Review:
    """An approving review of the head."""
    return replace(Review(number, by, HEAD, NOW - 100, f"https://review/{number}", by_member=True), **values)


def row(number: int, kind: Kind, by: Account | None = MIA, rule: str = "protected", **values: Any) -> Decision:
    """A row of the record: by a command on the head, a hundred seconds ago."""
    made = Decision(
        id=number, kind=kind, rule=rule, account_id=by.id if by else None, login=by.login if by else None,
        head=HEAD, content=CONTENT, base_ref="main", how="comment", remark=f"comment/{number}", said_at=NOW - 100,
        address=None, reason="it is fine", of=None, expires_at=None, decided_at=NOW - 99,
    )  # fmt: skip
    return replace(made, **values)


POLICY = governance(HEADERS, PROTECTED.replace("count: 1", "count: 2"))


def counted(github: GitHub, on: Pull, *rows: Decision, policy: str = POLICY, passing: str = "") -> Counted:
    """What counts of these rows, and of the reviews, where every rule but `passing` needs something."""
    world = SimpleNamespace(clock=lambda: NOW, noreply="users.noreply.github.com")
    change = contribution(on.head)
    case = Case(cast("Any", world), github.client, on, change, NOW, new=False)
    parsed = parse(policy, "test")
    results = tuple(_open(name) for name, _ in parsed.active() if name != passing)
    report = Report("acme/widgets", 12, "d" * 40, on.head, "here", "enforce", Conclusion.FAILURE, results)
    return count(case, parsed, report, rows)


def _open(rule: str) -> RuleResult:
    code = "protected-needs-approval" if rule == "protected" else "header-missing"
    return RuleResult(rule, Level.ERROR, RuleConclusion.FAILURE, "Something is wrong", (Finding(code, "Wrong"),))
