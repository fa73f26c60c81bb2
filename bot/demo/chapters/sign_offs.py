# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A commit without a sign-off, and a commit that signs off for it."""

from bot.demo.stage import Stage, new_repository

POLICY = "version: 1\nrules:\n  dco:\n    match: full\n"
SPRING = "def force(stiffness, length):\n    return stiffness * length\n"


def play(stage: Stage) -> None:
    """Play the chapter. Raises StoryError."""
    stage.chapter("A sign-off is missing")
    stage.tell("acme/springs asks for no agreement, but for a sign-off in every commit.")
    repository = new_repository(stage, "springs", {".github/governance.yml": POLICY, "README.md": "# Springs\n"})
    ada = stage.person("ada", "Ada Lovelace")

    stage.tell("Ada forgets it.")
    sha = repository.commit("force", {"src/spring.py": SPRING}, author=ada, message="Compute the force")
    pull = repository.open_pull("force", by=ada, title="Compute the force")
    stage.judged(pull, "failure", "1 of 1 commit lacks a sign-off by the author")

    stage.tell("She says so in a further commit, in the words that the comment gave her.")
    sign_off = f"Signed-off-by: {ada.name} <{ada.email}>"
    words = f"I, {ada.name} <{ada.email}>, hereby add my Signed-off-by to this commit: {sha}"
    repository.commit("force", {}, author=ada, message=f"DCO remediation\n\n{words}\n\n{sign_off}")
    stage.judged(pull, "success", "All 2 commits are signed off")
