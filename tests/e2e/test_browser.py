# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The pages in a real browser: the simulated GitHub's and Steward's own, while the demo is up."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.demo.chapters import datasets, headers
from bot.demo.github.pull import Pull
from bot.demo.play import free_port, stage_set
from bot.demo.stage import Stage
from docs.browser import WIDTH, Browser, Page
from docs.pictures import NAMES, take

pytestmark = [pytest.mark.long, pytest.mark.allow_hosts(["127.0.0.1", "localhost"])]

HOSTILE = "<img src=x onerror=alert(1)>\u202e"


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """The demo after two chapters: a pull request of each that is green, and everything still up."""
    with stage_set(free_port(), lambda _line: None) as played:
        headers.play(played)
        datasets.play(played)
        yield played


def addresses(stage: Stage, number: int = 1) -> list[str]:
    """Every page that a person comes by on the way from GitHub's first page to Steward's."""
    pull = f"acme/widgets/pull/{number}"
    return [f"{stage.github.url}/", f"{stage.github.url}/{pull}", f"{stage.steward}/{pull}", f"{stage.steward}/"]


def in_order(page: Page, stage: Stage, width: int = WIDTH) -> None:
    """Nothing was wrong on a page, nothing came from elsewhere, and its parts stand below each other."""
    assert page.problems == []
    assert {urlsplit(request).netloc for request in page.requests if not request.startswith("data:")} <= {
        urlsplit(address).netloc for address in (stage.github.url, stage.steward)
    }
    header, heading, main = page.box("header"), page.box("h1"), page.box("main")
    assert header[3] <= heading[1] < heading[3] <= main[3]
    assert page.width <= width, "the page is wider than its window"


def hostile_pull(stage: Stage, branch: str) -> Pull:
    """A pull request without a header, whose every text means ill."""
    repository = next(one for one in stage.github.world.repositories.values() if one.name == "widgets")
    mallory = stage.person("mallory", HOSTILE)
    files = {f"src/{HOSTILE}.py": "x = 1\n", "src/" + "long" * 40 + ".py": "y = 1\n"}
    repository.commit(branch, files, author=mallory, message=HOSTILE, parent=repository.branches["main"])
    pull = repository.open_pull(branch, by=mallory, title=HOSTILE, body=f"{HOSTILE}\n\n<script>alert(2)</script>")
    stage.judged(pull, "failure", "2 of 2 files lack the license header")
    return pull


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_every_page_of_the_demo_is_in_order(browser: Browser, stage: Stage, scripts: bool, dark: bool) -> None:
    for address in addresses(stage):
        in_order(browser.open(address, scripts=scripts, dark=dark), stage)


def test_every_page_fits_a_phone(browser: Browser, stage: Stage) -> None:
    for address in addresses(stage, hostile_pull(stage, "narrow").number):
        in_order(browser.open(address, width=360), stage, 360)


@pytest.mark.parametrize("width", [WIDTH, 360], ids=["wide", "phone"])
def test_the_pages_on_a_dataset_are_in_order(browser: Browser, stage: Stage, width: int) -> None:
    pull = "acme/reviews/pull/1"
    for address in (f"{stage.github.url}/{pull}", f"{stage.steward}/{pull}"):
        page = browser.open(address, width=width)
        in_order(page, stage, width)
        for words in ("1 dataset is added", "cc-by-4.0", "written for this project"):
            assert words in page.html


def test_the_pull_request_and_the_report_say_the_same(browser: Browser, stage: Stage) -> None:
    _, github, steward, _ = (browser.open(address, scripts=False).html for address in addresses(stage))
    for words in ("acme/widgets", "All 3 files carry the license header"):
        assert words in github
        assert words in steward
    assert f'href="{addresses(stage)[2]}"' in github
    assert f'href="{addresses(stage)[1]}"' in steward


def test_a_rule_explains_itself_once_unfolded_on_a_phone_as_well(browser: Browser, stage: Stage) -> None:
    page = browser.open(addresses(stage)[2], scripts=False, width=360)
    folded = page.box("main")
    page.press("summary")
    in_order(page, stage, 360)
    assert page.box("main")[3] > folded[3]
    assert page.box("details pre")[2] <= 360


def test_the_report_tells_its_history(browser: Browser, stage: Stage) -> None:
    page = browser.open(addresses(stage)[2])
    assert page.box("#rules")[3] < page.box("#history")[1]
    assert page.html.count("To mend") == 2


def test_dark_is_dark_and_light_is_light(browser: Browser, stage: Stage) -> None:
    for address in addresses(stage):
        light, dark = (browser.open(address, dark=dark).picture("h1", "h1") for dark in (False, True))
        assert light != dark


def test_nothing_hostile_takes_effect(browser: Browser, stage: Stage) -> None:
    pull = hostile_pull(stage, "evil")
    for address in addresses(stage, pull.number):
        page = browser.open(address)
        in_order(page, stage)
        assert "<img" not in page.html
    report = browser.open(addresses(stage, pull.number)[2]).html
    assert r"src/&lt;img src=x onerror=alert(1)&gt;\u{202e}.py" in report


def test_the_pictures_of_the_documentation_can_be_taken(browser: Browser, tmp_path: Path) -> None:
    take(tmp_path)
    taken = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert taken.keys() == {f"{name}{dark}.png" for name in NAMES.values() for dark in ("", "-dark")}
    assert all(content.startswith(b"\x89PNG") and len(content) < 150_000 for content in taken.values())
