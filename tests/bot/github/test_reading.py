# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A pull request read from GitHub: what its files hold, at how many requests, and what is said to be unseen."""

from typing import Any

import pytest

from bot.demo.github.git.content import Executable, Submodule, Symlink, Written
from bot.github.change import read_change
from bot.github.errors import Gone, Unavailable
from bot.github.pull import read_pull
from bot.github.wanted import Wanted
from bot.identity import Account
from rules.change import FileKind, FileStatus, Need
from tests.bot.github.reader import ASKED, EVERYTHING, Reader, price, text

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

# -- what is seen -------------------------------------------------------------------------------------------------


def test_who_opened_it_what_it_means_to_do_and_where_it_stands(reader: Reader) -> None:
    opened = reader.open({"a.py": "a\n"}, title="A title", body="A body")
    pull = reader.pull()
    assert (pull.title, pull.body, pull.open, pull.draft) == ("A title", "A body", True, False)
    assert (pull.opener.login, pull.opener.bot) == ("ada", False)
    assert pull.head == opened.head_sha
    assert (pull.base, pull.base_ref) == (reader.repository.branches["main"], "main")
    assert pull.repository.full == "acme/widgets"
    assert pull.companions == (1,)
    assert pull.check_run is None


@pytest.mark.parametrize(
    "content",
    [
        "one line\n",
        "no end",
        "two\nlines\n",
        "windows\r\nlines\r\n",
        "",
        "ünïcödé ☃\n",
        "-- dashes\n++ pluses\n",
        "\\ No newline\n",
    ],
)
@pytest.mark.parametrize("name", ["new.py", "old.py"], ids=["added", "modified"])
def test_every_text_arrives_as_it_was_written(reader: Reader, name: str, content: str) -> None:
    reader.open({name: content})
    assert text(reader.file(name)) == content


def test_a_long_file_is_cut_and_says_so(reader: Reader) -> None:
    reader.open({"new.py": "x = 1\n" * 5_000, "old.py": "y = 1\n" * 5_000})
    for path in ("new.py", "old.py"):
        content = reader.file(path).content
        assert content is not None
        assert (len(content.text), content.whole) == (8_192, False)


def test_what_is_no_text_is_told_apart(reader: Reader) -> None:
    reader.open(
        {
            "picture.png": b"\x89PNG\x00\x00",
            "link.py": Symlink("old.py"),
            "module": Submodule("1" * 40),
            "tool.py": Executable("#!/usr/bin/env python\n"),
        }
    )
    picture, link = reader.file("picture.png"), reader.file("link.py")
    assert picture.content is not None
    assert picture.content.binary
    assert (link.kind, text(link)) == (FileKind.SYMLINK, "old.py")
    assert reader.file("module").kind is FileKind.SUBMODULE
    assert text(reader.file("tool.py")) == "#!/usr/bin/env python\n"
    assert reader.change().unseen == ()


def test_what_happened_to_each_file(reader: Reader) -> None:
    reader.open({"gone.py": None, "moved.py": None, "there.py": "y\n" * 20, "old.py": "new = 1\n"})
    told = {file.path: (file.status, file.previous_path) for file in reader.change().files}
    assert told == {
        "gone.py": (FileStatus.REMOVED, None),
        "there.py": (FileStatus.RENAMED, "moved.py"),
        "old.py": (FileStatus.MODIFIED, None),
    }


def test_who_approved_which_commit_and_when_the_base_branch_changed(reader: Reader) -> None:
    opened = reader.open({"a.py": "a\n"})
    first = opened.head_sha
    assert (reader.pull().reviews, reader.pull().reviews_whole, reader.pull().retargeted_at) == ((), True, None)
    grace, linus = reader.github.user("grace"), reader.github.user("linus")
    reader.repository.grant(grace, "maintain")
    approval = opened.review(grace, body="Good")
    opened.review(grace, "COMMENTED")
    opened.review(linus, "CHANGES_REQUESTED")
    reader.repository.commit("feature", {"a.py": "b\n"})
    reader.repository.commit("next", {"n": "1"})
    reader.github.advance(60)
    opened.retarget("next")

    reader.github.forget_requests()
    pull = reader.pull()

    assert reader.github.count() == 1
    (review,) = pull.reviews
    assert (review.id, review.by, review.by_member) == (approval.id, Account(grace.id, "grace"), True)
    assert review.head == first
    assert review.address.endswith(f"/acme/widgets/pull/1#pullrequestreview-{approval.id}")
    assert pull.retargeted_at == opened.retargets[0].created_at.timestamp() >= review.at + 60


