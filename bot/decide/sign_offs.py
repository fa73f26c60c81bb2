# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The DCO App's own file, `.github/dco.yml`, holds where the policy does not speak of sign-offs.

A project that comes from the DCO App thus moves without writing anything anew.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.decide.policies import Governing, unreadable
from bot.github.policy_files import PolicyFile
from rules.dco_file import options_from
from rules.policy_problems import PolicyError


def with_sign_offs(governing: Governing, files: Sequence[PolicyFile]) -> Governing:
    """What governs, with the nearest of the DCO App's files for a policy that does not speak of sign-offs."""
    policy = governing.policy
    if policy is None or not files or "dco" in policy.rules.model_fields_set:
        return governing
    file = files[0]
    try:
        options = options_from(file.text, file.place) if file.text is not None else None
    except PolicyError as error:
        return Governing(source=file.source, problems=error.problems)
    if options is None:
        return Governing(source=file.source, problems=unreadable(file))
    rules = policy.rules.model_copy(update={"dco": options})
    note = f"Sign-offs are asked for by {file.place}, since the policy does not speak of them."
    return replace(
        governing,
        policy=policy.model_copy(update={"rules": rules}),
        notes=(*governing.notes, note),
        sources={"dco": file.source},
    )
