# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The rule dco on real repositories: its commands are pasted, and what they make of the commits passes."""

import os
import subprocess
from typing import Any

import pytest

from bot.checkout import commits, read, refs
from rules.agreement_options import DcoOptions
from rules.change import Change
from rules.dco import RULE
from rules.rule import Facts, Judgement
from tests.bot.checkout.conftest import Make, Repo

ADA = ("Ada Author", "ada@example.com")
BO = ('Bo $(date) "B" O\'Builder', "bo+work@example.com")
SIGNED = "\n\nSigned-off-by: Ada Author <ada@example.com>"
SIGNED_BY_BO = f"Work\n\nSigned-off-by: {BO[0]} <{BO[1]}>"


@pytest.fixture
def repo(make: Make) -> Repo:
    """A repository with a first commit on `main`, a branch that follows one of its origin, and Ada at the keyboard."""
    origin, repo = make("origin", "--bare"), make()
    repo.commit({"base": "1\n"}, "Base")
    repo.run("remote", "add", "origin", str(origin.folder))
    repo.run("checkout", "-q", "-b", "topic")
    repo.run("push", "-q", "--set-upstream", "origin", "topic")
    sits_down(repo, ADA)
    return repo


def sits_down(repo: Repo, person: tuple[str, str]) -> None:
    for key, value in zip(("name", "email"), person, strict=True):
        repo.run("config", f"user.{key}", value)


def commit_by(repo: Repo, person: tuple[str, str], message: str = "Work") -> str:
    repo.write(f"file-{len(repo.run('log', '--format=%H').split())}", "1\n")
    repo.run("add", "--all")
    by = ["--author", f"{person[0]} <{person[1]}>"]
    repo.run("commit", "-q", "--cleanup=verbatim", *by, "--file=-", stdin=message.encode())
    return repo.run("rev-parse", "HEAD")


def judged(repo: Repo, **settings: Any) -> Judgement:
    head = repo.run("rev-parse", "HEAD")
    change = Change("main", head, commits=commits.between(repo.git, "main", head))
    return RULE.check(change, DcoOptions.model_validate(settings), Facts(2031, offline=True))


