# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from collections.abc import Callable
from dataclasses import replace

import pytest

from rules.change import ChangedFile, FileStatus
from rules.protected import RULE


def unmeasured(file: ChangedFile, _options: object) -> bool:
    return file.size is None


def large(file: ChangedFile, _options: object) -> bool:
    return file.size is not None


@pytest.mark.parametrize("size", [None, 12])
@pytest.mark.parametrize(
    ("asks", "of"), [("wants", unmeasured), ("peeks", unmeasured), ("reads_lines", unmeasured), ("wants", large)]
)
def test_a_file_matters_however_large_it_turns_out_to_be(
    asks: str, of: Callable[[ChangedFile, object], bool], size: int | None
) -> None:
    rule = replace(RULE, **{asks: of})
    assert rule.looks_at(ChangedFile("a.parquet", FileStatus.ADDED, size=size), None) is (of is unmeasured)
