# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The tables of kinds: what a path is, and that no row contradicts another."""

import re
from collections import Counter

import pytest

from rules.data import table
from rules.licensing.kinds import by_tools, kind_by_interpreter, kind_of, may_be_script, uncommentable
from tests.rules.licensing.kinds_help import KINDS, ROWS, kind, paths

TABLES = {**ROWS, **{name: table("kinds")[name] for name in ("uncommentable", "by-tools")}}
COLUMNS = ("names", "ext", "stems")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.py", "Python"),
        ("src/deep/A.PY", "Python"),
        ("Dockerfile", "Dockerfile"),
        ("docker/dockerfile.gpu", "Dockerfile"),
        ("gpu.Dockerfile", "Dockerfile"),
        ("Dockerfile-gpu", "Dockerfile"),
        ("Dockerfile.md", "Markdown"),
        ("Containerfile.x", "Dockerfile"),
        ("CMakeLists.txt", "CMake"),
        ("config.h.in.cmake", "CMake"),
        ("FindX.cmake.in", "CMake"),
        ("a.blade.php", "Blade"),
        ("a.php", "PHP"),
        ("a.test.ts", "TypeScript"),
        ("a.html.j2", "Jinja"),
        (".bashrc", "Shell"),
        (".github/workflows/ci.yml", "YAML"),
        (".github/CODEOWNERS", "Code owners"),
        ("BUILD", "Bazel"),
        ("MODULE.bazel", "Bazel"),
        ("a.S", "Assembly"),
        ("README.md", "Markdown"),
        ("kernel.hip", "HIP"),
        ("kernel.\U0001f525", "Mojo"),
        ("requirements.txt", "Pip requirements"),
        ("requirements-dev.txt", "Pip requirements"),
        ("dev-requirements.txt", "Pip requirements"),
        ("environment.yml", "YAML"),
        ("setup.cfg", "Configuration"),
        (".flake8", "Configuration"),
        (".gitignore", "Git"),
        ("Python.gitignore", "Git"),
        (".env", "Shell environment"),
        (".env.example", "Shell environment"),
        ("build.gradle.kts", "Kotlin"),
        ("Jenkinsfile.release", "Groovy"),
        ("Makefile.am", "Makefile"),
        ("Makefile.PL", "Perl"),
        ("templates/_helpers.tpl", "Go template"),
        ("a.qmd", "Quarto"),
        ("a.tofu", "HCL"),
    ],
)
def test_a_kind_is_told_by_the_name_of_a_file(path: str, name: str) -> None:
    assert kind(path).name == name
    assert not uncommentable(path)
    assert not by_tools(path)


@pytest.mark.parametrize(
    "path",
    [
        *("a.json", "main.tf.json", "a.csv", "a.txt", "docs/Notes.TXT", "a.ipynb", "a.svg", "a.png", "a.pdf"),
        *("a.safetensors", "a.pkl", "a.whl", "a.parquet", "py.typed", "LICENSE.txt"),
    ],
)
def test_what_cannot_carry_a_comment_is_known_for_it(path: str) -> None:
    assert uncommentable(path)
    assert kind_of(path) is None
    assert not by_tools(path)


@pytest.mark.parametrize(
    "path",
    [
        *("uv.lock", "Cargo.lock", "Gemfile.lock", "package-lock.json", "pnpm-lock.yaml", "go.sum", "a.min.js"),
        *(".terraform.lock.hcl", "pylock.dev.toml", "app.js.map", "gradlew", "gradlew.bat", "MODULE.bazel.lock"),
    ],
)
def test_what_tools_write_is_known_for_it(path: str) -> None:
    assert by_tools(path)
    assert kind_of(path) is None
    assert not uncommentable(path)


@pytest.mark.parametrize(
    "path",
    [
        *("", "a", "py", ".py/", "a.m", "a.v", "a.inc", "py.unknown", "make.Makefile.x", "a." * 2000, "a.", "\n.\0"),
        *(".prettierrc", "requirements.rst.unknown", "a.pp", "Dockerfilex"),
    ],
)
def test_what_the_tables_do_not_know_is_nothing(path: str) -> None:
    assert kind_of(path) is None
    assert not uncommentable(path)
    assert not by_tools(path)


def test_the_table_is_large() -> None:
    assert sum(len(paths(row)) for row in ROWS.values()) >= 400


@pytest.mark.parametrize("column", COLUMNS)
def test_nothing_stands_twice_in_a_column(column: str) -> None:
    entries = Counter(entry.lower() for row in TABLES.values() for entry in row.get(column, ()))
    assert [entry for entry, count in entries.items() if count > 1] == []


@pytest.mark.parametrize("name", ROWS)
def test_every_entry_of_a_row_is_found_and_by_no_other_row(name: str) -> None:
    assert paths(ROWS[name])
    assert {path: kind(path).name for path in paths(ROWS[name])} == dict.fromkeys(paths(ROWS[name]), name)


def test_every_entry_without_comments_is_found() -> None:
    assert [path for path in paths(TABLES["uncommentable"]) if not uncommentable(path)] == []
    assert [path for path in paths(TABLES["by-tools"]) if not by_tools(path)] == []


