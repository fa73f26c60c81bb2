# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What somebody probably meant."""

import pytest

from rules.suggest import nearest


@pytest.mark.parametrize(
    ("word", "meant"),
    [("licence", "license"), ("LICENSE", "license"), ("styl", "style"), ("zebra", ""), ("", ""), ("l" * 100_000, "")],
)
def test_the_nearest_name_is_suggested(word: str, meant: str) -> None:
    assert nearest(word, ["license", "style"]) == meant
