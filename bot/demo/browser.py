# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A person's browser without the pictures: it keeps cookies, follows links and redirects, and sends forms."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.error import URLError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, Request, build_opener

from bot.demo.stage import StoryError

PATIENCE = 20.0  # seconds
_CHOSEN = ("checkbox", "radio", "submit")  # sent only if somebody chose them


@dataclass
class Form:
    """A form: where it goes, what it sends by itself, and what else there is to fill in or to press."""

    address: str
    method: str
    sent: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


class Page(HTMLParser):
    """A page that was opened: its text as HTML, its links and its forms."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address, self.text = address, text
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link, a form, or something in a form."""
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(urljoin(self.address, given.get("href", "")))
        elif tag == "form":
            address = urljoin(self.address, given.get("action") or self.address)
            self.forms.append(Form(address, given.get("method", "get").upper()))
        elif tag in ("input", "button", "textarea", "select") and self.forms and "name" in given:
            self._note(self.forms[-1], tag, given)

    def _note(self, form: Form, tag: str, given: dict[str, str]) -> None:
        form.names.add(given["name"])
        if tag != "button" and given.get("type") not in _CHOSEN:
            form.sent[given["name"]] = given.get("value", "")

    def form_with(self, *names: str) -> Form:
        """The form that asks for all of this. Raises StoryError."""
        found = next((form for form in self.forms if form.names.issuperset(names)), None)
        if found is None:
            raise StoryError(f"there is no form for {', '.join(names)} at {self.address}")
        return found

    def link_to(self, part: str) -> str:
        """The first link whose address has this part. Raises StoryError."""
        found = next((link for link in self.links if part in link), None)
        if found is None:
            raise StoryError(f"there is no link to {part} at {self.address}")
        return found


class Browser:
    """One person's browser."""

    def __init__(self) -> None:
        # Nothing between it and this machine, whatever the environment says.
        self._opener: OpenerDirector = build_opener(ProxyHandler({}), HTTPCookieProcessor())

    def open(self, address: str) -> Page:
        """Go to a page. Raises StoryError unless it is there."""
        return self._ask(Request(address))  # noqa: S310 - addresses of the demo's own servers

    def send(self, page: Page, **filled: str) -> Page:
        """Fill in the form of a page that asks for this, and send it; see where that leads. Raises StoryError."""
        form = page.form_with(*filled)
        asked = urlencode(form.sent | filled)
        if form.method == "GET":
            return self.open(f"{form.address}?{asked}")
        request = Request(form.address, asked.encode())  # noqa: S310 - as above
        here = urlsplit(page.address)
        request.add_unredirected_header("Origin", f"{here.scheme}://{here.netloc}")
        return self._ask(request)

    def _ask(self, request: Request) -> Page:
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return Page(answer.url, answer.read().decode("utf-8", "replace"))
        except URLError as error:
            raise StoryError(f"{request.get_method()} {request.full_url}: {error}") from error
