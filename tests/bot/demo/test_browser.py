# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from bot.demo.browser import Browser
from bot.demo.github import SimulatedGitHub
from bot.demo.github.faults import Answer
from bot.demo.github.server import Asked, Server
from bot.demo.stage import StoryError

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PAGE = """<a href="/docs">Docs</a> <a>Nowhere</a> <a href="sign?a=1&amp;b=2">Sign</a>
<input name="stray">
<form action="/out" method="post"><input type="hidden" name="csrf" value="out"></form>
<form action="/in" method="post">
  <input type="hidden" name="csrf" value="a&amp;b"> <input name="full-name"> <input type="submit">
  <input type="checkbox" name="agree" value="yes"> <button name="how" value="web">Sign</button>
</form>
<form action="find"><input name="q"></form>"""


@dataclass
class Site:
    """A site of one page, which says what it was sent."""

    got: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server = Server(0, self._serve)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def _serve(self, asked: Asked) -> Answer:
        self.got.append(asked)
        path = asked.target.partition("?")[0]
        if path == "/gone":
            return Answer(404, {}, b"")
        if path == "/in":
            return Answer(303, {"Location": "/page/"}, b"")
        return Answer(200, {"Set-Cookie": "who=ben; Path=/; HttpOnly; SameSite=Lax"}, PAGE.encode())


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    made.server.start()
    yield made
    made.server.stop()


def test_a_page_has_links_and_forms(site: Site) -> None:
    page = Browser().open(f"{site.url}/page/")
    assert page.link_to("sign") == f"{site.url}/page/sign?a=1&b=2"
    assert page.form_with("agree").names == {"csrf", "full-name", "agree", "how"}
    assert page.form_with("csrf").address == f"{site.url}/out"
    with pytest.raises(StoryError, match="no form for agree, stray"):
        page.form_with("agree", "stray")
    with pytest.raises(StoryError, match="no link to /login"):
        page.link_to("/login")


def test_a_form_is_sent_as_a_browser_sends_it(site: Site) -> None:
    browser = Browser()
    page = browser.send(browser.open(f"{site.url}/page/"), agree="yes")
    sent = site.got[1]
    assert (sent.method, sent.target) == ("POST", "/in")
    assert sent.body == b"csrf=a%26b&full-name=&agree=yes"
    assert (sent.headers["Cookie"], sent.headers["Origin"]) == ("who=ben", site.url)
    assert page.address == f"{site.url}/page/"
    assert (site.got[2].method, "Origin" in site.got[2].headers) == ("GET", False)

    browser.send(page, q="a b")
    assert site.got[3].target == "/page/find?q=a+b"
    Browser().open(site.url)
    assert "Cookie" not in site.got[4].headers


def test_a_page_that_is_not_there_ends_the_story(site: Site) -> None:
    with pytest.raises(StoryError, match="/gone: HTTP Error 404"):
        Browser().open(f"{site.url}/gone")
    with pytest.raises(StoryError, match="refused"):
        Browser().open("http://127.0.0.1:1/")


def test_somebody_signs_in_at_github(github: SimulatedGitHub, site: Site) -> None:
    app = github.app(callback_urls=[f"{site.url}/back"])
    github.user("ben")
    browser = Browser()
    page = browser.open(f"{github.url}/login/oauth/authorize?client_id={app.client_id}&state=s")
    assert browser.send(page, login="ben").address.startswith(f"{site.url}/back?code=")
    assert [code.user.login for code in github.world.codes.values()] == ["ben"]
