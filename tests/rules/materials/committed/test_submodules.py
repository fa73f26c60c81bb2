# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Repositories of a hub that are put into a repository as submodules."""

import pytest

from rules.change import FileKind, FileStatus
from rules.materials.material import Sort
from tests.rules.materials.committing import file, found, places_of

MODULES = '[submodule "x"]\n\tpath = {path}\n\turl = {url}\n'
DATASET = "https://huggingface.co/datasets/acme/gears"


def modules(url: str, path: str = "lib/gears") -> str:
    return MODULES.format(path=path, url=url)


@pytest.mark.parametrize(
    ("url", "sort"),
    [
        (DATASET, Sort.DATASET),
        ("https://hf.co/datasets/acme/gears", Sort.DATASET),
        ("git@hf.co:datasets/acme/gears", Sort.DATASET),
        ("https://user@huggingface.co/datasets/acme/gears.git", Sort.DATASET),
        ("https://huggingface.co/acme/bert", Sort.MODEL),
        ("ssh://git@hf.co/acme/bert", Sort.MODEL),
        ("https://huggingface.co/spaces/acme/demo", None),
        ("https://example.com/datasets/acme/gears", None),
        ("https://example.com/?https://huggingface.co/acme/bert", None),
        ("../gears", None),
    ],
)
def test_the_address_tells_what_a_submodule_holds(url: str, sort: Sort | None) -> None:
    files = (file(".gitmodules", text=modules(url)), file("lib/gears", kind=FileKind.SUBMODULE))
    told = [one for one in Sort if places_of(*files, sort=one) == [("lib", "gears")]]
    assert told == ([sort] if sort else [])


def test_a_submodule_is_a_pointer_whose_size_nobody_knows() -> None:
    files = (file(".gitmodules", text=modules(DATASET)), file("lib/gears", additions=1))
    ((part,),) = (one.parts for one in found(*files))
    assert (part.path, part.pointer, part.size, part.new) == ("lib/gears", "Git submodule", None, True)


def test_one_that_moves_on_is_not_new() -> None:
    listing = file(".gitmodules", text=modules(DATASET), status=FileStatus.MODIFIED, additions=1)
    moved = file("lib/gears", status=FileStatus.MODIFIED, additions=1, deletions=1)
    ((part,),) = (one.parts for one in found(listing, moved))
    assert not part.new


@pytest.mark.parametrize(
    "text",
    ["", '[submodule "x"]\n\tpath = lib/gears\n', "path = lib/gears\nurl = " + DATASET, '[submodule "' * 600, "\0"],
)
def test_a_broken_list_brings_nothing_in(text: str) -> None:
    assert found(file(".gitmodules", text=text), file("lib/gears", kind=FileKind.SUBMODULE)) == ()


def test_one_that_stood_there_before_is_not_brought_in() -> None:
    assert found(file(".gitmodules", text=modules(DATASET))) == ()
    assert found(file("lib/gears", kind=FileKind.SUBMODULE)) == ()
    assert found(file(".gitmodules", 100), file("lib/gears", kind=FileKind.SUBMODULE)) == ()
