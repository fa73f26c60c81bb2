# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from bot.work import signals
from rules import rule


def test_the_queue_and_the_rules_speak_of_the_same_signals() -> None:
    assert {signal.name: signal.value for signal in signals.Signal} == {
        signal.name: signal.value for signal in rule.Signal
    }
