# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Comments of every kind of file: read where a file begins, passed by what stays first, and written."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.data import table
from rules.licensing.comments import (
    WINDOW,
    Line,
    Place,
    first_comments,
    place_for_header,
    takes_header,
    window,
    written,
)
from rules.licensing.kinds import Kind, kind_of
from rules.licensing.licenses import notice_of
from tests.rules.headers_help import code, finding, pasted


def kind(path: str) -> Kind:
    """The kind of a path that has one."""
    found = kind_of(path)
    assert found
    return found


def names(row: dict[str, list[str]]) -> list[str]:
    """A name for each entry that the table has for a kind."""
    return [*row.get("names", ()), *row.get("stems", ()), *(f"name.{extension}" for extension in row.get("ext", ()))]


KINDS = {name: kind(name) for row in table("kinds")["kinds"].values() for name in names(row)}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.py", "Python"),
        ("src/deep/A.PY", "Python"),
        ("Dockerfile", "Dockerfile"),
        ("docker/dockerfile.gpu", "Dockerfile"),
        ("gpu.Dockerfile", "Dockerfile"),
        ("CMakeLists.txt", "CMake"),
        ("config.h.in.cmake", "CMake"),
        ("FindX.cmake.in", "CMake"),
        ("a.blade.php", "Blade"),
        ("a.php", "PHP"),
        ("a.test.ts", "TypeScript"),
        ("a.html.j2", "Jinja"),
        (".bashrc", "Shell"),
        (".github/workflows/ci.yml", "YAML"),
        ("BUILD", "Bazel"),
        ("a.S", "Assembly"),
        ("README.md", "Markdown"),
    ],
)
def test_a_kind_is_told_by_the_name_of_a_file(path: str, name: str) -> None:
    assert kind(path).name == name


@pytest.mark.parametrize(
    "path",
    [
        *("", "a", "py", ".py/", "a.json", "a.csv", "a.txt", "a.lock", "a.ipynb", "a.m", "pnpm-lock.yaml", "x.min.js"),
        *("py.unknown", "make.Makefile.x", "a." * 2000, "Gemfile.lock", "a.svg"),
    ],
)
def test_what_has_no_known_comments_has_no_kind(path: str) -> None:
    assert kind_of(path) is None


def test_the_table_is_large_and_every_kind_can_write_what_it_reads() -> None:
    assert len({found.name for found in KINDS.values()}) >= 120
    for found in KINDS.values():
        header = written(["first", "", "second"], found.style)
        words = [words for line in first_comments(header, found) if (words := line.text.strip(" ;*/"))]
        assert words == ["first", "second"], found.name


