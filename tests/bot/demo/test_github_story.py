# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from bot.demo.github import SimulatedGitHub


def test_a_push_moves_the_pull_request(github: SimulatedGitHub) -> None:
    alice, acme = github.user("alice"), github.organization("acme")
    widgets = acme.repository("widgets", files={"README.md": "Widgets\n"})
    widgets.commit("feature", {"a.py": "one\n"}, author=alice)
    pull = widgets.open_pull("feature", by=alice)
    assert [change.path for change in pull.files()] == ["a.py"]

    second = widgets.commit("feature", {"b.py": "two\n"}, author=alice)

    assert pull.head_sha == second
    assert [change.path for change in pull.files()] == ["a.py", "b.py"]
