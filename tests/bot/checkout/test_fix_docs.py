# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""docs/fix.md: its examples are run in the repository that it describes, and it knows every option."""

import pytest
from click.testing import CliRunner

from bot.checkout.fix_command import fix
from bot.cli import main
from tests.bot.checkout.conftest import Repo
from tests.bot.checkout.fixing import PARQUET
from tests.pages import Page

PAGE = Page("docs/fix.md")
TAGS = ("SPDX-FileCopyrightText: The Acme Authors", "SPDX-License-Identifier: Apache-2.0")
EXAMPLES = [
    example.text.removeprefix("$ steward ").split("\n", 1) for example in PAGE.examples if example.text[0] == "$"
]
POLICY = next(example.text for example in PAGE.examples if example.language == "yaml")


@pytest.fixture
def described(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """The repository that the page speaks of."""
    policy = "".join(f"# {tag}\n" for tag in TAGS) + POLICY
    repo.commit({".github/governance.yml": policy, "src/old.c": "int a;\n"}, "Base")
    repo.run("checkout", "--quiet", "-b", "feature")
    theirs = "/* SPDX-License-Identifier: Zlib */\n"
    repo.commit({"src/parse.py": "import re\n", "lib/zip.c": theirs}, "Feature")
    (repo.folder.parent / "data-policy.yml").write_text("version: 1\nrules: {datasets: {level: error}}\n")
    monkeypatch.chdir(repo.folder)
    return repo


@pytest.mark.parametrize(("command", "output"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_an_example_gives_what_the_page_shows(described: Repo, command: str, output: str) -> None:
    if "--cards" in command:
        described.write("data/trees.parquet", PARQUET)
    assert CliRunner().invoke(main, command.split(), catch_exceptions=False).output == output


@pytest.mark.parametrize("option", [option.opts[0] for option in fix.params if option.opts[0].startswith("--")])
def test_every_option_is_explained(option: str) -> None:
    assert option in PAGE.text