@pytest.mark.parametrize(
    ("path", "text", "comments"),
    [
        ("a.py", "", []),
        ("a.py", "# a\n#b\n\n  # c\nd # e\n", [(1, " a"), (2, "b"), (4, " c")]),
        ("a.py", "x = 1\n# a\n", []),
        ("a.js", "// a\n/* b\n * c */ /** d */\ne /* f */", [(1, " a"), (2, " b"), (3, " * c "), (3, "* d ")]),
        ("a.js", "#!/usr/bin/env node\n'use strict';\n// a", [(3, " a")]),
        ("a.rs", "#![allow(x)]\n// a", []),
        ("a.c", "/****\n * a\n ****/", [(1, "***"), (2, " * a"), (3, " ***")]),
        ("a.c", "/*/ a */", [(1, "/ a ")]),
        ("a.c", "/* a", [(1, " a")]),
        ("a.h", "#pragma once\n// a", [(2, " a")]),
        ("a.h", "#ifndef A\n// a", []),
        ("a.d", "/+ a +/", [(1, " a ")]),
        ("a.html", "<!doctype html>\n<!-- a\nb -->\n<p>", [(2, " a"), (3, "b ")]),
        ("a.html", "{# a #}", [(1, " a ")]),
        ("a.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>\n<!-- a -->', [(2, " a ")]),
        ("a.xml", "<?xml <!-- a -->", []),
        ("a.md", "---\ntitle: x\n---\n\n<!-- a -->\n", [(5, " a ")]),
        ("a.md", "---\ntitle: x\n# a\n", []),
        ("a.ml", "(* a *)\n(** b *)", [(1, " a "), (2, "* b ")]),
        ("a.fs", "(* a *)\n// b", [(1, " a "), (2, " b")]),
        ("a.pas", "{ a }\n(* b *)\n// c", [(1, " a "), (2, " b "), (3, " c")]),
        ("a.lua", "--[[ a\n]]\n-- b\n--[==[ c ]==]", [(1, " a"), (2, ""), (3, " b"), (4, " c ")]),
        ("a.sql", "-- a\n/* b */", [(1, " a"), (2, " b ")]),
        ("a.hs", "{-# LANGUAGE X #-}\n-- a\n{- b -}", [(1, "# LANGUAGE X #"), (2, " a"), (3, " b ")]),
        ("a.bat", "@echo off\nREM a\nrem\tb\n@rem c\n:: d\nREMARK", [(2, " a"), (3, "\tb"), (4, " c"), (5, " d")]),
        ("a.vim", '" a\nset x', [(1, " a")]),
        ("a.vb", "' a\nRem b\nRemember", [(1, " a"), (2, " b")]),
        ("a.f", "C a\n* b\n! c\nc\nCALL x", [(1, " a"), (2, " b"), (3, " c"), (4, "")]),
        ("a.f90", "! a", [(1, " a")]),
        ("a.tex", "% a\n\\x", [(1, " a")]),
        ("a.erl", "%% a", [(1, "% a")]),
        ("a.lisp", ";; -*- Lisp -*-\n;; a\n#| b |#", [(1, "; -*- Lisp -*-"), (2, "; a"), (3, " b ")]),
        ("a.ini", "# a\n; b\n[c]", [(1, " a"), (2, " b")]),
        ("a.ps1", "<# a #>\n# b", [(1, " a "), (2, " b")]),
        ("a.rb", "# typed: true\n\n=begin\na\n=end\n# b", [(1, " typed: true"), (3, ""), (4, "a"), (5, ""), (6, " b")]),
        ("a.jl", "#= a =#\n# b", [(1, " a "), (2, " b")]),
        ("a.php", "<?php\ndeclare(strict_types=1);\n// a\n# b\n/* c */", [(3, " a"), (4, " b"), (5, " c ")]),
        ("a.php", "<?php // a", [(1, " a")]),
        ("a.css", '@charset "utf-8";\n/* a */', [(2, " a ")]),
        ("Dockerfile", "# syntax=x\n# escape=`\n# a\nFROM x", [(1, " syntax=x"), (2, " escape=`"), (3, " a")]),
        ("a.yaml", "%YAML 1.2\n---\n# a\nb: c", [(3, " a")]),
        ("a.yaml", "--- b\n# a", []),
        ("a.py", "#!/bin/python\n# -*- coding: latin-1 -*-\n# a", [(2, " -*- coding: latin-1 -*-"), (3, " a")]),
        ("a.py", "\ufeff# a\r\n# b\r# c", [(1, " a"), (2, " b"), (3, " c")]),
        ("a.m4", "dnl a\ndnlb", [(1, " a")]),
        ("a.man", '.\\" a\n\'\\" b\n.TH', [(1, " a"), (2, " b")]),
        ("a.texi", "\\input texinfo\n@c a\n@chapter x", [(2, " a")]),
        ("a.rst", "..\n  a\n\n  b\n.. c\nd", [(1, ""), (2, "  a"), (3, ""), (4, "  b"), (5, " c")]),
        ("a.rst", ".. code-block:: python\n\n   # a", []),
        ("a.mdx", "{/* a */}", [(1, " a ")]),
        ("a.j2", "{# a #}", [(1, " a ")]),
        ("a.hbs", "{{!-- a --}}{{! b }}", [(1, " a "), (1, " b ")]),
    ],
)
def test_the_first_comments_are_all_that_stand_before_anything_else(
    path: str, text: str, comments: list[tuple[int, str]]
) -> None:
    assert first_comments(window(text), kind(path)) == [Line(number, words) for number, words in comments]


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("a.py", "", Place(1)),
        ("a.py", "\n\nx", Place(1)),
        ("a.py", "#!/bin/python\nx", Place(2)),
        ("a.py", "#!/bin/python\n# coding: utf-8\n\nx", Place(3)),
        ("a.py", "# a\n# b", Place(1)),
        ("a.html", "<!doctype html>  \n<p>", Place(2)),
        ("a.html", "<!doctype html><p>", Place(1, 15)),
        ("a.xml", "<?xml\nversion='1.0'?><a/>", Place(2, 15)),
        ("a.md", "---\na: b\n---\n# c", Place(4)),
        ("a.php", "<?php\nx", Place(2)),
        ("a.php", "<?php declare(strict_types = 1); x", Place(1, 32)),
        ("Dockerfile", "# syntax=x\nFROM y", Place(2)),
    ],
)
def test_a_header_goes_behind_what_has_to_stay_first(path: str, text: str, place: Place) -> None:
    assert place_for_header(window(text), kind(path)) == place


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("\ufeffa", "a"),
        ("\ud800", "?"),
        ("\u00e9" * WINDOW, "\u00e9" * (WINDOW // 2)),
        ("a\n" + "b" * WINDOW, "a"),
        ("b" * (WINDOW + 1), "b" * WINDOW),
        ("b" * (WINDOW - 1), "b" * (WINDOW - 1)),
    ],
)
def test_only_whole_lines_of_the_first_8_kib_count(text: str, seen: str) -> None:
    assert window(text) == seen


