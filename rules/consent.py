# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The consent that a rule asks for: how many must approve, who may, and who has. Every rule tells of it alike."""

from dataclasses import dataclass

from rules.decision import Approval
from rules.mandate import Mandate, may_approve
from rules.policy import ApproveCommand
from rules.settings import Approvals


@dataclass(frozen=True, slots=True)
class Consent:
    """What is known of the consent that one rule asks for. `given` counts every person once."""

    count: int
    mandate: Mandate
    given: tuple[Approval, ...] = ()

    @property
    def missing(self) -> int:
        """How many more must approve."""
        return max(0, self.count - len(self.given))

    @property
    def standing(self) -> str:
        """How many approvals there must be, by whom, and who has approved: one sentence or two."""
        takes = f"It takes {_approvals(self.count)} by {self.mandate.words}."
        if not self.given:
            return takes
        return f"{takes} Given: {len(self.given)} ({', '.join(one.by for one in self.given)})."

    def remedy(self, rule: str) -> str:
        """What to do: a sentence, and the command to use."""
        return (
            "Somebody with that right approves the pull request in a review of its newest commit, or comments:"
            f"\n\n/steward approve {rule}"
        )


def asked(approvals: Approvals, known: Consent | None) -> Consent:
    """The consent that a rule's settings ask for, with what is known of it; offline that is nothing."""
    return known or Consent(approvals.count, may_approve(approvals, ApproveCommand()))


def _approvals(count: int) -> str:
    return "an approval" if count == 1 else f"{count} approvals, each"
