# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Comments of every kind of file: read where a file begins, passed by what stays first, and written."""

import pytest

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
from tests.rules.licensing.kinds_help import kind


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
        ("a.svelte", "{#if a}b{/if}", []),
        ("a.S", "# a\n#include <b>\n# c", [(1, " a")]),
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
        # a shebang is one in the first line only
        ("a.py", "\n#!/bin/python\n# a", [(2, "!/bin/python"), (3, " a")]),
        ("a.js", "// a\n#!/usr/bin/env node\n// b", [(1, " a")]),
        # what stays first may stand between comments, too
        ("a.py", "# a\n# coding: utf-8\n# b", [(1, " a"), (2, " coding: utf-8"), (3, " b")]),
        ("a.html", "<!-- a --><!doctype html><!-- b -->", [(1, " a "), (1, " b ")]),
        ("a.yaml", "# a\n--- # b\nc: d", [(1, " a"), (2, " b")]),
        ("a.md", "<!-- a -->\n---\nb\n---\n<!-- c -->", [(1, " a ")]),
        ("a.md", "---\n# a\nb: c\n# d\n---\n<!-- e -->", [(2, "# a"), (3, ""), (6, " e ")]),
        ("a.md", "+++\n# a\n+++\n<!-- e -->", [(2, "# a"), (3, ""), (4, " e ")]),
        ("a.md", "\n---\n# a\n---\n<!-- e -->", []),
        ("a.php", "<?php\n#[A]\n// a", []),
        ("a.rst", ".. a:\n.. b:: c", [(1, " a:")]),
        ("a.org", "# a\n#+TITLE: b", [(1, " a")]),
        ("a.po", "# a\n#, fuzzy", [(1, " a")]),
        ("a.pl", "#!/usr/bin/perl\n# a", [(2, " a")]),
        ("a.pl", "% a\n:- b", [(1, " a")]),
        ("a.ts", "<?xml version='1.0'?>\n", []),
        ("a.cob", "      * a\n      *> b", [(1, " a"), (2, " b")]),
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
        ("Dockerfile", "# a\n# syntax=x\nFROM y", Place(1)),
        ("a.html", "<!DOCTYPE html [<!ENTITY a ']>'> <!-- don't -->]><p>", Place(1, 49)),
        ("a.html", "<!doctype <p>" + "'" * 50, Place(1, 13)),
        ("a.html", "<!doctype '<p>", Place(1)),
        ("a.md", "\n---\na: b\n---\n", Place(1)),
        ("a.jsp", '<%@ page a="b" %>\n<%@ taglib c="d" %>\n<p>', Place(3)),
        ("a.js", "/** @license x */\n/** @jest-environment jsdom */\n", Place(1)),
        ("a.js", "/**\n * @jest-environment jsdom\n */\nx", Place(4)),
        ("a.js", "/* a */ x = '@jest-' /* */", Place(1)),
        ("Package.swift", "// swift-tools-version: 5.9\nimport x", Place(2)),
        ("a.py", "# ---\n# jupyter: x\n# ---\nx", Place(4)),
        ("a.py", "# ---\n# a\nx", Place(1)),
        # a mode line stays in the first two lines, with what stands before it
        ("a.py", "# coding: utf-8\nx", Place(2)),
        ("a.py", "\n# vim: set fileencoding=utf-8 :\nx", Place(3)),
        ("a.py", "# a\n# -*- coding: utf-8 -*-\nx", Place(3)),
        ("a.py", "# a\n# b\n# coding: utf-8\nx", Place(1)),
        ("a.py", "x = 1\n# coding: utf-8\n", Place(1)),
        ("a.go", "// Decoding: utf-8\npackage x", Place(1)),
        ("a.cc", "/* -*- Mode: C++ -*-\n * vim: ts=2\n */\nx", Place(4)),
        ("a.cc", "/* -*- Mode: C++ -*- */ x", Place(1, 23)),
        ("a.cc", "/* a\n * b\n * vim: ts=2\n */\nx", Place(1)),
        ("a.cc", "/* -*- Mode: C++ -*-\n * never ended", Place(1)),
        ("a.py", "# -*- mode: python -*-", Place(2)),
        ("a.el", ";;; a.el --- b -*- lexical-binding: t -*-\n", Place(2)),
    ],
)
def test_a_header_goes_behind_what_has_to_stay_first(path: str, text: str, place: Place) -> None:
    assert place_for_header(window(text), kind(path)) == place


@pytest.mark.parametrize(
    ("path", "text", "takes"),
    [
        ("a.py", "---\n", True),
        ("a.php", "\n<?php\nx", True),
        ("a.php", "#!/usr/bin/php\n<?php x", True),
        ("a.php", "<html><?php x", False),
        ("a.php", "<?= x ?>", False),
        ("a.php", "<?phpx", False),
        ("a.md", "---\na: b\n---\n", True),
        ("a.md", "# a\n---\nb", True),
        ("a.md", "---\n" + "a: b\n" * 3000 + "---\n", False),
        ("a.md", "+++\na", False),
        ("a.ts", "import x", True),
        ("a.ts", "<?xml version='1.0'?>\n<!DOCTYPE TS><TS/>", False),
        ("a.ts", "<!DOCTYPE TS><TS/>", False),
        ("a.ts", "<T>x", True),
        ("a.pl", "use strict;", True),
        ("a.pl", ":- module(a, []).", False),
        ("a.pl", "% a\nb.", False),
        ("a.mm", "<map version='1'>", False),
    ],
)
def test_nothing_is_put_before_text_of_another_language(path: str, text: str, takes: bool) -> None:
    assert takes_header(window(text), kind(path)) is takes


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
        ("a.rst", ["a:: b", "", "c"], "..\n   a:: b\n\n   c"),
        ("a.rst", ["", "a"], "..\n   a"),
        ("a.py", ["a\nb\r\nc\u2028d\x0be"], "# a\n# b\n# c\n# d\n# e"),
        ("a.py", ["a\0b\tc\u202ed\ud800"], "# a b c d"),
        ("a.py", ["a coding: utf-7"], "# a c o d i n g : utf-7"),
        ("a.py", [], ""),
        ("a.py", ["", ""], ""),
        ("a.cc", ["a \\", "\\\\"], "// a\n//"),
        ("a.c", ["a /* b"], "/* a / * b */"),
        ("a.php", ["a ?> b"], "// a ? > b"),
        ("a.mdx", ["a */ b */}"], "{/* a * / b * /} */}"),
        ("a.j2", ["a #} b", "c"], "{#\na # } b\nc\n-#}"),
        ("a.liquid", ["a {% endcomment %} b"], "{% comment %} a { % endcomment %} b {% endcomment %}"),
    ],
)
def test_a_comment_is_written_so_that_nothing_ends_it_early(path: str, lines: list[str], comment: str) -> None:
    assert written(lines, kind(path).style) == comment
