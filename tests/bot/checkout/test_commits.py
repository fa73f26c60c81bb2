# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import pytest

from bot.checkout import commits
from rules.change import Commit, Person
from tests.bot.checkout.conftest import Repo

ADA = Person(name="Ada Author", email="ada@example.com")
BO = Person(name="Bo Builder", email="bo@example.com")


def test_the_commits_of_a_range_the_oldest_first(repo: Repo) -> None:
    base = repo.commit(message="Base")
    first = repo.commit({"a.py": "1\n"}, "First\n\nwith a body")
    second = repo.commit({"a.py": "2\n"}, "Second")

    one, two = commits.between(repo.git, base, second)

    assert one == Commit(
        first, "First\n\nwith a body\n", (ADA,), ADA, (base,), repo.run("rev-parse", f"{first}^{{tree}}")
    )
    assert (two.sha, two.message, two.parents) == (second, "Second\n", (first,))


def test_no_range_no_commits(repo: Repo) -> None:
    head = repo.commit()

    assert commits.between(repo.git, head, head) == ()


def test_a_merge_has_all_its_parents(repo: Repo) -> None:
    base = repo.commit()
    ours = repo.commit({"a.py": "1\n"})
    repo.run("checkout", "--quiet", "-b", "side", base)
    theirs = repo.commit({"b.py": "1\n"})
    repo.run("merge", "--quiet", "--no-edit", ours)

    assert commits.between(repo.git, ours, repo.run("rev-parse", "HEAD"))[-1].parents == (theirs, ours)


def test_author_and_committer_are_two_people(repo: Repo) -> None:
    base = repo.commit()
    repo.run("commit", "--quiet", "--allow-empty", "--message=x", "--author=Bo Builder <bo@example.com>")

    (commit,) = commits.between(repo.git, base, "HEAD")

    assert (commit.authors, commit.committer) == ((BO,), ADA)


CO_AUTHORS = {
    "a trailer": ("x\n\nCo-authored-by: Bo Builder <bo@example.com>", (BO,)),
    "in any case": ("x\n\nCO-AUTHORED-BY: Bo Builder <bo@example.com>", (BO,)),
    "among other trailers": (
        "x\n\nFixes: y\nCo-authored-by: Bo Builder <bo@example.com>\nSigned-off-by: A <a@b>",
        (BO,),
    ),
    "with the line ends of Windows": (
        "x\r\n\r\nCo-authored-by: Bo Builder <bo@example.com>\r\nSigned-off-by: A <a@b>\r\n",
        (BO,),
    ),
    "over two lines": ("x\n\nCo-authored-by: Bo\n  Builder <bo@example.com>", (BO,)),
    "two of them": (
        "x\n\nCo-authored-by: Bo Builder <bo@example.com>\nCo-authored-by: Cy <cy@example.com>",
        (BO, Person(name="Cy", email="cy@example.com")),
    ),
    "without an e-mail": ("x\n\nCo-authored-by: Bo Builder", (Person(name="Bo Builder"),)),
    "without a name": ("x\n\nCo-authored-by: <bo@example.com>", (Person(email="bo@example.com"),)),
    "in the body it is only talk": ("x\n\nCo-authored-by: Bo Builder <bo@example.com>\n\nSo be it.", ()),
    "none": ("x", ()),
}


@pytest.mark.parametrize(("message", "people"), CO_AUTHORS.values(), ids=CO_AUTHORS)
def test_co_authors_are_the_trailers_that_git_sees(repo: Repo, message: str, people: tuple[Person, ...]) -> None:
    base = repo.commit()
    head = repo.commit(message=message)

    (commit,) = commits.between(repo.git, base, head)

    assert commit.authors == (ADA, *people)


def test_a_hostile_message_stays_one_message(repo: Repo) -> None:
    base = repo.commit()
    message = "x\x1b[31m\n\n--\n---\nauthor Eve <eve@example.com>\n\x1e\x1f caf\u00e9\n"
    head = repo.commit(message=message)

    (commit,) = commits.between(repo.git, base, head)

    assert (commit.message, commit.authors) == (message, (ADA,))


def test_a_message_in_an_old_encoding_is_read_in_it(repo: Repo) -> None:
    base = repo.commit()
    repo.run("-c", "i18n.commitEncoding=ISO-8859-1", "commit", "-q", "--allow-empty", "-F-", stdin=b"caf\xe9")

    assert commits.between(repo.git, base, "HEAD")[0].message == "caf\u00e9\n"
