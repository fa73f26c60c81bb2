# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""docs/check.md: its examples are run in the repository that it describes, and it knows every option."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.checkout.command import check
from bot.cli import main
from tests.bot.checkout.conftest import Repo

PAGE = Path(__file__).parents[3] / "docs" / "check.md"
TEXT = PAGE.read_text("utf-8")
EXAMPLES = re.findall(r"^```console\n\$ steward (.*)\n((?:.*\n)*?)```$", TEXT, re.MULTILINE)
POLICY = re.findall(r"^```yaml\n(version: 1\n(?:.*\n)*?)```$", TEXT, re.MULTILINE)[0]


@pytest.fixture
def described(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """The repository that the page speaks of."""
    tags = ("SPDX-FileCopyrightText: The Acme Authors", "SPDX-License-Identifier: Apache-2.0")
    policy = "".join(f"# {tag}\n" for tag in tags) + POLICY
    repo.commit({".github/governance.yml": policy, "src/old.c": "int a;\n", "src/older.c": "int b;\n"}, "Base")
    repo.run("checkout", "--quiet", "-b", "feature")
    repo.commit({"src/parse.py": "import re\n", "src/render.js": "".join(f"// {tag}\n" for tag in tags)}, "Feature")
    repo.write("draft.yml", POLICY.replace("license:", "licence:"))
    monkeypatch.chdir(repo.folder)
    return repo


@pytest.mark.parametrize(("command", "output"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_an_example_gives_what_the_page_shows(described: Repo, command: str, output: str) -> None:
    assert CliRunner().invoke(main, command.split(), catch_exceptions=False).output == output


@pytest.mark.parametrize("option", [option.opts[0] for option in check.params if option.opts[0].startswith("--")])
def test_every_option_is_explained(option: str) -> None:
    assert option in TEXT
