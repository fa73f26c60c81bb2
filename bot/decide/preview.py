# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A pull request that edits the policy: it is judged by the old one, and told how it would come out under its own."""

from bot.decide.agreements import agreement_asked, terms_of
from bot.decide.case import Case
from bot.decide.judge import judge
from bot.decide.policies import Governing, parse_file
from bot.decide.sign_offs import with_sign_offs
from bot.decide.standing import recorded
from bot.github.policy_files import POLICY_PATH
from bot.github.pull import Pull
from rules.change import FileStatus
from rules.policy import Policy
from rules.policy_problems import PolicyError


def proposed_by(pull: Pull) -> Policy | PolicyError | None:
    """The policy as the head has it, if it is not the one that the base branch has."""
    file = pull.proposed_policy
    if file.text is None and file.problem is None:
        return None
    if file.text is not None and file.text == pull.policies[0].text:
        return None
    try:
        return parse_file(file)
    except PolicyError as error:
        return error


def preview(case: Case, proposed: Policy | PolicyError | None, governing: Governing) -> tuple[str, ...]:
    """What a contributor who edits the policy should know: is the new one valid, and what would it say?"""
    edits = any(file.path == POLICY_PATH and file.status is not FileStatus.REMOVED for file in case.change.files)
    if not edits or proposed is None:
        return ()
    begin = "This pull request changes the policy and is judged by the one that stands on its base branch."
    if isinstance(proposed, PolicyError):
        return (f"{begin} {validity(proposed)}",)
    new = with_sign_offs(Governing(proposed, case.pull.policies[0]), case.pull.sign_offs)
    if new.policy is None or new.file is None:
        return (f"{begin} {validity(proposed)}",)
    # Whoever may propose a policy must not learn from it who belongs where, so only the record is asked.
    options = agreement_asked(new.policy, case.pull.base_ref)
    terms = terms_of(case.world, case.client, case.pull, new.file, options, keep=False) if options else None
    outcome = judge(case.change, new.policy, governing.source or "", recorded(case, terms)).conclusion
    exempt = " Exemptions by membership are left out of that." if _exempts_members(new.policy) else ""
    return (f"{begin} {validity(proposed)} Under it the result would be: {outcome.value}.{exempt}",)


def _exempts_members(policy: Policy) -> bool:
    return policy.rules.cla.exempt.members or policy.rules.dco.exempt.members or bool(policy.rules.cla.exempt.teams)


def validity(proposed: Policy | PolicyError) -> str:
    """Whether a proposed policy is valid, in a sentence."""
    if isinstance(proposed, Policy):
        return "It is valid."
    lines = "; ".join(f"line {one.line}: {one.message}" for one in proposed.problems[:5])
    return f"It is not valid: {lines}."
