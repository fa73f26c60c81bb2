# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The chapters of the story, one file each, in the order in which they are told."""

from collections.abc import Callable

from bot.demo.chapters import agreements, datasets, decisions, headers, sign_offs
from bot.demo.stage import Stage

CHAPTERS: tuple[Callable[[Stage], None], ...] = (
    headers.play,
    agreements.play,
    sign_offs.play,
    decisions.play,
    datasets.play,
)