def test_a_dismissed_approval_is_none(reader: Reader) -> None:
    opened = reader.open({"a.py": "a\n"})
    opened.review(reader.github.user("grace")).dismiss(opened.user)
    assert reader.pull().reviews == ()


def test_a_hundred_reviewers_are_seen_and_no_more(reader: Reader) -> None:
    opened = reader.open({"a.py": "a\n"})
    for number in range(101):
        opened.review(reader.github.user(f"reviewer-{number}"))
    pull = reader.pull()
    assert (len(pull.reviews), pull.reviews_whole) == (100, False)


@pytest.mark.parametrize("nodes", [None, [None]])
def test_a_change_of_base_that_github_does_not_show_is_githubs_trouble(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, nodes: object
) -> None:
    reader.open({"a.py": "a\n"})
    answered = reader.client.graphql

    def hidden(query: str, variables: dict[str, Any]) -> Any:
        data = answered(query, variables)
        data["repository"]["pullRequest"]["timelineItems"]["nodes"] = nodes
        return data

    monkeypatch.setattr(reader.client, "graphql", hidden)
    with pytest.raises(Unavailable, match="base branch"):
        reader.pull()


def test_commits_come_with_everybody_who_had_a_hand_in_them(reader: Reader) -> None:
    reader.github.user("bob", emails=["bob@example.com"])
    message = "Add a\n\nCo-authored-by: Bob <bob@example.com>\nCo-authored-by: Nobody <nobody@nowhere.example>"
    reader.open({"a.py": "a\n"}, message=message)
    (commit,) = reader.change().commits
    author, bob, nobody = commit.authors
    assert author.id is not None
    assert (bob.login, nobody.id, nobody.email) == ("bob", None, "nobody@nowhere.example")
    assert commit.message == message
    assert commit.parents == (reader.repository.branches["main"],)


# -- what is not seen ---------------------------------------------------------------------------------------------


def test_what_is_not_there_is_gone(reader: Reader) -> None:
    with pytest.raises(Gone):
        reader.pull(99)
    with pytest.raises(Gone):
        read_pull(reader.client, "acme", "nothing", 1, ASKED)


def test_more_files_than_github_lists_are_said_to_be_unseen(reader: Reader) -> None:
    reader.github.limits.pull_files = 3
    reader.open({f"f{number}.py": "x\n" for number in range(5)})
    (gap,) = reader.change().unseen
    assert (gap.need, gap.reason) == (Need.FILES, "GitHub listed 3 of 5 changed files")


def test_commits_are_read_page_by_page_beyond_what_rest_would_list(reader: Reader) -> None:
    reader.open({"a.py": "0\n"})
    reader.push_many(255)
    change = reader.change()
    assert len(change.commits) == 256
    assert change.unseen == ()


