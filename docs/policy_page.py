# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The policy reference, docs/policy.md: the words here, the tables from the policy's JSON Schema."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from rules.policy import RULE_ORDER, WITHOUT_EFFECT, parse, schema
from rules.policy_problems import PolicyError
from rules.settings import RuleOptions

EXAMPLES = Path(__file__).parent / "examples"

_MISTAKEN = """\
version: 1
rules:
  headers:
    licence: Apache2
    year: requierd
"""

_PAGE = """\
<!--
SPDX-FileCopyrightText: The Steward Authors
SPDX-License-Identifier: Apache-2.0

Generated from the policy's schema: change rules/ or docs/policy_page.py, then run `make docs`.
-->

# The policy

A repository says what it asks of contributions in one file, `.github/governance.yml`. Steward reads it from the tip
of the branch that a pull request is meant for, never from the pull request itself, so nobody can change the rules by
which their own contribution is judged. A branch without the file is held to that of the default branch; a repository
without one to `.github/governance.yml` in the organization's `.github` repository.

`steward policy validate FILE` checks a policy before it is merged, and `steward policy schema` prints the JSON Schema
that gives editors completion and hints.

## Ten lines to start with

```yaml
{starter}```

Everything else has a default. A rule that is not mentioned is off.

## Every setting in one example

These are example values; the defaults stand in the tables below.

```yaml
{example}```

## The top level

{top}
## What every rule takes

{every_rule}
{rules}## `commands`

Who may give them: [deciding](deciding.md) tells what they do, and for how long.

{commands}
## How values are written

- **Paths** are patterns as in `.gitignore`: `docs/` is a directory, `*.py` a name at any depth, `/setup.py` one file at
  the top, `**` anything. Case counts. The last pattern that matches decides, and `!` takes back what an earlier one
  covered, also inside a directory that was covered as a whole (git itself would not).
- **Branches** are matched whole: `main` is only `main`, `release/*` any one part after the slash, `release/**` all of
  them, `?` one character. The last match decides, and `!` takes back.
- **Accounts** are logins, matched whole and in any case; `*` stands for any characters, so that `bot*` covers `bot-7`
  but not `robotfan`. Brackets are part of a name: `dependabot[bot]`.
- **Licenses** are [SPDX license expressions](https://spdx.org/licenses/). Retired names are accepted and read as their
  successors (`GPL-3.0` as `GPL-3.0-only`). A license that SPDX does not list is written `LicenseRef-...`.
- **Durations** are days or hours: `14d`, `12h`.
- **Permissions** are those of GitHub: `read`, `triage`, `write`, `maintain`, `admin`; its API's `pull` and `push` mean
  `read` and `write`.
- **YAML** is read as plain data: `off`, `no` and `1.0` are text, only `true` and `false` are truth values. Anchors,
  aliases, tags, merge keys, doubled keys and keys without a value are errors. A file has at most 256,000 bytes and 20
  levels.

## When something is wrong

Every mistake is told at once, with its place and, where one is likely, what was meant. For

```yaml
{mistaken}```

`steward policy validate` answers

```
{problems}
```

A setting marked *no effect yet* is read and checked, and the check says that it does nothing.
"""


def render() -> str:
    """The whole page."""
    top = schema()
    return _PAGE.format(
        starter=(EXAMPLES / "starter.yml").read_text(encoding="utf-8"),
        example=(EXAMPLES / "governance.yml").read_text(encoding="utf-8"),
        top=_table(_rows(top, "", skip=["rules", "commands"])),
        every_rule=_table(_rows(RuleOptions.model_json_schema(), "rules.*.")),
        rules="".join(_rule_section(name) for name in RULE_ORDER),
        commands=_idle_note("commands") + _table(_rows(_resolved(top["properties"]["commands"]), "commands.")),
        mistaken=_MISTAKEN,
        problems=_problems(),
    )


def _problems() -> str:
    try:
        parse(_MISTAKEN, "governance.yml")
    except PolicyError as error:
        return str(error)
    raise AssertionError("the example of a mistaken policy is not mistaken")


def _rule(name: str) -> Mapping[str, Any]:
    rules = _resolved(schema()["properties"]["rules"])
    return _resolved(rules["properties"][name])


def _rule_section(name: str) -> str:
    rule = _rule(name)
    rows = _rows(rule, f"rules.{name}.", skip=RuleOptions.model_fields)
    return f"## `rules.{name}`\n\n{rule['description']}\n\n{_idle_note(f'rules.{name}')}{_table(rows)}\n"


def _idle_note(key: str) -> str:
    return "*No effect yet.*\n\n" if key in WITHOUT_EFFECT else ""


def _table(rows: Iterator[str]) -> str:
    return "\n".join(["| setting | value | default | meaning |", "| --- | --- | --- | --- |", *rows, ""])


def _rows(mapping: Mapping[str, Any], key: str, shown: str = "", skip: Iterable[str] = ()) -> Iterator[str]:
    """A row for each setting of a mapping that stands under a dotted key, those of inner mappings after their own."""
    for name, node in mapping["properties"].items():
        if name in skip:
            continue
        default = "required" if name in mapping.get("required", ()) else _default(node)
        yield f"| `{shown}{name}` | {_kind(node)} | {default} | {_meaning(node, f'{key}{name}')} |"
        if inner := _inner_mapping(node):
            listed = "" if _resolved(node).get("type") == "object" else "[]"
            yield from _rows(inner, f"{key}{name}.", f"{shown}{name}{listed}.")


def _meaning(node: Mapping[str, Any], key: str) -> str:
    meaning: str = node.get("description") or _resolved(node)["description"]
    return f"{meaning} *No effect yet.*" if key in WITHOUT_EFFECT else meaning


def _inner_mapping(node: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The mapping that a setting holds, alone, as a list's entries or as one of several alternatives."""
    for option in (node, *node.get("anyOf", ())):
        inner = _resolved(option.get("items", option))
        if "properties" in inner:
            return inner
    return None


def _resolved(node: Mapping[str, Any]) -> Mapping[str, Any]:
    reference: str = node.get("$ref", "")
    inner: Mapping[str, Any] = schema()["$defs"][reference.rpartition("/")[2]] if reference else node
    return inner


def _kind(node: Mapping[str, Any]) -> str:
    """What a setting's value may be, in words."""
    node = _resolved(node)
    if "anyOf" in node and "properties" not in node:
        return ", or ".join(_kind(option) for option in node["anyOf"])
    if "const" in node or "enum" in node:
        return " ".join(f"`{choice}`" for choice in node.get("enum") or [node["const"]])
    if node["type"] == "integer":
        return f"{node['minimum']} to {node['maximum']:,}"
    if node["type"] == "array":
        return f"list of {_kind(node['items'])}"
    return {"boolean": "`true` `false`", "object": "mapping", "string": "text"}[node["type"]]


def _default(node: Mapping[str, Any]) -> str:
    """A setting's default as YAML would spell it; for a mapping only what is not its own settings' default."""
    default = node.get("default")
    if isinstance(default, dict):
        inner = _resolved(node).get("properties", {})
        default = {key: value for key, value in default.items() if value not in (None, inner[key].get("default"))}
    if default is None or default == {}:
        return ""
    return f"`{yaml.safe_dump([default], default_flow_style=True, width=1000).strip()[1:-1]}`"
