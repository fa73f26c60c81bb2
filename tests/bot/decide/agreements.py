# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What stories on agreements have in common: a repository that asks for one, people who contribute, one who signs."""

from collections.abc import Mapping
from typing import Any

from bot.demo.github.accounts import Account
from bot.demo.github.checks import CheckRun
from bot.demo.github.pull import Pull
from bot.demo.github.pushing import Identity
from bot.demo.github.repository import Repository
from bot.store import agreements, signatures
from bot.store.agreements import InForce
from bot.store.database import reading, writing
from bot.store.signatures import NewSignature
from bot.work.look_again import look_again
from tests.house import House

TEXT = "# The Acme Agreement\n\nYou may give us what you wrote.\n"


def policy(cla: str = "", dco: str = "") -> str:
    """A policy with these settings of `cla` and `dco`, each as YAML in one line; none: the rule is absent."""
    rules = [f"  {name}: {{{settings}}}" for name, settings in (("cla", cla), ("dco", dco)) if settings]
    return "\n".join(["version: 1", "rules:", *rules, ""])


CLA = policy("document: CLA.md")
DCO = policy(dco="match: full")


def project(house: House, governance: str = CLA, name: str = "widgets", text: str | None = TEXT) -> Repository:
    """A repository of acme with a policy and, unless `text` is None, an agreement."""
    repository = house.repository(name, governance)
    if text is not None:
        repository.commit("main", {"CLA.md": text}, message="Add the agreement")
    house.work()
    return repository


def offer(
    house: House,
    repository: Repository,
    *authors: Identity,
    branch: str = "feature",
    base: str = "main",
    **options: Any,
) -> Pull:
    """A pull request opened by the first of its authors, who each wrote a commit of it; Steward has looked."""
    start = repository.branches[base]
    for number, author in enumerate(authors):
        parent = start if number == 0 else None
        repository.commit(
            branch,
            {f"{branch}-{number}.txt": "text\n"},
            author=author,
            parent=parent,
            message=f"Write {number}",
            **options,
        )
    opener = next(author for author in authors if isinstance(author, Account))
    pull = repository.open_pull(branch, base, by=opener)
    house.work()
    return pull


def asked(house: House, repository: Repository, branch: str = "main") -> InForce:
    """What the signing page of a repository would ask."""
    with reading(house.context.engine) as connection:
        found = agreements.find_in_force(connection, repository.id, branch)
    assert found
    return found


def sign(house: House, repository: Repository, account: Account, **values: Any) -> None:
    """Somebody signs as on the page; Steward then works until nothing is due."""
    put_down(house, repository, account, **values)
    house.work()


def put_down(house: House, repository: Repository, account: Account, **values: Any) -> None:
    """What is written when somebody signs as on the page."""
    terms = asked(house, repository)
    facts: Mapping[str, Any] = {
        "document": terms.document, "version": terms.version, "account_id": account.id, "login": account.login,
        "sha256": terms.sha256, "how": "web", "signed_at": house.clock(),
    }  # fmt: skip
    with writing(house.context.engine) as connection:
        signatures.sign(connection, NewSignature(**{**facts, **values}))
        look_again(connection, house.context.queue, terms.document.owner_id, [account.id])


def verdict(house: House, pull: Pull) -> tuple[str | None, str | None]:
    """The conclusion and the title of the check on a pull request."""
    run = check(house, pull)
    return run.conclusion, run.title


def check(house: House, pull: Pull) -> CheckRun:
    """The check on a pull request."""
    return house.check(pull.repository, pull.head_sha)


def told(house: House, pull: Pull) -> str:
    """What the check on a pull request tells at length."""
    return check(house, pull).summary or ""


def again(house: House, repository: Repository, number: int = 1) -> None:
    """Somebody asks to run the check again."""
    pull = repository.pull(number)
    assert pull
    check(house, pull).rerequest(house.person("ada"))
    house.work()