def test_commits_that_are_not_listed_are_said_to_be_unseen(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    reader.open({"a.py": "0\n"})
    monkeypatch.setattr("bot.github.history.LISTED_AT_MOST", 1)
    monkeypatch.setattr(reader.client, "get", lambda *_, **__: {"total_commits": 300})
    assert [gap.reason for gap in reader.change().unseen] == ["GitHub showed 1 of 300 commits"]


def test_a_head_that_moves_while_the_commits_are_read_starts_over(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.open({"a.py": "0\n"})
    reader.push_many(120)
    pull = reader.pull()
    reader.repository.commit("feature", {"a.py": "moved\n"})
    with pytest.raises(Unavailable, match="the head moved"):
        read_change(reader.client, pull, EVERYTHING)


# -- at what price ------------------------------------------------------------------------------------------------


def test_added_files_cost_nothing_beyond_the_list(reader: Reader) -> None:
    reader.open({f"f{number}.py": f"x = {number}\n" * 3 for number in range(10)})
    assert price(reader, reader.change) == ["POST /graphql", "GET /repos/acme/widgets/pulls/1/files"]


def test_modified_files_cost_two_calls_for_all_of_them(reader: Reader) -> None:
    names = [f"m{number}.py" for number in range(10)]
    reader.repository.commit("main", dict.fromkeys(names, "before\n"))
    reader.open(dict.fromkeys(names, "after\n"))
    assert len(price(reader, reader.change)) == 4


def test_what_was_read_before_is_not_read_again(reader: Reader) -> None:
    reader.open({"old.py": "changed\n", "new.py": "new\n"})
    known = reader.change()
    reader.repository.commit("feature", {"another.py": "another\n"})
    asked = price(reader, lambda: reader.change(known=known))
    assert asked == ["POST /graphql", "GET /repos/acme/widgets/pulls/1/files"]


def test_a_link_that_becomes_a_file_of_the_same_bytes_is_read(reader: Reader) -> None:
    source = "import \ufffd\n" * 3
    reader.open({"new.py": Symlink(source)})
    known = reader.change()
    assert known.files[0].kind is FileKind.SYMLINK
    reader.repository.commit("feature", {"new.py": source})
    (file,) = reader.change(known=known).files
    assert (file.kind, text(file)) == (FileKind.REGULAR, source)


def test_what_no_rule_wants_is_not_read(reader: Reader) -> None:
    reader.open({"old.py": "changed\n"})
    nothing = Wanted(frozenset(), lambda _file: True)
    only_names = Wanted(frozenset({Need.FILES}), lambda _file: False)
    assert price(reader, lambda: reader.change(nothing)) == ["POST /graphql"]
    assert len(price(reader, lambda: reader.change(only_names))) == 2


@pytest.mark.parametrize("status", [502, 504])
def test_a_call_that_github_cannot_answer_in_time_is_halved(reader: Reader, status: int) -> None:
    names = [f"m{number}.py" for number in range(8)]
    reader.repository.commit("main", dict.fromkeys(names, "before\n"))
    reader.open({name: f"after {name}\n" for name in names})
    pull = reader.pull()
    reader.github.fail(status, match="POST /graphql", times=3)
    change = read_change(reader.client, pull, EVERYTHING)
    assert {text(file) for file in change.files} == {f"after {name}\n" for name in names}


def test_one_file_that_github_cannot_answer_for_is_githubs_trouble(reader: Reader) -> None:
    reader.open({"old.py": "changed\n"})
    pull = reader.pull()
    reader.github.fail(502, match="POST /graphql", times=None)
    with pytest.raises(Unavailable):
        read_change(reader.client, pull, EVERYTHING)


def test_texts_are_asked_for_in_calls_of_a_bounded_size(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.github.blobs.BYTES_PER_CALL", 25)
    names = [f"m{number}.py" for number in range(5)]
    reader.repository.commit("main", dict.fromkeys(names, "before\n"))
    reader.open({name: f"the text of {name}\n" for name in names})
    assert [line for line in price(reader, reader.change) if "Texts" in line] == ["POST /graphql Texts"] * 5


@pytest.mark.parametrize("shown", [None, {"isBinary": None, "isTruncated": True, "text": None}])
def test_a_text_that_github_does_not_show_is_unread(reader: Reader, shown: object) -> None:
    reader.open({"old.py": "changed\n"})
    reader.github.fail(200, "Texts", body={"data": {"repository": {"b0": shown}}})
    file = reader.file("old.py")
    assert (file.content, file.unread) == (None, True)


def test_a_file_that_the_head_does_not_have_is_said_to_be_unseen(reader: Reader) -> None:
    reader.open({"old.py": "changed\n"})
    reader.github.fail(200, "Entries", body={"data": {"repository": {"head": {"f0": None}}}})
    (gap,) = reader.change().unseen
    assert (gap.path, gap.reason, gap.final) == ("old.py", "GitHub does not show this file", False)


def test_no_more_is_downloaded_than_fits_into_memory(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.github.content.TOGETHER", 20)
    reader.repository.commit("main", {f"{number}.py": "before\n" for number in range(3)})
    reader.open({f"{number}.py": f"{number} bytes \n" for number in range(3)})
    change = reader.change()
    assert [text(file) for file in change.files] == ["0 bytes \n", "1 bytes \n", None]
    (gap,) = change.unseen
    reason = "the files before it hold more than Steward downloads at once, 128 MiB"
    assert (gap.path, gap.reason, gap.final) == ("2.py", reason, True)


# -- what is only measured ----------------------------------------------------------------------------------------

POINTERS = Wanted(frozenset({Need.CONTENT}), lambda file: file.size is None or file.size <= 1_024)
"""What is small may be a pointer; how large the rest is, is all there is to know of it."""


def test_what_nobody_wants_once_it_is_measured_is_not_downloaded(reader: Reader) -> None:
    data: dict[str, Written] = {f"{number}.parquet": b"PAR1\0" + bytes(900_000) for number in range(150)}
    reader.open(
        {**data, "big.parquet": bytes(3_000_000), "pointer.parquet": "version https://git-lfs.example/spec/v1\n"}
    )
    tree = "GET /repos/acme/widgets/git/trees/" + reader.pull().head
    sent = reader.github.sent
    asked = price(reader, lambda: reader.change(POINTERS))
    assert asked == ["POST /graphql", *["GET /repos/acme/widgets/pulls/1/files"] * 2, tree]
    assert reader.github.sent - sent < 1_000_000
    change = reader.change(POINTERS)
    assert {file.size for file in change.files} == {900_005, 3_000_000, 40}
    assert [file.path for file in change.files if file.content] == ["pointer.parquet"]
    assert change.unseen == ()


def test_what_was_measured_is_not_measured_again(reader: Reader) -> None:
    reader.open({"a.parquet": b"PAR1\0" + bytes(9_000), "b.parquet": "long text\n" * 200})
    known = reader.change(POINTERS)
    assert [(file.size, file.content) for file in known.files] == [(9_005, None), (2_000, None)]
    reader.repository.commit("feature", {"c.parquet": "long text\n" * 300})
    asked = price(reader, lambda: reader.change(POINTERS, known))
    assert asked == ["POST /graphql", "GET /repos/acme/widgets/pulls/1/files"]
    assert [file.size for file in reader.change(POINTERS, known).files] == [9_005, 2_000, 3_000]


def test_where_links_lead_is_read_once_if_a_rule_wants_to_know(reader: Reader) -> None:
    target = "../.git/annex/objects/aa/bb/SHA256E-s1048576--abc.parquet/SHA256E-s1048576--abc.parquet"
    reader.open({"a.parquet": Symlink(target), "b.parquet": Submodule("1" * 40)})
    known = reader.change(POINTERS)
    link, module = known.files
    assert (link.kind, text(link), link.size) == (FileKind.SYMLINK, target, len(target))
    assert (module.kind, module.content) == (FileKind.SUBMODULE, None)
    assert known.unseen == ()
    again = price(reader, lambda: reader.change(POINTERS, known))
    assert again == ["POST /graphql", "GET /repos/acme/widgets/pulls/1/files", "POST /graphql Entries"]
    assert text(reader.change(POINTERS, known).files[0]) == target


def test_a_link_that_no_rule_wants_stays_closed(reader: Reader) -> None:
    files_alone = Wanted(frozenset({Need.CONTENT}), lambda file: file.kind is FileKind.REGULAR)
    reader.open({"a.parquet": Symlink("elsewhere")})
    (link,) = reader.change(files_alone).files
    assert (link.kind, link.content, link.unread) == (FileKind.SYMLINK, None, False)
