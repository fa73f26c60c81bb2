# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A line to GitHub for tests, with nobody at its end."""

from collections.abc import Sequence
from typing import Any

from bot.commands.signatures.accounts import OnGitHub
from bot.commands.signatures.accounts_file import Saved
from bot.github.errors import GitHubError
from tests.bot.conftest import Clock

ANN = {"id": 5, "login": "Ann", "type": "User", "created_at": "2020-01-02T03:04:05Z"}


class Line:
    """Stands for a client: it gives the answers that it was given, one after the other, and remembers the questions.

    What is left of the hour's requests is told from `rates`, whose last answer stands.
    """

    def __init__(self, *answers: Any, rates: Sequence[Any] = (None,)) -> None:
        self.answers, self.rates = list(answers), list(rates)
        self.asked: list[str] = []

    def get(self, path: str) -> Any:
        if path == "/rate_limit":
            answer = self.rates.pop(0) if len(self.rates) > 1 else self.rates[0]
        else:
            self.asked.append(path)
            answer = self.answers.pop(0)
        if isinstance(answer, GitHubError):
            raise answer
        return answer


def on_github(line: Line, clock: Clock | None = None, saved: Saved | None = None) -> OnGitHub:
    clock = clock or Clock()
    return OnGitHub(lambda: line, clock, clock.advance, saved)  # type: ignore[arg-type, return-value]
