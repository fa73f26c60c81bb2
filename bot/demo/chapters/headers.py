# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A pull request whose files lack a license header, and how it turns green."""

from bot.demo.stage import Stage, new_repository

POLICY = """\
version: 1
rules:
  headers:
    license: Apache-2.0
    holder: The Acme Authors
"""
HEADER = "# SPDX-FileCopyrightText: The Acme Authors\n# SPDX-License-Identifier: Apache-2.0\n\n"
PARSER = "def parse(text):\n    return text.split()\n"
PRINTER = "def show(words):\n    print(*words)\n"


def play(stage: Stage) -> None:
    """Play the chapter. Raises StoryError."""
    stage.chapter("A license header is missing")
    stage.tell("acme/widgets asks for a license header in every source file: its .github/governance.yml says so.")
    repository = new_repository(stage, "widgets", {".github/governance.yml": POLICY, "README.md": "# Widgets\n"})
    ada = stage.person("ada", "Ada Lovelace")

    stage.tell("Ada opens a pull request with three files. Two of them lack the header.")
    files = {"src/parser.py": PARSER, "src/printer.py": PRINTER, "src/words.py": f"{HEADER}WORDS = []\n"}
    repository.commit("feature", files, author=ada, message="Add the parser")
    pull = repository.open_pull("feature", by=ada, title="Add the parser")
    stage.judged(pull, "failure", "2 of 3 files lack the license header")
    said = stage.comments(pull)[0].body
    stage.expect("there is one comment, and it holds the header to paste", HEADER.strip() in said)

    stage.tell("Ada pastes the header into src/parser.py and pushes.")
    repository.commit("feature", {"src/parser.py": HEADER + PARSER}, author=ada, message="Add a header")
    stage.judged(pull, "failure", "1 of 3 files lacks the license header")

    stage.tell("Grace, who may write here, presses the button Add headers on the check: Steward commits the other one.")
    grace = stage.person("grace", "Grace Hopper")
    repository.grant(grace, "write")
    stage.checks(pull)[0].press(grace, "add-headers")
    stage.judged(pull, "success", "All 3 files carry the license header")
    by = repository.store.commit_object(pull.head_sha).author.name
    stage.expect("the commit is by Steward", by == stage.app.bot.login)
    stage.expect("the same one comment was brought up to date", len(stage.comments(pull)) == 1)

    stage.tell("GitHub delivers the last event once more.")
    stage.github.forget_requests()
    last = next(one for one in reversed(stage.github.deliveries) if one.event == "pull_request")
    stage.github.redeliver(last)
    stage.until("nothing was read and nothing was written", lambda: not stage.github.requests)
