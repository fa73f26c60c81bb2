# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How many requests a look at a pull request costs, by the real reader and publisher against the simulated GitHub.

The token is cached, as it is for all looks but one an hour. tests/bot/test_request_budget.py holds these bounds.
"""

import logging
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from benchmarks import Row
from bot import logs
from bot.demo.github.accounts import Account
from bot.demo.github.git.content import Written
from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from bot.demo.github.simulated import SimulatedGitHub
from bot.settings import Settings
from bot.store import signatures
from bot.store.agreements import find_in_force
from bot.store.database import writing
from bot.store.signatures import NewSignature
from bot.work.keys import Key
from bot.work.look_again import look_again
from rules.rule import Signal
from tests.house import HEADERS, House

FEW = HEADERS + "  cla: {document: CLA.md}\n  datasets: {}\n"
ALL = FEW + "  models: {}\n  dco: {match: full}\n  dependencies: {}\n  ai-assistance: {}\n  protected: {}\n"
IN_WORDS = {FEW: "headers, cla and datasets are on", ALL: "all rules are on"}
# What speaks of other files: asked for, read and kept as well.
BESIDE = {"REUSE.toml": "version = 1\n", ".gitattributes": "*.gen linguist-generated\n"}
CARD = """---
license: cc-by-4.0
pretty_name: Speech
source: https://speech.example/
personal_data: none
---
"""
CONTENT = "POST /graphql (Entries|Texts)|/git/|/contents/"
FILES, COMMITS = 3_000, 250


@dataclass(frozen=True)
class Look:
    """What one look cost; `content` counts those of its requests that fetched files."""

    requests: int
    writes: int
    content: int


def run() -> list[Row]:
    logs.configure(Settings(data=Path(), database_url=""))
    logging.disable(logging.WARNING)  # the table is what is to be read
    return [measure() for measure in (*SMALL, *LARGE)]


# -- small pull requests ------------------------------------------------------------------------------------------


def first_report() -> Row:
    with house() as home:
        look = after(home, lambda: open_pull(home, mixed(10), commits=3))
    return row("first report, 10 files (half of them modified), 3 commits", 8, look, met=look.writes > 0)


def first_report_of_added_files() -> Row:
    with house() as home:
        look = after(home, lambda: open_pull(home, added(10), commits=3))
    return row("first report, 10 files, all added, 3 commits", 8, look, met=look.writes > 0)


def first_report_by_few_rules() -> Row:
    with house(policy=FEW) as home:
        look = after(home, lambda: open_pull(home, added(10), commits=3))
    return row("first report, 10 files, all added, 3 commits", 6, look, met=look.writes > 0, policy=FEW)


def first_report_of_three_datasets() -> Row:
    """Each in a folder of its own, with its card and its license beside it; nothing is downloaded but their cards."""
    files: dict[str, Written] = {}
    for name in ("speech", "images", "maps"):
        files |= {f"data/{name}/README.md": CARD, f"data/{name}/train.parquet": b"PAR1\0" + name.encode() * 100_000}
    with house() as home:
        look = after(home, lambda: open_pull(home, files, commits=1))
    return row("first report, three datasets with cards, each in its folder", 8, look, met=look.writes > 0)


def first_report_of_unknown_files() -> Row:
    """Of what is no text, and has no name that tells what it is, the first bytes are read: of 20 at one look."""
    files: dict[str, Written] = {f"assets/{number}.bin": b"\0" + bytes([number]) * 500 for number in range(30)}
    with house() as home:
        look = after(home, lambda: open_pull(home, files, commits=1))
    return row("first report, 30 small binary files of no known kind", 8 + 20, look, met=20 <= look.content <= 23)


def first_report_of_much_data() -> Row:
    """The list, the tree and what stands beside the data; the data themselves are not downloaded."""
    files: dict[str, Written] = {
        f"data/{number}.parquet": b"PAR1\0" + bytes([number % 256, number // 256]) * 450_000 for number in range(500)
    }
    with house() as home:
        sent = home.github.sent
        look = after(home, lambda: open_pull(home, files, commits=1))
        sent = home.github.sent - sent
    what = "first report, 500 Parquet files of 900 kB, less than 5 MB come over the line"
    return row(what, 13, look, met=sent < 5_000_000)


def after_a_push() -> Row:
    with house() as home:
        pull = opened(home)
        look = after(home, lambda: pull.repository.commit("feature", {"src/old_0.py": "print('pushed')\n"}))
    return row("after a push", 7, look, met=look.writes > 0)


def same_head_again() -> Row:
    with house() as home:
        pull = opened(home)
        look = after(home, lambda: home.check(pull.repository, pull.head_sha).rerequest(home.person("ada")))
    return row("the same head again (its check was asked to run again), no content", 3, look, met=look.content == 0)


def somebody_signs() -> Row:
    with house() as home:
        pull = opened(home)
        look = after(home, lambda: sign(home, pull.repository, pull.user))
    return row("the same head again (somebody signed), no content", 3, look, met=look.content == 0 and look.writes > 0)


def somebody_overrides() -> Row:
    """The look that follows the command; whether its author may decide is one request more."""
    with house() as home:
        pull = opened(home)
        pull.repository.grant(home.person("mia"), "maintain")
        home.work()
        pull.comment(home.person("mia"), "/steward override headers, dco generated")
        home.step()
        look = after(home, lambda: None)
    return row("the same head again (a maintainer overrode), no content", 3 + 1, look, met=look.content == 0)


def nothing_changed() -> Row:
    with house() as home:
        pull = opened(home)
        look = after(home, lambda: ask(home, pull))
    return row("nothing changed: no write", 3, look, met=look.writes == 0)


def nothing_that_matters() -> Row:
    def happen(home: House, pull: Pull) -> None:
        pull.edit(title="Another title")
        pull.comment(home.person("bob"), "Nice!")
        pull.repository.commit("elsewhere", {"a.py": "a\n"}, parent=pull.head_sha)

    with house() as home:
        pull = opened(home)
        look = after(home, lambda: happen(home, pull))
    return row("events that cannot change the verdict", 0, look)


# -- the largest that GitHub shows --------------------------------------------------------------------------------


def all_modified() -> Row:
    return largest("modified", 85, {f"src/old_{n}.py": f"print('new', {n})\n" for n in range(FILES)})


def all_modified_with_a_license_beside_each() -> Row:
    """No two of the texts are the same, so that none comes along with another; the second look reads the rest."""
    texts = {f"src/old_{n}.py.license": f"SPDX-License-Identifier: Apache-2.0\n{n}\n" for n in range(FILES)}
    changed = {f"src/old_{n}.py": f"print('new', {n})\n" for n in range(FILES)}
    return largest("modified, each with another text beside it", 85, changed, texts, rest=19)


def all_added() -> Row:
    return largest("added", 45, added(FILES))


def largest(
    how: str, bound: int, files: dict[str, str], beside: Mapping[str, str] = MappingProxyType({}), rest: int = 0
) -> Row:
    """The first report, and one after a push to a single file: one tree, what the base says, and that file's text.

    `rest` are the requests for what the first look had to leave.
    """
    with house(0 if how == "added" else FILES, beside=beside) as home:
        pull: list[Pull] = []
        look = after(home, lambda: pull.append(open_pull(home, files, COMMITS)))
        again = after(home, lambda: pull[0].repository.commit("feature", {next(iter(files)): "print('pushed')\n"}))
    what = f"{FILES:,} files all {how}, {COMMITS} commits; content after a push to one file: {again.content}"
    return row(what, bound, look, met=look.writes > 0 and again.content <= 3 + rest)


SMALL: tuple[Callable[[], Row], ...] = (
    first_report,
    first_report_of_added_files,
    first_report_by_few_rules,
    first_report_of_three_datasets,
    first_report_of_unknown_files,
    first_report_of_much_data,
    after_a_push,
    same_head_again,
    somebody_signs,
    somebody_overrides,
    nothing_changed,
    nothing_that_matters,
)
LARGE: tuple[Callable[[], Row], ...] = (all_modified, all_modified_with_a_license_beside_each, all_added)

# -- what the measurements share ----------------------------------------------------------------------------------


@contextmanager
def house(old_files: int = 10, policy: str = ALL, beside: Mapping[str, str] = MappingProxyType({})) -> Iterator[House]:
    """A Steward at rest, with a repository that has some files."""
    with tempfile.TemporaryDirectory() as folder, SimulatedGitHub() as github:
        home = House(Path(folder), github)
        try:
            repository = home.repository(policy=policy)
            files = {f"src/old_{n}.py": f"print({n})\n" for n in range(old_files)}
            repository.commit("main", {**files, **BESIDE, **beside, "CLA.md": "# The agreement\n"})
            # What every look but the first of an hour finds: a token.
            home.pull(repository, {"README.md": "# Words\n"}, branch="warm").close()
            home.work()
            yield home
        finally:
            home.close()


def after(home: House, happen: Callable[[], object]) -> Look:
    """Let something happen on GitHub; what Steward asks of GitHub until it is at rest."""
    with home.github.webhooks.paused():
        happen()
    home.github.forget_requests()
    home.work()
    return Look(len(home.github.requests), len(home.github.writes), home.github.count(CONTENT))


def opened(home: House) -> Pull:
    """A pull request that was judged."""
    pull = open_pull(home, mixed(10), commits=3)
    home.work()
    return pull


def open_pull(home: House, files: Mapping[str, Written], commits: int) -> Pull:
    """Open a pull request of these files that took so many commits."""
    (repository,) = home.github.world.repositories.values()
    with home.github.webhooks.paused():
        repository.commit("feature", {**files}, parent=repository.branches["main"])
        for number in range(1, commits):
            repository.commit("feature", {next(iter(files)): f"print('again', {number})\n"})
    return repository.open_pull("feature", by=home.person("ada"))


def sign(home: House, repository: Repository, account: Account) -> None:
    """Somebody signs the agreement, as on the page."""
    now = home.clock()
    with writing(home.context.engine) as connection:
        terms = find_in_force(connection, repository.id, "main")
        assert terms
        new = NewSignature(terms.document, terms.version, account.id, account.login, terms.sha256, "web", now)
        signatures.sign(connection, new)
        look_again(connection, home.context.queue, terms.document.owner_id, [account.id])


def ask(home: House, pull: Pull) -> None:
    """Make Steward look again without a reason."""
    with writing(home.context.engine) as connection:
        home.context.queue.want(connection, [str(Key.pull(pull.repository.id, pull.number))], Signal.ASKED)


def added(count: int) -> dict[str, str]:
    return {f"src/new_{n}.py": f"print({n})\n" * 5 for n in range(count)}


def mixed(count: int) -> dict[str, str]:
    return {f"src/{'old' if n % 2 else 'new'}_{n}.py": f"print('mixed', {n})\n" for n in range(count)}


def row(what: str, bound: int, look: Look, *, met: bool = True, policy: str = ALL) -> Row:
    measured = f"{look.requests} (writes: {look.writes}, for content: {look.content})"
    return Row(
        f"GitHub requests: {what} ({IN_WORDS[policy]})", f"at most {bound}", measured, met and look.requests <= bound
    )