@pytest.mark.parametrize(
    ("path", "lines", "comment"),
    [
        ("a.py", ["a", "", "b"], "# a\n#\n# b"),
        ("a.c", ["a", "", "b"], "/*\n * a\n *\n * b\n */"),
        ("a.c", ["a */ b"], "/* a * / b */"),
        ("a.html", ["a", "", "b"], "<!--\na\n\nb\n-->"),
        ("a.html", ["a --> b --- c"], "<!-- a - -> b - - - c -->"),
        ("a.ml", ["a (* b *) c"], "(* a ( * b * ) c *)"),
        ("a.bat", ["a", ""], "REM a\nREM"),
        ("a.el", ["a"], ";; a"),
    ],
)
def test_a_comment_is_written_so_that_nothing_ends_it_early(path: str, lines: list[str], comment: str) -> None:
    assert written(lines, kind(path).style) == comment


# -- both directions ----------------------------------------------------------------------------------------------

BEGINNINGS = ["x = 1\n", "", "#!/usr/bin/env x\nx", "\r\n\r\nx", "\ufeffx\n"]
FIRST = {
    "Python": "#!/usr/bin/python\n# coding: utf-8\nimport os\n",
    "Ruby": "# frozen_string_literal: true\nx\n",
    "HTML": "<!doctype html><html></html>",
    "XML": '<?xml version="1.0"?>\n<a/>\n',
    "Markdown": "---\ntitle: x\n---\n# x\n",
    "PHP": "<?php declare(strict_types=1); namespace X;",
    "YAML": "---\na: b\n",
    "Dockerfile": "# syntax=docker/dockerfile:1\nFROM x\n",
    "Batch": "@echo off\r\ndir\r\n",
    "CSS": '@charset "utf-8"; a {}\n',
    "JavaScript": "#!/usr/bin/env node\n'use strict'\nx\n",
    "Emacs Lisp": ";;; x.el --- x -*- lexical-binding: t -*-\n(x)\n",
    "C": "#pragma once\nint x;\n",
}
LICENSES = ["Apache-2.0", "MIT", "BSD-3-Clause", "MPL-2.0", "GPL-3.0-only", "GPL-3.0-or-later", "MIT OR Apache-2.0"]
STYLES: list[dict[str, Any]] = [
    {"style": "spdx"},
    {"style": "notice"},
    {"style": "custom", "template": "Copyright {year} {holder}\n\nUnder {license} -- see LICENSE */ there."},
]


