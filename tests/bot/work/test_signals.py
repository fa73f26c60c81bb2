# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import pytest

from bot.work import signals
from rules import rule


def test_the_queue_and_the_rules_speak_of_the_same_signals() -> None:
    assert {signal.name: signal.value for signal in signals.Signal} == {
        signal.name: signal.value for signal in rule.Signal
    }


def test_the_bits_in_the_database_keep_their_meaning() -> None:
    words = ["head", "base", "text", "decision", "people", "asked"]
    assert [signals.to_bits([word]) for word in words] == [1, 2, 4, 8, 16, 32]


def test_a_set_of_signals_survives_the_database() -> None:
    assert signals.from_bits(signals.to_bits(["asked", "head", "head"])) == {signals.Signal.HEAD, signals.Signal.ASKED}
    assert signals.from_bits(0) == frozenset()


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(ValueError, match="hed"):
        signals.to_bits(["hed"])
