# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A maintainer overrides a rule and approves a change of the license; what is pushed after that is theirs to see."""

from bot.demo.github.accounts import Account
from bot.demo.github.repository import Repository
from bot.demo.stage import Stage, new_repository

POLICY = """\
version: 1
rules:
  headers:
    license: Apache-2.0
  protected:
    paths: [LICENSE]
    approvals: {count: 1, permission: maintain}
"""
TABLE = "# Made by tools/table.py: do not edit.\nTEETH = (12, 16, 24, 36)\n"
LICENSE = "Apache License, version 2.0: see https://www.apache.org/licenses/LICENSE-2.0\n"
ASKED = "1 protected file is changed: 1 approval needed"
GIVEN = "All rules pass"


def play(stage: Stage) -> None:
    """Play the chapter. Raises StoryError."""
    stage.chapter("A maintainer decides")
    stage.tell("acme/engines asks for license headers, and for a maintainer's approval of whoever changes LICENSE.")
    files = {".github/governance.yml": POLICY, "LICENSE": LICENSE, "README.md": "# Engines\n"}
    repository = new_repository(stage, "engines", files)
    ada, mia = stage.person("ada", "Ada Lovelace"), stage.person("mia", "Mia Rossi")
    repository.grant(mia, "maintain")
    _overrides(stage, repository, ada, mia)
    _approves(stage, repository, ada, mia)


def _overrides(stage: Stage, repository: Repository, ada: Account, mia: Account) -> None:
    stage.tell("Ada adds a table that a tool writes. It has no header, and would lose one whenever it is made anew.")
    repository.commit("teeth", {"src/teeth.py": TABLE}, author=ada, message="Add a table of teeth")
    pull = repository.open_pull("teeth", by=ada, title="Add a table of teeth")
    stage.judged(pull, "failure", "1 of 1 file lacks the license header")

    words = "/steward override headers made by tools/table.py"
    stage.tell(f"Ada comments: {words}")
    refused = pull.comment(ada, words)
    stage.until("Steward refuses: who contributes does not decide", lambda: refused.reaction_counts["confused"] == 1)

    stage.tell(f"Mia is a maintainer. She comments the same: {words}")
    accepted = pull.comment(mia, words)
    stage.judged(pull, "success", "Passed with 1 override")
    stage.expect("Steward answered her comment with a +1", accepted.reaction_counts["+1"] == 1)
    said = stage.comments(pull)[0].body
    stage.expect("its own comment tells who overrode what, and why", "overridden by `mia`" in said)


def _approves(stage: Stage, repository: Repository, ada: Account, mia: Account) -> None:
    stage.tell("In another pull request Ada edits LICENSE.")
    repository.commit("year", {"LICENSE": f"Copyright Acme\n{LICENSE}"}, author=ada, message="Name the holder")
    pull = repository.open_pull("year", by=ada, title="Name the holder")
    stage.judged(pull, "action_required", ASKED)

    stage.tell("Sam comes by and approves it. On GitHub everybody may.")
    pull.review(stage.person("sam", "Sam Weiss"), body="Looks good to me")
    stage.judged(pull, "action_required", ASKED)

    stage.tell("Mia reviews it and approves. She need not know of any command.")
    pull.review(mia)
    stage.judged(pull, "success", GIVEN)

    stage.tell("Ada pushes once more.")
    repository.commit("year", {"LICENSE": f"Copyright Ada\n{LICENSE}"}, author=ada, message="Name myself")
    stage.judged(pull, "action_required", ASKED)
    said = stage.comments(pull)[0].body
    stage.expect("an approval is for one commit, and the comment says so", "there are new commits since" in said)
