# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Whatever has a name has its place in the pages, and the pages name nothing that is not there."""

import json
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

import click
import pytest
from flask.testing import FlaskClient

from bot.cli import main
from bot.settings import Settings
from bot.store.database import connect
from bot.store.migrations import migrate
from bot.web.app import create_app
from bot.web.parts import WebParts
from bot.work import metrics as counted_by_workers
from bot.work.queue import Queue
from rules.registry import built_rules
from tests.pages import ROOT, Page

OPERATIONS = Page("docs/operations.md")
COMMANDS = Page("docs/commands.md")


# -- the environment ----------------------------------------------------------------------------------------------


class Asked(dict[str, str]):
    """An empty environment that remembers what it was asked for."""

    def get(self, name: str, default: Any = None) -> Any:
        self[name] = ""
        return default


def test_every_variable_has_its_row() -> None:
    environment = Asked()
    Settings.from_environment(environment)
    assert set(OPERATIONS.named("Environment")) == set(environment)


@pytest.mark.parametrize(
    ("variable", "field"),
    [
        ("GITHUB_API_URL", "api_url"),
        ("GITHUB_SERVER_URL", "server_url"),
        ("PORT", "port"),
        ("WEB_CONCURRENCY", "web_concurrency"),
        ("STEWARD_WORKERS", "workers"),
        ("LOG_LEVEL", "log_level"),
        ("LOG_FORMAT", "log_format"),
        ("STEWARD_RETAIN_DELIVERIES", "retain_deliveries"),
    ],
)
def test_its_default_is_told(variable: str, field: str) -> None:
    told = OPERATIONS.named("Environment")[variable][2].strip("`")
    assert told == str(getattr(Settings.from_environment({}), field))


# -- commands -----------------------------------------------------------------------------------------------------


def _commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            yield f"{name} {inner}", found
            yield from _commands(found, f"{name} {inner}")


def test_every_command_has_its_row_with_its_options() -> None:
    found = dict(_commands(main, "steward"))
    told = COMMANDS.named("Commands")
    assert set(told) == set(found)
    for name, command in found.items():
        options = {one.opts[0] for one in command.params if isinstance(one, click.Option)}
        assert set(re.findall(r"`(--[a-z-]+)", told[name][2])) == options, name


# -- findings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", built_rules(), ids=lambda rule: rule.name)
def test_every_finding_of_a_rule_has_its_heading(rule: Any) -> None:
    headings = Page(f"docs/rules/{rule.name}.md").headings
    assert [code for code in rule.codes if code not in headings] == []


def test_findings_of_no_rule_have_theirs() -> None:
    assert {"incomplete", "policy-invalid"} <= set(Page("docs/verdict.md").headings)


# -- what the web server answers ----------------------------------------------------------------------------------


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)
    engine = connect(f"sqlite:///{tmp_path}/steward.db")
    migrate(engine)
    settings = Settings.from_environment({"STEWARD_DATA": str(tmp_path)})
    yield create_app(WebParts(settings, engine, Queue(engine))).test_client()
    engine.dispose()


def test_every_address_has_its_row(client: FlaskClient) -> None:
    routes = [rule for rule in client.application.url_map.iter_rules() if rule.endpoint != "static"]
    methods = {"GET", "POST"}
    found = {f"{method} {_path(rule.rule)}" for rule in routes for method in methods & (rule.methods or set())}
    assert {name for name in OPERATIONS.named("Addresses") if "/" in name} == found


def _path(rule: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", rule).replace("<name>", "<repo>")


def test_every_metric_has_its_row(client: FlaskClient) -> None:
    assert counted_by_workers.RUNS
    exposed = re.findall(r"^# TYPE (steward_\w+) (\w+)$", client.get("/metrics").text, re.MULTILINE)
    found = {name: kind for name, kind in exposed if not name.endswith("_created")}
    assert {name: row[1] for name, row in OPERATIONS.named("Metrics").items()} == found


def test_the_example_of_readyz_has_its_keys(client: FlaskClient) -> None:
    (told,) = (json.loads(example.text) for example in OPERATIONS.examples if example.language == "json")
    answer = client.get("/readyz").json
    assert answer is not None
    assert (set(told), set(told["queue"])) == (set(answer), set(answer["queue"]))


# -- licenses -----------------------------------------------------------------------------------------------------


def test_the_notice_names_every_package_whose_license_asks_for_more() -> None:
    locked = re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    named = set(re.findall(r"[a-z0-9-]+", (ROOT / "NOTICE").read_text("utf-8").lower()))
    asking = {name for name in locked if re.search(r"GPL|MPL|Mozilla|EPL|CDDL", _license(name))}
    assert "pygithub" in asking
    assert asking - named == set()


def _license(package: str) -> str:
    try:
        about = metadata(package)
    except PackageNotFoundError:  # locked for another platform
        return ""
    return " ".join([*about.get_all("Classifier", []), *about.get_all("License-Expression", []), *_short(about)])


def _short(about: Any) -> list[str]:
    """The old field for licenses, where it is a name and no whole text."""
    return [text for text in about.get_all("License", []) if len(text) < 100]
