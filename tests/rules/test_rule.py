# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from dataclasses import replace

import pytest

from rules.change import ChangedFile, FileStatus
from rules.protected import RULE


def unmeasured(file: ChangedFile, _options: object) -> bool:
    return file.size is None


def large(file: ChangedFile, _options: object) -> bool:
    return file.size is not None


LOOKING = {
    "one that it wants": (replace(RULE, wants=unmeasured), True),
    "one that it peeks at": (replace(RULE, peeks=unmeasured), True),
    "one whose lines it reads": (replace(RULE, reads_lines=unmeasured), True),
    "one that it would want if it were large": (replace(RULE, wants=large), False),
}


@pytest.mark.parametrize("size", [None, 12])
@pytest.mark.parametrize("case", LOOKING)
def test_a_file_matters_however_large_it_turns_out_to_be(case: str, size: int | None) -> None:
    rule, looks = LOOKING[case]
    assert rule.looks_at(ChangedFile("a.parquet", FileStatus.ADDED, size=size), None) is looks
