# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import pytest

from bot.demo.github.merging import MergeConflict
from bot.demo.github.pull import Pull
from tests.bot.demo.acme import Acme


def paths(pull: Pull) -> list[str]:
    return [change.path for change in pull.files()]


def test_a_force_push_moves_the_pull_request(acme: Acme) -> None:
    pull = acme.pull()
    other = acme.widgets.commit("feature", {"b.py": "2\n"}, author=acme.alice, parent=acme.widgets.branches["main"])
    assert (pull.head_sha, paths(pull)) == (other, ["b.py"])
    pushes = [delivery.payload for delivery in acme.github.deliveries if delivery.event == "push"]
    assert [(push["created"], push["forced"]) for push in pushes[-2:]] == [(True, False), (False, True)]

    acme.widgets.push("feature", acme.widgets.branches["main"], acme.alice)
    assert (paths(pull), pull.commits()) == ([], [])


def test_pushing_what_is_there_tells_nothing(acme: Acme) -> None:
    pull = acme.pull()
    before = len(acme.github.deliveries)
    acme.widgets.push("feature", pull.head_sha, acme.alice)
    assert len(acme.github.deliveries) == before


def test_a_push_to_a_fork_moves_the_pull_request_in_its_parent(acme: Acme) -> None:
    fork = acme.widgets.fork(acme.alice, "my-widgets")
    fork.commit("feature", {"a": "1"}, author=acme.alice)
    pull = acme.widgets.open_pull("feature", by=acme.alice, from_fork=fork)
    head = fork.commit("feature", {"b": "2"}, author=acme.alice)
    assert pull.head_sha == head
    assert acme.github.deliveries[-1].action == "synchronize"
    assert "push" not in [delivery.event for delivery in acme.github.deliveries[-2:]]


def test_a_pull_request_ends_with_its_branch(acme: Acme) -> None:
    fork = acme.widgets.fork(acme.alice)
    fork.commit("feature", {"a": "1"}, author=acme.alice)
    pull = acme.widgets.open_pull("feature", by=acme.alice, from_fork=fork)
    fork.delete_branch("feature", acme.alice)
    assert (pull.state, acme.github.deliveries[-1].action) == ("closed", "closed")


def test_what_the_base_gained_is_not_part_of_the_pull_request(acme: Acme) -> None:
    pull = acme.pull()
    acme.widgets.commit("main", {"m": "1"})
    assert paths(pull) == ["a.py"]
    merge = acme.widgets.commit("feature", {"m": "1"}, author=acme.alice, merge=[acme.widgets.branches["main"]])
    assert paths(pull) == ["a.py"]
    assert pull.commits()[-1] == merge


def test_closed_pull_requests_stay_where_they_are_until_reopened(acme: Acme) -> None:
    pull = acme.pull()
    old = pull.head_sha
    pull.close()
    new = acme.widgets.commit("feature", {"b": "1"})
    assert pull.head_sha == old
    pull.reopen()
    assert (pull.head_sha, pull.state) == (new, "open")


@pytest.mark.parametrize(("method", "parents"), [("merge", 2), ("squash", 1)])
def test_a_merge_is_a_real_commit_signed_by_github(acme: Acme, method: str, parents: int) -> None:
    pull = acme.pull(**{"a.py": "1\n", "README.md": "Renamed\n"})
    acme.widgets.commit("main", {"other": "1"})

    sha = pull.merge(acme.alice, method)

    found = acme.widgets.store.commit_object(sha)
    assert len(found.parents) == parents
    assert found.committer.name == "GitHub"
    tree = acme.widgets.store.tree(found.tree)
    assert [entry.path for entry in tree] == ["README.md", "a.py", "other"]
    assert (pull.state, pull.merged_by, paths(pull)) == ("closed", acme.alice, ["README.md", "a.py"])
    assert acme.github.deliveries[-1].payload["pull_request"]["merged"] is True
    assert [row["number"] for row in acme.hands.get(f"/repos/acme/widgets/commits/{sha}/pulls")] == [1]


def test_a_merge_carries_removals_and_renames(acme: Acme) -> None:
    acme.widgets.commit("main", {"old": "x\n" * 20, "gone": "1"})
    pull = acme.pull(a="1")
    acme.widgets.commit("feature", {"old": None, "new": "x\n" * 20, "gone": None})
    sha = pull.merge(acme.alice)
    tree = acme.widgets.store.tree(acme.widgets.store.commit_object(sha).tree)
    assert [entry.path for entry in tree] == ["README.md", "a", "new"]


def test_two_changes_of_one_file_conflict(acme: Acme) -> None:
    pull = acme.pull(**{"README.md": "Mine\n"})
    acme.widgets.commit("main", {"README.md": "Theirs\n"})
    with pytest.raises(MergeConflict, match=r"README\.md"):
        pull.merge(acme.alice)


def test_a_merge_queue_tests_a_real_commit(acme: Acme) -> None:
    first = acme.pull()
    acme.widgets.commit("second", {"b": "1"}, author=acme.alice)
    second = acme.widgets.open_pull("second", by=acme.alice)
    base = acme.widgets.branches["main"]

    group = acme.widgets.merge_group(first, second)

    told = acme.github.deliveries[-1]
    assert (told.event, told.action) == ("merge_group", "checks_requested")
    shape = told.payload["merge_group"]
    assert shape["head_ref"] == f"refs/heads/gh-readonly-queue/main/pr-2-{base}"
    assert (shape["base_sha"], shape["head_commit"]["id"]) == (base, group.head_sha)
    between = acme.hands.get(f"/repos/acme/widgets/compare/{base}...{group.head_sha}")["commits"]
    found = [acme.hands.get(f"/repos/acme/widgets/commits/{row['sha']}/pulls") for row in between]
    assert {pull["number"] for rows in found for pull in rows} == {1, 2}
    assert all(found)

    group.destroy("dequeued")
    assert acme.github.deliveries[-1].payload["reason"] == "dequeued"
    assert group.branch not in acme.widgets.branches
