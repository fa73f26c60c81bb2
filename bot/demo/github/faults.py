# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What goes wrong on purpose: slow answers, failures before or after the effect, limits, outages."""

import re
import time
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer as it goes over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Fault:
    """One thing to go wrong for requests whose line (`METHOD /path?query`, `POST /graphql Name`) has the pattern.

    `answer` None closes the connection without one; `after_effect` lets the request do its work first. `times`
    None means until the faults are cleared.
    """

    pattern: re.Pattern[str]
    times: int | None
    seconds: float = 0.0
    breaks: bool = False
    answer: Answer | None = None
    after_effect: bool = False

    def meets(self, line: str) -> bool:
        """Whether it is this request's turn to suffer; counts it if so."""
        if self.times == 0 or not self.pattern.search(line):
            return False
        if self.times is not None:
            self.times -= 1
        return True


@dataclass
class Faults:
    """The faults that wait for their requests, oldest first."""

    waiting: list[Fault] = field(default_factory=list)

    def slow(self, seconds: float, match: str = "", times: int | None = None) -> None:
        """Answer late."""
        self.waiting.append(Fault(re.compile(match), times, seconds=seconds))

    def fail(self, answer: Answer | None, match: str, times: int | None, *, after_effect: bool) -> None:
        """Answer this instead, or close the connection."""
        fault = Fault(re.compile(match), times, breaks=True, answer=answer, after_effect=after_effect)
        self.waiting.append(fault)

    def clear(self) -> None:
        """All is well again."""
        self.waiting.clear()

    def meet(self, line: str) -> Fault | None:
        """Delay the request as told, and return the fault that breaks it, if there is one."""
        met: Fault | None = None
        for fault in tuple(self.waiting):
            if (met is None or not fault.breaks) and fault.meets(line):
                time.sleep(fault.seconds)
                met = fault if fault.breaks else met
        return met
