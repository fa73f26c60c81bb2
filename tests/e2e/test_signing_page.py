# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Signing in a real browser, from the link in the comment to the green check, as people with and without scripts do."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from bot.demo.github.accounts import Account
from bot.demo.play import free_port, stage_set
from bot.demo.stage import Stage, new_repository
from docs.browser import WIDTH, Browser, Page
from tests.bot.web.people import readable

pytestmark = [pytest.mark.long, pytest.mark.allow_hosts(["127.0.0.1", "localhost"])]

POLICY = """\
version: 1
rules:
  cla:
    document: CLA.md
    version: "1.0"
    fields:
      - {name: full-name, label: Full name, required: true}
      - {name: city, label: City}
    corporate: {document: CCLA.md, version: "1.0"}
"""
AGREEMENT = """\
# Acme Contributor Agreement

By signing you say that:

1. **The work is yours to give.** You wrote it, or you have the right to pass it on.
2. **Everybody may use it**, under the [license](https://www.apache.org/licenses/LICENSE-2.0) of the project.

## What is yours stays yours

> Nothing is taken from you: you may use your work elsewhere as you like.

<script>alert("a script in an agreement")</script> ![and a picture](https://evil.example/picture.png)

    and-a-word-that-is-longer-than-any-telephone-is-wide-so-that-it-has-to-be-broken-somewhere-in-the-middle-of-it
"""
FILES = {
    ".github/governance.yml": POLICY,
    "CLA.md": AGREEMENT,
    "CCLA.md": "# For companies\n",
    "README.md": "# Gears\n",
}
PATH = "/agreements/acme/gears"


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """A project that asks for signatures, and one pull request of Ben's that waits for his."""
    with stage_set(free_port(), lambda _line: None) as stage:
        repository = new_repository(stage, "gears", FILES)
        ben = stage.person("ben", "Ben Okri")
        repository.commit("ratio", {"src/gear.py": "x = 1\n"}, author=ben, message="Compute the ratio")
        pull = repository.open_pull("ratio", by=ben, title="Compute the ratio")
        stage.judged(pull, "action_required", "1 of 1 person has not signed the agreement")
        assert f"{stage.steward}{PATH}" in stage.comments(pull)[0].body
        yield stage


def in_order(page: Page, stage: Stage, width: int = WIDTH) -> str:
    """A page that has no problem, loads nothing from elsewhere, fits its window and can be followed by ear."""
    assert page.problems == []
    assert {urlsplit(request).netloc for request in page.requests} <= {
        urlsplit(address).netloc for address in (stage.github.url, stage.steward)
    }
    assert page.width <= width, "the page is wider than its window"
    readable(page.html)
    return page.html


def signed_in(browser: Browser, stage: Stage, person: Account, **options: object) -> Page:
    """The signing page as somebody sees it who has just come from GitHub."""
    page = browser.open(f"{stage.steward}{PATH}", **options)  # type: ignore[arg-type]
    page.follow("#sign ~ p a.button")
    page.follow(f"button[value={person.login}]")
    return page


def sign(page: Page) -> None:
    page.write("#field-full-name", "Ben Okri")
    page.press("#agree")
    page.follow("#sign ~ form button")


def sign_out(page: Page) -> None:
    page.follow("nav button")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_person_reads_signs_and_reads_back(browser: Browser, stage: Stage, scripts: bool, dark: bool) -> None:
    person = stage.person(f"reader{scripts:d}{dark:d}", "Reader")
    page = browser.open(f"{stage.steward}{PATH}", scripts=scripts, dark=dark)
    assert "Sign in with GitHub to sign" in in_order(page, stage)
    page.follow("#sign ~ p a.button")
    page.follow(f"button[value={person.login}]")
    assert f"Sign as {person.login}" in in_order(page, stage)

    sign(page)
    assert "You have signed version 1.0" in in_order(page, stage)
    page.follow('main a[href^="/signatures/"]')
    assert "Ben Okri" in in_order(page, stage)
    assert "Everybody may use it" in page.html
    page.follow("nav a")
    assert "acme/gears:CLA.md, version 1.0" in in_order(page, stage)
    sign_out(page)
    assert "Signed in as" not in in_order(page, stage)


def test_the_check_turns_green_by_itself(browser: Browser, stage: Stage) -> None:
    repository = next(one for one in stage.github.world.repositories.values() if one.name == "gears")
    pull = repository.pull(1)
    assert pull
    page = signed_in(browser, stage, pull.user)
    sign(page)
    stage.judged(pull, "success", "1 person has signed the agreement")
    sign_out(page)


def test_a_form_with_mistakes_leads_to_them(browser: Browser, stage: Stage) -> None:
    page = signed_in(browser, stage, stage.person("hasty", "Hasty"), width=360)
    page.follow("#sign ~ form button")
    assert len(page.problems) == 1  # the browser notes that the answer is 400
    page.problems.clear()
    html = in_order(page, stage, 360)
    assert html.index('role="alert"') < html.index('id="text"')
    top = page.box(".problems")[1]
    page.press('.problems a[href="#agree"]')
    assert page.box(".problems")[1] < top, "the link does not lead to the box"
    sign(page)
    assert "You have signed" in page.html
    sign_out(page)


def test_who_does_not_let_github_tell_is_told_kindly(browser: Browser, stage: Stage) -> None:
    page = browser.open(f"{stage.steward}{PATH}", width=360)
    page.follow("#sign ~ p a.button")
    page.follow('button[value=""]')
    page.problems.clear()  # the browser notes that the answer is 403
    assert "Nothing was kept, and nothing was signed" in in_order(page, stage, 360)


@pytest.mark.parametrize("path", [PATH, "/signatures", "/agreements/acme/unknown", "/login/callback"])
def test_every_page_fits_a_phone(browser: Browser, stage: Stage, path: str) -> None:
    page = browser.open(f"{stage.steward}{path}", width=360)
    page.problems = [] if path != PATH else page.problems  # the browser notes that the answer is 400, 401 or 404
    in_order(page, stage, 360)


def test_what_an_agreement_would_do_it_does_not(browser: Browser, stage: Stage) -> None:
    page = browser.open(f"{stage.steward}{PATH}")
    assert "&lt;script&gt;alert(" in in_order(page, stage)
    assert "<img" not in page.html
    assert "evil.example" not in page.html
