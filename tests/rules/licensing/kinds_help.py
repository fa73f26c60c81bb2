# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Every kind of file that the tables know, for tests that have to hold for each of them."""

from typing import Any

from rules.data import table
from rules.licensing.kinds import Kind, kind_of

ROWS: dict[str, dict[str, Any]] = table("kinds")["kinds"]
"""The row of each kind by its name."""


def kind(path: str) -> Kind:
    """The kind of a path that has one."""
    found = kind_of(path)
    assert found, path
    return found


def paths(row: dict[str, Any]) -> list[str]:
    """A path for each entry that the table has in a row."""
    names = [name.replace("*", "x") for name in row.get("names", ())]
    return [*names, *row.get("stems", ()), *(f"name.{extension}" for extension in row.get("ext", ()))]


KINDS = {name: kind(paths(row)[0]) for name, row in ROWS.items()}
"""Each kind by its name."""

STYLES: dict[str, dict[str, Any]] = table("comments")["styles"]
"""The row of each style by its name."""

OF_STYLE = {row["style"]: name for name, row in ROWS.items()}
"""One kind for each style."""

CODE = "x = code(1)\n"
"""Something that is a comment in no kind of file."""

TAG = "SPDX-License-Identifier: MIT"

WORDINGS: list[dict[str, Any]] = [
    {"style": "spdx"},
    {"style": "notice"},
    {"style": "custom", "template": "Copyright {year} {holder}\n\nUnder {license} -- see LICENSE */ there."},
]
"""Each way in which a policy may word a header."""

BEGUN = {"PHP": "<?php\n"}
"""What has to stand before a comment in the files of a kind."""

PREAMBLES = {
    "batch-echo": ["@echo off\n", "@ECHO OFF & setlocal\n"],
    "cabal-version": ["cabal-version: 3.0\n"],
    "charset": ['@charset "utf-8";\n'],
    "doctype": ["<!doctype html>\n", "<!DOCTYPE a [\n<!-- don't ]> -->\n<!ENTITY b ']>'>\n] >\n"],
    "docker-directive": ["# syntax=docker/dockerfile:1\n", "#escape=`\n# check = skip=all\n"],
    "front-matter": ["---\ntitle: x\n---\n", "---\n# a\ntitle: '# x'\n...\n", "---\n---\n"],
    "front-matter-toml": ['+++\ntitle = "x"\n+++\n'],
    "jest": ["/**\n * @jest-environment jsdom\n */\n", "/* @vitest-environment node */\n"],
    "jupytext": ["# ---\n# jupyter:\n#   kernelspec: {}\n# ---\n"],
    "lang": ["#lang racket/base\n", '#reader "x.rkt"\n'],
    "page-directive": ['<%@ page import="a.b" %>\n<%@ taglib\nprefix="c" %>\n'],
    "php": ["<?php\n"],
    "php-strict": ["<?php declare(strict_types=1);\n", "<?php\ndeclare ( strict_types = 0 ) ;\n"],
    "pragma-once": ["#pragma once\n", "# pragma  once // only\n"],
    "rack-options": ["#\\ -w -p 8765\n"],
    "razor-page": ['@page "/counter"\n'],
    "ruby-magic": ["# frozen_string_literal: true\n", "# encoding: utf-8\n# typed: strict\n"],
    "sed-quiet": ["#n\n"],
    "stack-script": ["-- stack --resolver lts-22 script\n", "{- cabal: -}\n"],
    "swift-tools": ["// swift-tools-version:5.9\n", "//swift-tools-version: 6.0\n"],
    "tex-magic": ["% !TEX root = main.tex\n", "%&latex\n"],
    "texinfo-input": ["\\input texinfo @c -*-texinfo-*-\n"],
    "troff-preprocessors": ["'\\\" te\n"],
    "usda-version": ["#usda 1.0\n"],
    "use-strict": ['"use strict";\n', "'use client'\n"],
    "vb-attribute": ['Attribute VB_Name = "Main"\nAttribute VB_Base = "0"\n'],
    "xml": ['<?xml version="1.0"?>\n', "<?xml version='1.0'?>\n<?xml-stylesheet href='a'?>\n"],
    "xquery-version": ['xquery version "3.1";\n'],
    "yaml-directive": ["%YAML 1.2\n---\n", "%TAG ! tag:x,2002:\n---\n"],
    "yaml-start": ["---\n"],
    "zsh-completion": ["#compdef steward\n", "#autoload\n"],
}
"""What may stay first in a file, by the names that it has in data/comments.toml."""
