# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What stories on the buttons that mend have in common: a project, a contribution that lacks something, a press."""

from collections.abc import Mapping
from typing import Any

from bot.demo.github.git.content import Written
from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from tests.bot.decide.commands.help import log
from tests.house import HEADERS, House

BARE = "print(1)\n"
HEADER = "# SPDX-FileCopyrightText: The Acme Authors\n# SPDX-License-Identifier: Apache-2.0\n"
ADDED = f"{HEADER}\n{BARE}"
DATASETS = """\
version: 1
rules:
  datasets: {approvals: {count: 0}}
  models: {approvals: {count: 0}}
"""
PARQUET = b"PAR1" + bytes(4_000) + b"PAR1"


def project(house: House, contents: str = "write", policy: str = HEADERS, name: str = "widgets") -> Repository:
    """A repository that asks for headers, where wil may write; `contents` is what the operator lets Steward do."""
    house.app.permissions |= {"contents": contents}
    repository = house.repository(name, policy)
    repository.grant(house.person("wil"), "write")
    house.work()
    return repository


def offer(house: House, repository: Repository, files: Mapping[str, Written] | None = None, **options: Any) -> Pull:
    """A pull request by ada, of one file without a header if nothing else is said; Steward has looked."""
    ada = house.person("ada")
    repository.commit("feature", files or {"a.py": BARE}, author=ada, message="Add files", **options)
    pull = repository.open_pull("feature", by=ada)
    house.work()
    return pull


def offer_from_fork(house: House, repository: Repository, files: Mapping[str, Written] | None = None) -> Pull:
    """The same from ada's fork."""
    ada = house.person("ada")
    fork = repository.fork(ada)
    fork.commit("feature", files or {"a.py": BARE}, author=ada, message="Add files")
    pull = repository.open_pull("feature", by=ada, from_fork=fork)
    house.work()
    return pull


def press(house: House, pull: Pull, login: str = "wil", *, button: str = "add-headers", work: bool = True) -> None:
    """Somebody presses a button on the check of the head; Steward works until nothing is due."""
    house.check(pull.repository, pull.head_sha).press(house.person(login), button)
    if work:
        rest(house)


def rest(house: House) -> None:
    """Steward works until nothing is due, also of what it set off itself: nobody waits for the events of that."""
    _hear(house)
    while house.work():
        _hear(house)


def _hear(house: House) -> None:
    for delivery in house.github.deliveries:
        assert delivery.settled.wait(5)


def buttons(house: House, pull: Pull) -> list[str]:
    """The buttons on the check."""
    return [action["identifier"] for action in house.check(pull.repository, pull.head_sha).actions]


def text(pull: Pull, path: str) -> str:
    """What a file holds at the head."""
    repository = pull.head_repository or pull.repository
    found = repository.store.object(f"{pull.head_sha}:{path}")
    assert found
    return found.data.decode()


def suggested(pull: Pull) -> dict[str, tuple[int, str]]:
    """The suggestions by path: the line, and what it would become."""
    found = {}
    for comment in pull.review_comments:
        fence, _, rest = comment.body.partition("suggestion\n")
        found[comment.path] = (comment.line, rest.removesuffix("\n" + fence.rpartition("\n")[2]))
    return found


def acts(house: House, kind: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The rows of this kind in the log, with what stands beside them."""
    return [(body, details) for what, body, details in log(house) if what == kind]


def refusals(house: House) -> list[str]:
    """Why presses were refused."""
    return [details["reason"] for _, details in acts(house, "refusal")]