def paste(repo: Repo, text: str) -> None:
    """What a person at the keyboard gets, for whom git knows only its configuration."""
    own = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_AUTHOR", "GIT_COMMITTER"))}
    done = subprocess.run(["bash", "-ec", text], cwd=repo.folder, env=own, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def ways(judgement: Judgement) -> list[str]:
    """The commands of the first finding: by rewriting, and then each of the other ways."""
    _, _, commands = (judgement.findings[0].fix or "").partition("\n\n")
    return commands.split("\n\n")


def assert_mended(repo: Repo, **settings: Any) -> None:
    assert judged(repo, **settings).findings == ()
    assert repo.run("rev-parse", "HEAD") == repo.run("rev-parse", "origin/topic"), "it was not pushed"


# -- what is found --------------------------------------------------------------------------------------------------


def one_commit(repo: Repo) -> None:
    commit_by(repo, ADA)


def several_commits(repo: Repo) -> None:
    commit_by(repo, ADA, f"First{SIGNED}")
    commit_by(repo, ADA, "Second")
    commit_by(repo, ADA, f"Third{SIGNED}")
    commit_by(repo, ADA, "Fourth\n\nwith a body\n\nFixes: #1")


def signed_with_another_address(repo: Repo) -> None:
    commit_by(repo, ADA, "First")
    sits_down(repo, ("Ada Author", "ada@home.example"))
    commit_by(repo, ADA, "Second\n\nSigned-off-by: Ada Author <ada@home.example>")


def signed_with_another_name_at_the_head(repo: Repo) -> None:
    sits_down(repo, ("ada", "ada@example.com"))
    commit_by(repo, ADA, "Work\n\nSigned-off-by: ada <ada@example.com>")


def behind_a_merge_of_the_base_branch(repo: Repo) -> None:
    commit_by(repo, ADA, "First")
    merge_main(repo)
    commit_by(repo, ADA, "Second")


def behind_a_merge_of_an_own_branch(repo: Repo) -> None:
    commit_by(repo, ADA, "First")
    repo.run("checkout", "-q", "-b", "side")
    repo.commit({"side": "1\n"}, "Side")
    repo.run("checkout", "-q", "topic")
    commit_by(repo, ADA, "Second")
    repo.run("merge", "-q", "--no-edit", "side")


def after_a_merge_of_the_base_branch(repo: Repo) -> None:
    commit_by(repo, ADA, f"First{SIGNED}")
    merge_main(repo)
    commit_by(repo, ADA, "Second")
    commit_by(repo, ADA, "Third")


def without_content_at_the_head(repo: Repo) -> None:
    empty_commit(repo)


def without_content_among_others(repo: Repo) -> None:
    empty_commit(repo)
    commit_by(repo, ADA, "Second")
    empty_commit(repo)


def among_signed_commits_of_somebody_else(repo: Repo) -> None:
    commit_by(repo, ADA, "First")
    commit_by(repo, BO, SIGNED_BY_BO)
    empty_commit(repo)
    commit_by(repo, BO, SIGNED_BY_BO)


def empty_commit(repo: Repo, person: tuple[str, str] = ADA) -> None:
    repo.run("commit", "-q", "--allow-empty", "--author", f"{person[0]} <{person[1]}>", "--message", "Trigger a build")


def merge_main(repo: Repo) -> None:
    repo.run("checkout", "-q", "main")
    repo.commit({"other": "1\n"}, "Work of others")
    repo.run("checkout", "-q", "topic")
    repo.run("merge", "-q", "--no-edit", "main")


SITUATIONS = [
    one_commit,
    several_commits,
    signed_with_another_address,
    signed_with_another_name_at_the_head,
    behind_a_merge_of_the_base_branch,
    behind_a_merge_of_an_own_branch,
    after_a_merge_of_the_base_branch,
    without_content_at_the_head,
    without_content_among_others,
    among_signed_commits_of_somebody_else,
]


@pytest.fixture(params=SITUATIONS, ids=lambda situation: situation.__name__)
def situation(request: pytest.FixtureRequest, repo: Repo) -> Repo:
    request.param(repo)
    repo.run("push", "-q")
    return repo


def test_commits_are_mended_by_rewriting_them(situation: Repo) -> None:
    (again, _) = ways(judged(situation))
    paste(situation, again)
    assert_mended(situation, remediation=[])


def test_commits_are_mended_by_one_more(situation: Repo) -> None:
    before = situation.run("rev-parse", "HEAD")
    again, one_more = ways(judged(situation))
    identity = "\n".join(line for line in again.splitlines() if line.startswith("git config"))
    paste(situation, f"{identity}\n{one_more}")
    assert_mended(situation, remediation=["individual"])
    assert situation.run("rev-parse", "HEAD^") == before


def test_nothing_breaks_where_somebody_pastes_it_all(situation: Repo) -> None:
    paste(situation, "\n\n".join(ways(judged(situation))))
    assert_mended(situation)


def test_the_work_of_others_is_not_rewritten_where_it_was_merged(repo: Repo) -> None:
    behind_a_merge_of_the_base_branch(repo)
    repo.run("push", "-q")
    paste(repo, ways(judged(repo))[0])
    assert repo.run("merge-base", "main", "HEAD") == repo.run("rev-parse", "main")
    assert repo.run("log", "--format=%s", "main..").splitlines() == [
        "Second",
        "Merge branch 'main' into topic",
        "First",
    ]


# -- the work of several --------------------------------------------------------------------------------------------


SITUATIONS_OF_SEVERAL: list[list[tuple[tuple[str, str], str]]] = [
    [(BO, "Bo's"), (ADA, "Ada's"), (BO, "Bo's too")],
    [(BO, "Bo's\r\n\r\nwith Windows' ends\r\n"), (ADA, "Ada's\r\n"), (BO, f"Bo's too\r\n{SIGNED}\r\n")],
    [(ADA, "Ada's"), (ADA, f"Signed for Bo\n\nSigned-off-by: {BO[0]} <{BO[1]}>"), (BO, f"By hand{SIGNED}")],
]


@pytest.mark.parametrize("commits", SITUATIONS_OF_SEVERAL)
@pytest.mark.parametrize("merging", [False, True])
def test_several_authors_rewrite_one_after_the_other(
    repo: Repo, commits: list[tuple[tuple[str, str], str]], merging: bool
) -> None:
    for person, message in commits:
        commit_by(repo, person, message)
        empty_commit(repo, person)
    if merging:
        merge_main(repo)
        commit_by(repo, BO, "Behind the merge")
    repo.run("push", "-q")

    fixes = {finding.person.email: finding.fix or "" for finding in judged(repo).findings if finding.person}
    for person in (ADA, BO):
        sits_down(repo, person)
        paste(repo, fixes[person[1]].split("\n\n")[1])
    assert_mended(repo, remediation=[])


def test_nobody_signs_for_others_and_nobody_becomes_another(repo: Repo) -> None:
    commit_by(repo, BO, "Bo's")
    commit_by(repo, ADA, "Ada's")
    commit_by(repo, BO, "Bo's too")
    repo.run("push", "-q")

    bo, ada, _ = (finding.fix or "" for finding in judged(repo).findings)
    assert "git config user.name " not in ada + bo
    paste(repo, ada.split("\n\n")[1])
    paste(repo, bo.split("\n\n")[1])  # not Bo's keyboard: nothing happens

    signers = repo.run("log", "--format=%ae %(trailers:key=Signed-off-by,valueonly,separator=%x2C)|", "main..")
    assert signers.splitlines() == [f"{BO[1]} |", f"{ADA[1]} Ada Author <ada@example.com>|", f"{BO[1]} |"]
    assert repo.run("config", "user.email") == ADA[1]
    assert [finding.person and finding.person.email for finding in judged(repo).findings] == [BO[1], BO[1]]


def test_the_signed_work_of_others_gets_no_other_sign_off(repo: Repo) -> None:
    among_signed_commits_of_somebody_else(repo)
    repo.run("push", "-q")
    paste(repo, ways(judged(repo))[0])
    assert_mended(repo)
    messages = repo.run("log", "--author=Bo", "--format=%B", "main..")
    assert (messages.count("Signed-off-by: Bo"), messages.count("Signed-off-by: Ada")) == (2, 0)


def test_several_authors_each_add_a_commit(repo: Repo) -> None:
    commit_by(repo, BO, "Bo's")
    commit_by(repo, ADA, "Ada's")
    repo.run("push", "-q")

    fixes = [finding.fix or "" for finding in judged(repo).findings]
    for person, fix in zip((BO, ADA), fixes, strict=True):
        sits_down(repo, person)
        paste(repo, fix.split("\n\n")[2])
    assert_mended(repo, remediation=["individual"])


def test_somebody_signs_for_an_author_whose_name_is_no_command(repo: Repo) -> None:
    commit_by(repo, BO, "Bo's")
    repo.run("push", "-q")
    _, for_bo = ways(judged(repo, remediation=["third-party"]))
    paste(repo, for_bo)
    assert_mended(repo, remediation=["third-party"])
    assert 'On behalf of Bo $(date) "B" O\'Builder <bo+work@example.com>, I, Ada Author' in repo.run("log", "-1")


def test_more_commits_than_one_command_takes_are_mended_in_two(repo: Repo) -> None:
    for number in range(23):
        commit_by(repo, ADA, f"Commit {number}")
    for left in (3, 0):
        again, one_more = ways(judged(repo))
        paste(repo, one_more)
        assert len(judged(repo).findings) == left
    assert again.startswith("git rebase")


# -- what git makes of messages -------------------------------------------------------------------------------------

JOSE = "Jos\u00e9 <jose@example.com>"


@pytest.mark.parametrize(
    ("message", "encoding", "author", "code"),
    [
        (b"Work\n\nSigned-off-by: Ada Author <ada@example.com>", "UTF-8", None, None),
        (b"Work\r\n\r\nSigned-off-by: Ada Author <ada@example.com>\r\n", "UTF-8", None, None),
        (
            b"Work\n\nSigned-off-by: Ada Author <ada@example.com>\n\nReviewed-by: Bo <bo@example.com>",
            "UTF-8",
            None,
            None,
        ),
        (b"Work\n\n> Signed-off-by: Ada Author <ada@example.com>", "UTF-8", None, "dco-missing"),
        (b"Work\n\nSigned-off-by: Jos\xe9 <jose@example.com>", "ISO-8859-1", JOSE.encode("latin-1"), None),
        (f"Work\n\nSigned-off-by: {JOSE}".encode(), "UTF-8", JOSE.encode(), None),
    ],
)
def test_a_sign_off_is_found_however_git_keeps_the_message(
    repo: Repo, message: bytes, encoding: str, author: bytes | None, code: str | None
) -> None:
    by = ["--author", os.fsdecode(author)] if author else []
    write = ["-c", f"i18n.commitEncoding={encoding}", "commit", "-q", "--allow-empty", "--cleanup=verbatim"]
    repo.run(*write, *by, "--file=-", stdin=message)

    assert [finding.code for finding in judged(repo).findings] == ([code] if code else [])


def test_a_sign_off_that_git_writes_counts(repo: Repo) -> None:
    paste(repo, 'git commit --quiet --allow-empty --signoff --message "Work"')
    assert judged(repo).summary == "1 commit is signed off"


def test_the_identity_of_a_mailmap_is_not_that_of_a_commit(repo: Repo) -> None:
    repo.commit({".mailmap": "Somebody <else@example.com> <ada@example.com>\n"}, f"Work{SIGNED}")
    assert judged(repo).findings == ()


def test_a_merge_is_passed_over_unless_the_policy_asks_for_it(repo: Repo) -> None:
    commit_by(repo, ADA, f"Work{SIGNED}")
    merge_main(repo)
    repo.run("push", "-q")

    assert (judged(repo).findings, judged(repo).notes) == ((), ("1 commit is a merge, which needs no sign-off",))
    paste(repo, ways(judged(repo, merge_commits=True))[0])
    assert_mended(repo, merge_commits=True)


def test_a_root_commit_can_be_signed_off(make: Make) -> None:
    repo = make("fresh")
    sits_down(repo, ADA)
    repo.commit({"a": "1\n"}, "First")
    head = repo.commit({"a": "2\n"}, "Second")
    found = commits.between(repo.git, refs.empty_tree(repo.git), head)

    judgement = RULE.check(Change("", head, commits=found), DcoOptions(), Facts(2031, offline=True))
    paste(repo, ways(judgement)[0].partition("\n")[0])

    assert (
        repo.run("log", "--format=%(trailers:key=Signed-off-by,valueonly)").split("\n\n")
        == ["Ada Author <ada@example.com>"] * 2
    )


def test_what_is_staged_has_no_commits_yet(repo: Repo) -> None:
    repo.write("a", "1\n")
    repo.run("add", "--all")
    judgement = RULE.check(read.of_index(repo.git).change, DcoOptions(), Facts(2031, offline=True))
    assert (judgement.skipped, judgement.summary) == (True, "There is no commit to judge.")