@pytest.mark.parametrize(
    "path",
    [
        ".gitignore", "sub/.Gitignore", "Python.gitignore", ".dockerignore", ".npmignore", ".helmignore",
        ".gitattributes", ".gitmodules", ".mailmap", ".github/CODEOWNERS", "requirements.txt", "requirements-dev.txt",
        "constraints.txt", ".env", ".env.local", "dev.env", ".npmrc", ".editorconfig", ".tool-versions", "robots.txt",
    ],
)  # fmt: skip
def test_what_only_holds_settings_or_a_list_is_known_for_it(path: str) -> None:
    assert kind(path).plain


@pytest.mark.parametrize("path", ["a.py", "setup.cfg", ".flake8", ".pylintrc", ".envrc", "CMakeLists.txt", "Pipfile"])
def test_other_settings_are_code(path: str) -> None:
    assert not kind(path).plain


def test_no_style_and_no_preamble_is_there_for_nothing() -> None:
    comments = table("comments")
    assert {row["style"] for row in ROWS.values()} == set(comments["styles"])
    assert {first for row in ROWS.values() for first in row.get("first", ())} == set(comments["preambles"])
    assert {mode for row in ROWS.values() for mode in row.get("modes", ())} | {"always"} == set(comments["modes"])


# -- no text is read twice ----------------------------------------------------------------------------------------

SET = re.compile(r"\[\^?\\?.(?:\\.|[^\]\\])*\]")
ESCAPED = re.compile(r"\\.")


def quantifiers_that_give_back(pattern: str) -> list[str]:
    """The quantifiers of a regular expression that may try again with less than they first took."""
    found = re.findall(r"[*+?]\+|[*+]\??|\{\d*,\d*\}", ESCAPED.sub("e", SET.sub("s", pattern)))
    return [quantifier for quantifier in found if not re.fullmatch(r"[*+?]\+", quantifier)]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [("a*+b", []), ("a*b", ["*"]), ("a+?b", ["+?"]), ("(?:a++)*+", []), (r"\*[*+]\+a?", []), ("a{2,}b", ["{2,}"])],
)
def test_a_quantifier_that_gives_back_is_seen(pattern: str, found: list[str]) -> None:
    assert quantifiers_that_give_back(pattern) == found


COMMENTS = table("comments")
FIRST: dict[str, str] = COMMENTS["preambles"]
PATTERNS = [
    *FIRST.values(),
    *COMMENTS["modes"].values(),
    *(row["unless"] for row in COMMENTS["styles"].values() if "unless" in row),
    *(row["foreign"] for row in ROWS.values() if "foreign" in row),
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_pattern_of_the_tables_gives_back_what_it_took(pattern: str) -> None:
    assert quantifiers_that_give_back(pattern) == []


@pytest.mark.parametrize("name", FIRST)
def test_nothing_at_all_is_never_what_stays_first(name: str) -> None:
    assert re.match(FIRST[name], "") is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("#!/bin/sh", "Shell"),
        ("#! /bin/bash -eu", "Shell"),
        ("\ufeff#!/usr/bin/env python3.11\r", "Python"),
        ("#!/usr/bin/env -S uv run --script", "Python"),
        ("#!/usr/bin/env -S LANG=C X= /opt/bin/perl -w", "Perl"),
        ("#!/usr/bin/perl6", "Raku"),
        ("#!ruby-3.3", "Ruby"),
        ("#!/usr/bin/Rscript --vanilla", "R"),
        ("#!/usr/bin/env deno", "TypeScript"),
        ("#!/usr/bin/strange", None),
        ("#!/usr/bin/env", None),
        ("#!", None),
        ("#!" + "/" * 300 + "sh", None),
        ("#![allow(dead_code)]", None),
        (" #!/bin/sh", None),
        ("sh", None),
    ],
)
def test_a_first_line_tells_the_kind_of_a_script(line: str, name: str | None) -> None:
    found = kind_by_interpreter(f"{line}\nbash\n")
    assert (found.name if found else None) == name


def test_every_interpreter_is_of_a_kind_that_the_table_has() -> None:
    table_ = table("kinds")["interpreters"]
    assert set(table_) <= set(ROWS)
    for name, interpreters in table_.items():
        assert {kind_by_interpreter(f"#!/x/{one}") for one in interpreters} == {KINDS[name]}


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("run", True),
        ("bin/run", True),
        (".hooks/.pre-commit", True),
        ("v1.0/LICENSE", True),
        ("a.b", False),
        ("Makefile", False),
        ("gradlew", False),
        ("CNAME", False),
    ],
)
def test_only_a_name_that_tells_nothing_may_be_a_script(path: str, may: bool) -> None:
    assert may_be_script(path) is may


def test_a_hostile_first_line_is_read_in_linear_time() -> None:
    for line in ("#!" + "/a" * 5000, "#!env " + "-a " * 5000, "#!env " + "a=" * 5000, "#!" + " " * 5000):
        assert kind_by_interpreter(line) is None
