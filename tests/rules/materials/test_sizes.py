# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import pytest

from rules.materials.sizes import in_words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1 kB"),
        (1_249_000, "1.2 MB"),
        (9_940, "9.9 kB"),
        (9_960, "10 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (340_000_000_000, "340 GB"),
        (10**15, "1 PB"),
        (10**18, "1,000 PB"),
    ],
)
def test_a_size_reads_well(size: int, words: str) -> None:
    assert in_words(size) == words
