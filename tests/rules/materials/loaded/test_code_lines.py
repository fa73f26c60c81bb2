# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which files are read line by line, and where in them a byte stands."""

import pytest

from rules.change import ChangedFile, FileKind, FileStatus, Lines
from rules.materials.loaded.code_lines import LARGEST_SETTINGS, family_named, read_by_name, reads_lines, sources
from tests.rules.materials.lines_help import adding


@pytest.mark.parametrize(
    "path",
    [
        "train.py",
        "src/Train.PY",
        "a.pyi",
        "notebooks/a.ipynb",
        "a.R",
        "a.jl",
        "web/a.ts",
        "a.go",
        "a.rs",
        "get.sh",
        "a.slurm",
        "Dockerfile",
        "docker/Dockerfile.gpu",
        "Makefile",
        "justfile",
        "CMakeLists.txt",
        ".env",
        ".github/workflows/ci.yml",
        "conf/train.yaml",
        "config.json",
        "pyproject.toml",
        "setup.cfg",
        "a.ini",
        "Modelfile",
        "Snakefile",
        "tests/test_a.py",
    ],
)
def test_code_commands_and_settings_are_read(path: str) -> None:
    assert reads_lines(ChangedFile(path, FileStatus.ADDED))
    assert read_by_name(ChangedFile(path, FileStatus.ADDED))


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "docs/a.rst",
        "notes.txt",
        "a.html",
        "a.css",
        "data.csv",
        "weights.bin",
        "poetry.lock",
        "uv.lock",
        "package-lock.json",
        "package.json",
        "tsconfig.build.json",
        "a.min.js",
        "api_pb2.py",
        "openapi.yaml",
        "data.schema.json",
        "src/locales/de.json",
        "tests/cassettes/a.yaml",
        "CITATION.cff",
        ".gitmodules",
        ".github/governance.yml",
        "data-provenance.yml",
        "adapter_config.json",
        "a.svg",
        "",
        "x/",
        "a\nb",
    ],
)
def test_prose_data_and_what_tools_write_is_not(path: str) -> None:
    assert not read_by_name(ChangedFile(path, FileStatus.ADDED))


@pytest.mark.parametrize(
    "file",
    [
        ChangedFile("a.py", FileStatus.REMOVED, deletions=3),
        ChangedFile("a.py", FileStatus.RENAMED, "b.py"),
        ChangedFile("a.py", FileStatus.ADDED, kind=FileKind.SYMLINK),
        ChangedFile("a.json", FileStatus.ADDED, size=LARGEST_SETTINGS + 1),
        ChangedFile("bin/run", FileStatus.REMOVED, deletions=3),
        ChangedFile("bin/run", FileStatus.ADDED, kind=FileKind.SUBMODULE),
        ChangedFile("bin/run", FileStatus.MODIFIED, additions=1, deletions=1),
    ],
)
def test_what_adds_no_lines_is_not_read(file: ChangedFile) -> None:
    assert not reads_lines(file)
    assert list(sources(file)) == []


def test_settings_and_code_of_common_size_are_read() -> None:
    assert reads_lines(ChangedFile("a.json", FileStatus.ADDED, size=LARGEST_SETTINGS))
    assert reads_lines(ChangedFile("a.py", FileStatus.ADDED, size=10 * LARGEST_SETTINGS))


def test_a_script_without_extension_is_told_by_its_first_line() -> None:
    assert reads_lines(ChangedFile("bin/fetch", FileStatus.ADDED))
    (source,) = sources(adding("bin/fetch", "#!/usr/bin/env bash\nwget x"))
    assert source.family is family_named("Shell")
    assert list(sources(adding("bin/fetch", "wget x"))) == []
    assert list(sources(adding("bin/fetch", "#!/bin/nobody\nwget x"))) == []
    assert list(sources(adding("bin/fetch", "#!/bin/sh\nwget x", first=3))) == []


def test_lines_that_were_not_shown_are_no_source() -> None:
    assert list(sources(ChangedFile("a.py", FileStatus.ADDED))) == []
    assert list(sources(ChangedFile("a.py", FileStatus.MODIFIED, additions=1, lines=()))) == []


def test_each_byte_stands_on_a_line_of_the_file() -> None:
    first, second = sources(
        ChangedFile("a.py", FileStatus.MODIFIED, additions=4, lines=(Lines(3, "a\nbé\n"), Lines(20, "c")))
    )
    assert [first.line(offset) for offset in range(len(first.text) + 1)] == [3, 3, 4, 4, 4, 4, 5]
    assert second.line(0) == 20


def test_a_command_that_goes_on_in_the_next_line_is_one() -> None:
    (source,) = sources(adding("a.sh", "wget \\\n  -O x\nls"))
    assert source.text == b"wget     -O x\nls"
    assert source.line(source.text.index(b"-O")) == 2
    assert source.before(source.text.index(b"x")) == b"wget     -O "
    assert source.around(source.text.index(b"-O")) == b"wget     -O x"


def test_a_notebook_has_a_source_for_each_cell() -> None:
    text = '{"cells": [\n{"cell_type": "code", "source": [\n"a = 1\\n",\n"b"]},\n{"cell_type": "code", "source": "c"}]}'
    first, second = sources(adding("a.ipynb", text))
    assert (first.text, first.line(0), first.line(6)) == (b"a = 1\nb", 3, 4)
    assert (second.text, second.line(0)) == (b"c", 5)


def test_what_is_no_unicode_is_replaced() -> None:
    (source,) = sources(adding("a.sh", "a\udcffb"))
    assert source.text == b"a?b"