@pytest.mark.parametrize("path", {kind.name: path for path, kind in KINDS.items()}.values())
def test_a_file_whose_author_did_as_told_has_its_header(path: str) -> None:
    usual = FIRST.get(KINDS[path].name, "x\n")
    for text, license_, style in [
        *((usual, license_, style) for license_ in LICENSES for style in STYLES),
        *((text, "MIT", STYLES[0]) for text in BEGINNINGS if takes_header(text, KINDS[path])),
    ]:
        settings = {"license": license_, "holder": "Them -- */ *) & Co", "year": "required", **style}
        found = finding(path, text + " .", **settings)
        assert found
        assert found.fix
        assert code(path, pasted(text + " .", found.fix), **settings) is None, (text, settings)


@pytest.mark.parametrize("license_", LICENSES[:-1])
def test_one_license_is_never_taken_for_another(license_: str) -> None:
    known = notice_of(license_)
    assert known
    text = written(known.notice.splitlines(), kind("a.py").style)
    assert [other for other in LICENSES[:-1] if code("a.py", text, license=other) is None] == [license_]


# -- hostile input ------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *("#", "//", "/*", "*/", "<!--", "-->", "--", "\n", "\r\n", " ", "\t", "(", ")", "---", "<?xml", "<!doctype"),
        *("SPDX-License-Identifier:", "MIT", " OR ", " AND ", " WITH ", "Copyright", "(c)", "2020", "\u0130", "\ufffd"),
        *("coding:", "..", "::", "{", "}", "*)", "(*", '"', "REM ", "Apache-2.0", "\ufeff", "\ud800", "\u2028", "\0"),
    ]
)


@given(st.sampled_from(sorted(KINDS)), st.lists(PIECES).map("".join) | st.text(), st.sampled_from(STYLES))
def test_no_text_makes_the_rule_stumble(path: str, text: str, style: dict[str, Any]) -> None:
    found = finding(path, text, **style)
    assert found is None or (found.line or 0) >= 1


@pytest.mark.parametrize(
    "text",
    [
        "#" * 1_000_000,
        "#\n" * 100_000,
        "# " + ")" * 1_000_000,
        "# SPDX-License-Identifier: " + "(" * 1_000_000,
        "# SPDX-License-Identifier: MIT" + " )" * 900,
        "# SPDX-License-Identifier: MIT\n" * 50_000,
        "# SPDX-License-Identifier: " + " AND ".join(f"(MIT OR LicenseRef-{number})" for number in range(40)),
        "# SPDX-License-Identifier: " + "(" * 480 + "MIT" + ")" * 480,
        "# " + "coding " * 100_000,
        "# " + "- " * 100_000 + "(c",
        "#!" + "\n#!" * 100_000,
        "<?xml" * 100_000,
        "---\n" * 100_000,
        " \t" * 100_000,
        "..\n  x\n\n" * 50_000,
        "/*" * 100_000,
        "/**/" * 100_000,
    ],
)
@pytest.mark.parametrize("path", ["a.py", "a.xml", "a.md", "a.rst", "a.c", "a.php", "a.yaml"])
def test_a_text_made_to_be_slow_is_judged_by_its_first_8_kib(path: str, text: str) -> None:
    assert len(window(text)) <= WINDOW
    assert code(path, text) in ("header-missing", "header-other-license", None)
