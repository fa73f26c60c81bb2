# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is wrong with a policy, in words for a person who knows YAML and nothing of how Steward reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

from rules.patterns import UnfitError
from rules.suggest import nearest
from rules.yaml_guard import Document, Path, YamlProblem

MAX_PROBLEMS = 50

# How a sentence that begins with the setting's name goes on, by pydantic's type of error.
_WORDS = {
    "bool_type": "should be true or false",
    "dict_type": "should be a mapping of settings",
    "greater_than_equal": "should be at least {ge}",
    "int_type": "should be a whole number",
    "less_than_equal": "should be at most {le}",
    "list_type": "should be a list",
    "missing": "is missing",
    "model_type": "should be a mapping of settings",
    "string_too_long": "should have at most {max_length} characters",
    "string_too_short": "should not be empty",
    "string_type": "should be text",
    "too_long": "should have at most {max_length} entries",
    "too_short": "should have at least one entry",
    "tuple_type": "should be a list",
}
_BOOLEAN_WORDS = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


@dataclass(frozen=True, slots=True)
class PolicyProblem:
    """One thing to mend in a policy.

    `message` is a whole sentence, which also holds the suggestion where there is one; line and column count from 1;
    `key` is the setting's dotted name, empty where the file as a whole is meant.
    """

    message: str
    line: int
    column: int
    key: str = ""
    suggestion: str = ""
    source: str = ""

    def __str__(self) -> str:
        return f"{self.source}:{self.line}:{self.column}: {self.message}"


class PolicyError(Exception):
    """A policy is not valid; `problems` holds what to mend, in the order of the file, never empty."""

    def __init__(self, problems: tuple[PolicyProblem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def problems_in_text(problems: Iterable[YamlProblem], source: str) -> list[PolicyProblem]:
    """What the guard has against a text."""
    return [PolicyProblem(one.message, one.place.line, one.place.column, source=source) for one in problems]


def problems_in_document(
    document: Document, details: list[ErrorDetails], schema: Mapping[str, Any], source: str
) -> list[PolicyProblem]:
    """What the guard and the schema have against a document, by line, at most MAX_PROBLEMS and a last one that counts
    the rest.
    """
    details = [detail for detail in details if not _is_echo(detail)]
    details.sort(key=lambda detail: document.place(detail["loc"]))
    problems = problems_in_text(document.problems, source)
    rest = len(problems) + len(details) - MAX_PROBLEMS
    problems += [_problem(detail, document, schema, source) for detail in details[:MAX_PROBLEMS]]
    problems = sorted(problems, key=lambda problem: (problem.line, problem.column))[:MAX_PROBLEMS]
    if rest > 0:
        last = problems[-1]
        problems.append(PolicyProblem(f"{rest} more from here on", last.line, last.column, source=source))
    return problems


def _is_echo(detail: ErrorDetails) -> bool:
    """Whether another problem says it already: the guard left nothing there, or no entry of a list was right."""
    return detail["input"] is None or (detail["type"] == "too_short" and bool(detail["input"]))


def _problem(detail: ErrorDetails, document: Document, schema: Mapping[str, Any], source: str) -> PolicyProblem:
    path = detail["loc"]
    place = document.place(path)
    key = _dotted(_written(path, document))
    words, suggestion = _words(detail, schema)
    if suggestion:
        words += f"; did you mean {suggestion}?"
    return PolicyProblem(_printable(f"{key} {words}"), place.line, place.column, key, suggestion, source)


def _words(detail: ErrorDetails, schema: Mapping[str, Any]) -> tuple[str, str]:
    """How the sentence goes on after the setting's name, and what was probably meant."""
    kind, value = detail["type"], detail["input"]
    if kind == "extra_forbidden":
        return _unknown(str(detail["loc"][-1]), list(_node(schema, detail["loc"][:-1])["properties"]))
    if kind in ("enum", "literal_error"):
        return _not_among(value, _choices(_node(schema, detail["loc"])))
    if kind == "value_error":
        unfit: UnfitError = detail["ctx"]["error"]
        return _and_not(unfit.words, value), unfit.suggestion
    words = _WORDS.get(kind, "is not valid ({msg})").format(msg=detail["msg"], **detail.get("ctx", {}))
    return _and_not(words, value), _converted(kind, value)


def _unknown(key: str, settings: list[str]) -> tuple[str, str]:
    suggestion = nearest(key, settings)
    return "is not a setting" + ("" if suggestion else f" (there are {', '.join(settings)})"), suggestion


def _not_among(value: object, choices: list[str]) -> tuple[str, str]:
    words = f"should be {' or '.join(choices)}"
    return _and_not(words, value), nearest(str(value), choices)


def _converted(kind: str, value: object) -> str:
    """The same value as the type that it should have, where that is plain."""
    if kind == "bool_type":
        return _BOOLEAN_WORDS.get(str(value).lower(), "")
    if kind in ("list_type", "tuple_type") and isinstance(value, str):
        return f"[{_clipped(value)}]"
    if kind == "string_type" and isinstance(value, bool | int):
        return f'"{_shown(value)}"'
    return ""


def _and_not(words: str, value: object) -> str:
    if words.startswith("should be ") and isinstance(value, str | int) and value != "":
        return f"{words}, not {_shown(value)}"
    return words


def _shown(value: str | int) -> str:
    return f'"{_clipped(value)}"' if isinstance(value, str) else str(value).lower()


def _node(schema: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    """The part of the JSON Schema that describes a path."""
    node = schema
    for part in path:
        node = _inner(node, part)
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
    return node


def _inner(node: Mapping[str, Any], part: str | int) -> Mapping[str, Any]:
    options = [node, *node.get("anyOf", ())]
    inner: Mapping[str, Any] = (
        node["properties"][part]
        if isinstance(part, str)
        else next(option["items"] for option in options if "items" in option)
    )
    return inner


def _choices(node: Mapping[str, Any]) -> list[str]:
    return [str(choice) for choice in node.get("enum") or [node["const"]]]


def _written(path: Path, document: Document) -> Path:
    """A path as far as it was written, and one step further where a key of a mapping is what is missing."""
    known = document.known(path)
    value: Any = document.value
    for part in known:
        value = value[part]
    return path[: len(known) + 1] if isinstance(value, dict) else known


def _dotted(path: Path) -> str:
    parts = (f"[{part}]" if isinstance(part, int) else f".{_clipped(part)}" for part in path)
    return "".join(parts).removeprefix(".")


def _clipped(text: str) -> str:
    """A text that somebody wrote, cut short."""
    return _printable(text if len(text) <= 60 else text[:57] + "...")


def _printable(text: str) -> str:
    return text if text.isprintable() else repr(text)[1:-1]
