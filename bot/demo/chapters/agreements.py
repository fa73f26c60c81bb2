# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Two people sign an agreement, one on the web and one by comment, and the check turns green by itself."""

from bot.demo.browser import Browser
from bot.demo.github.accounts import Account
from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from bot.demo.stage import Stage, new_repository

POLICY = """\
version: 1
rules:
  cla:
    document: CLA.md
    version: "1.0"
"""
AGREEMENT = """\
# Acme Contributor Agreement

Thank you for contributing. By signing you say that:

1. **The work is yours to give.** You wrote it, or you have the right to pass it on.
2. **Everybody may use it.** You license it to the project and to all who receive the project, under the license of
   the project, for as long as it lasts.
3. **You keep it.** Nothing is taken from you: you may use your work elsewhere as you like.
4. **There is no warranty.** You give the work as it is.

You sign once, for all repositories of Acme that use this text.
"""
GEAR = "def ratio(driven, driving):\n    return driven / driving\n"
SHAFT = "def speed(ratio, turns):\n    return turns / ratio\n"


def play(stage: Stage) -> None:
    """Play the chapter. Raises StoryError."""
    stage.chapter("Somebody has not signed the agreement")
    stage.tell("acme/gears asks everybody who contributes to sign its agreement, CLA.md.")
    files = {".github/governance.yml": POLICY, "CLA.md": AGREEMENT, "README.md": "# Gears\n"}
    repository = new_repository(stage, "gears", files)
    ben, cleo = stage.person("ben", "Ben Okri"), stage.person("cleo", "Cleo Patel")
    pull = _signs_on_the_web(stage, repository, ben)
    _signs_by_comment(stage, pull, ben, cleo)


def _signs_on_the_web(stage: Stage, repository: Repository, ben: Account) -> Pull:
    stage.tell("Ben opens a pull request.")
    repository.commit("ratio", {"src/gear.py": GEAR}, author=ben, message="Compute the ratio")
    pull = repository.open_pull("ratio", by=ben, title="Compute the ratio")
    stage.judged(pull, "action_required", "1 of 1 person has not signed the agreement")
    address = f"{stage.steward}/agreements/{repository.full_name}"
    stage.expect("the comment links the page where Ben can sign", address in stage.comments(pull)[0].body)

    stage.tell("Ben follows the link, reads the agreement, and signs in with GitHub, which asks him who he is.")
    browser = Browser()
    page = browser.open(address)
    stage.expect("the page shows the text of the agreement", "Everybody may use it." in page.text)
    page = browser.open(page.link_to("/login"))
    stage.expect("GitHub asks", page.address.startswith(stage.github.url))
    page = browser.send(page, login=ben.login)
    stage.expect("and sends him back to the agreement", page.address == address)

    stage.tell("He ticks that he agrees, and presses the button. Nobody pushes, nobody comments.")
    browser.send(page, agree="yes")
    stage.judged(pull, "success", "1 person has signed the agreement")
    return pull


def _signs_by_comment(stage: Stage, pull: Pull, ben: Account, cleo: Account) -> None:
    repository = pull.repository
    stage.tell("Ben and Cleo write the next commit together. It names her with an address that GitHub does not know.")
    change, message = {"src/shaft.py": SHAFT}, "Compute the speed"
    start = pull.head_sha
    repository.commit("ratio", change, author=ben, message=message, co_authors=[("Cleo", "cleo@laptop.local")])
    stage.judged(pull, "failure", "1 of 2 people has no GitHub account that is known")
    said = stage.comments(pull)[0].body
    stage.expect("the comment tells how to mend the commit", "git commit --amend" in said and "Co-authored-by:" in said)
    stage.expect("and shows nobody's whole address", "cleo@laptop.local" not in said)

    stage.tell("Ben amends the commit with Cleo's address at GitHub, and pushes again.")
    own = (cleo.name or cleo.login, f"{cleo.id}+{cleo.login}@users.noreply.github.com")
    repository.commit("ratio", change, author=ben, message=message, co_authors=[own], parent=start)
    stage.judged(pull, "action_required", "1 of 2 people has not signed the agreement")

    stage.tell("Cleo has read the agreement, and comments: /steward sign")
    comment = pull.comment(cleo, "/steward sign")
    stage.judged(pull, "success", "All 2 people have signed the agreement")
    stage.expect("Steward answered her comment with a +1", comment.reaction_counts["+1"] == 1)
