# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A dataset comes without a card; Steward drafts one, its author fills it in, and a maintainer agrees to the data."""

from bot.demo.github.accounts import Account
from bot.demo.github.pull import Pull
from bot.demo.stage import Stage, new_repository

POLICY = """\
version: 1
rules:
  datasets:
    licenses: {allow: [CC0-1.0, CC-BY-4.0]}
    approvals: {count: 1, permission: maintain}
"""
FOLDER = "data/reviews"
ROWS = "".join(f'{{"id": {number}, "text": "Works as described.", "stars": 5}}\n' for number in range(60))
CARD = """\
---
license: cc-by-4.0
pretty_name: Reviews of widgets
source: written for this project by its contributors
personal_data: none
---

# Reviews of widgets

Sixty short reviews in English, to try the parser on.
"""


def play(stage: Stage) -> None:
    """Play the chapter. Raises StoryError."""
    stage.chapter("A dataset comes without a card")
    stage.tell("acme/reviews takes data under two licenses only, with a card, and with a maintainer's consent.")
    repository = new_repository(stage, "reviews", {".github/governance.yml": POLICY, "README.md": "# Reviews\n"})
    ada, mia = stage.person("ada", "Ada Lovelace"), stage.person("mia", "Mia Rossi")
    repository.grant(mia, "maintain")

    stage.tell("Ada adds sixty reviews of widgets, and not a word on where they come from.")
    repository.commit("rows", {f"{FOLDER}/train.jsonl": ROWS}, author=ada, message="Add reviews")
    pull = repository.open_pull("rows", by=ada, title="Add reviews to try the parser on")
    stage.judged(pull, "failure", "1 dataset is added: 1 lacks a card; 1 approval needed")
    _is_filled_in(stage, pull, ada)
    _is_agreed_to(stage, pull, mia)


def _is_filled_in(stage: Stage, pull: Pull, ada: Account) -> None:
    said = stage.comments(pull)[0].body
    stage.expect("the comment holds a card, ready to be filled in", "personal_data:" in said)

    stage.tell("Ada puts it where the comment says, fills in what says TODO, and pushes.")
    pull.repository.commit("rows", {f"{FOLDER}/README.md": CARD}, author=ada, message="Say where they come from")
    stage.judged(pull, "action_required", "1 dataset is added; 1 approval needed")


def _is_agreed_to(stage: Stage, pull: Pull, mia: Account) -> None:
    stage.tell("Mia read the card. She comments: /steward approve datasets")
    accepted = pull.comment(mia, "/steward approve datasets")
    stage.judged(pull, "success", "1 dataset is added, with the approval of mia")
    stage.expect("Steward answered her comment with a +1", accepted.reaction_counts["+1"] == 1)
    stage.expect("the same one comment was brought up to date", len(stage.comments(pull)) == 1)
