# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A policy and a contribution become a report: every rule is asked, and what could not be seen fails.

What maintainers decided is laid over that: an approval is told to the rule that asks for it, an override passes what
fails all the same.
"""

from dataclasses import replace

from rules.change import Change, Need, Unseen
from rules.consent import Consent
from rules.decision import Decided
from rules.finding import Conclusion, Finding, Level, Report, RuleConclusion, RuleResult
from rules.mandate import may_approve
from rules.policy import Commands, Policy
from rules.registry import find_rule
from rules.rule import INCOMPLETE, Code, Facts, Judgement, Rule
from rules.settings import Approvals, RuleOptions

NOT_BUILT = "This rule is not built yet, so it has no effect."
_SEVERITY = (RuleConclusion.FAILURE, RuleConclusion.ACTION_REQUIRED, RuleConclusion.WARNING, RuleConclusion.SUCCESS)


UNDECIDED = Decided()
"""Where no maintainer decided anything."""

OPEN = (RuleConclusion.FAILURE, RuleConclusion.ACTION_REQUIRED)
"""How a rule comes out where somebody has to do something; only that can be overridden."""


def judge(
    change: Change,
    policy: Policy,
    source: str,
    facts: Facts,
    notes: tuple[str, ...] = (),
    decided: Decided = UNDECIDED,
) -> Report:
    """Ask every rule of the policy that is not off.

    `source` names the file and commit that the policy came from; `notes` are remarks on how it was found; `decided` is
    what maintainers decided, as far as it counts.
    """
    governed = not change.base_ref or policy.governs(change.base_ref)
    asking = policy.active() if governed else ()
    facts = replace(facts, agents=frozenset(address.lower() for address in policy.rules.cla.exempt.agents))
    results = tuple(_decided(name, options, change, facts, decided, policy.commands) for name, options in asking)
    remarks = (*notes, *_remarks(policy, governed))
    return Report(
        repository=change.repository,
        number=change.number,
        base=change.base,
        head=change.head,
        policy_source=source,
        enforcement=policy.enforcement,
        conclusion=conclude(results, policy.enforcement),
        rules=results,
        notes=remarks,
    )


def conclude(results: tuple[RuleResult, ...], enforcement: str) -> Conclusion:
    """The conclusion of a whole report.

    Advice never blocks, save that what could not be evaluated is never passed over in neutral.
    """
    conclusions = {result.conclusion for result in results}
    judged = (result for result in results if result.conclusion is not RuleConclusion.OVERRIDDEN)
    if any(finding.code == "incomplete" for result in judged for finding in result.findings):
        return Conclusion.FAILURE
    if enforcement == "advise":
        return Conclusion.NEUTRAL
    if RuleConclusion.FAILURE in conclusions:
        return Conclusion.FAILURE
    if RuleConclusion.ACTION_REQUIRED in conclusions:
        return Conclusion.ACTION_REQUIRED
    return Conclusion.SUCCESS


def _remarks(policy: Policy, governed: bool) -> tuple[str, ...]:
    remarks = []
    if not governed:
        remarks.append("The policy does not apply to this base branch.")
    if note := policy.idle_note():
        remarks.append(note)
    return tuple(remarks)


def consent_asked(options: RuleOptions) -> Approvals | None:
    """The approvals that a rule's options ask for, if the rule is one that may ask."""
    found = getattr(options, "approvals", None)
    return found if isinstance(found, Approvals) else None


def _consenting(name: str, options: RuleOptions, facts: Facts, commands: Commands, decided: Decided) -> Facts:
    """The facts for one rule, with what is known of the consent that it asks for."""
    approvals = consent_asked(options)
    if approvals is None:
        return facts
    mandate = may_approve(approvals, commands.approve)
    return replace(facts, consent=Consent(approvals.count, mandate, decided.approvals.get(name, ())))


def _decided(
    name: str, options: RuleOptions, change: Change, facts: Facts, decided: Decided, commands: Commands
) -> RuleResult:
    """The result with the approvals that it rests on; overridden, if it needs to be and is."""
    result = _result(name, options, change, _consenting(name, options, facts, commands, decided))
    result = replace(result, approvals=decided.approvals.get(name, ()))
    if result.conclusion not in OPEN:
        return result
    override = decided.overrides.get(name)
    if override is None:
        return replace(result, ended=decided.ended.get(name, ()))
    until = override.expires.timestamp() if override.expires else None
    return replace(result, conclusion=RuleConclusion.OVERRIDDEN, override=override, until=until)


def _result(name: str, options: RuleOptions, change: Change, facts: Facts) -> RuleResult:
    level, rule = options.level, find_rule(name)
    if change.base_ref and not options.applies_to(change.base_ref):
        return RuleResult(name, level, RuleConclusion.SKIPPED, "This rule does not apply to this base branch.")
    if rule is None:
        return RuleResult(name, level, RuleConclusion.SKIPPED, NOT_BUILT)
    judgement = rule.check(change, options, facts)
    gaps = _gaps(rule, options, change, alone=judgement.alone)
    if judgement.skipped and not gaps:
        return RuleResult(
            name, level, RuleConclusion.SKIPPED, judgement.summary, notes=judgement.notes, table=judgement.table
        )
    unweighed = rule.consent if facts.offline else None  # there nobody can have given it, so that it blocks nothing
    return _weighed(rule, level, judgement, gaps, unweighed)


def _weighed(
    rule: Rule, level: Level, judgement: Judgement, gaps: tuple[Finding, ...], unweighed: str | None
) -> RuleResult:
    findings = tuple(sorted((*judgement.findings, *gaps), key=lambda finding: finding.order))
    codes = {**rule.codes, "incomplete": INCOMPLETE}
    conclusions = {_weight(one, codes[one.code], level) for one in findings if one.code != unweighed}
    worst = next((one for one in _SEVERITY if one in conclusions), RuleConclusion.SUCCESS)
    summary = "GitHub did not show everything that this rule needs." if gaps else judgement.summary
    told = (judgement.notes, judgement.table, judgement.until)
    return RuleResult(rule.name, level, worst, summary, findings, *told, remedy=judgement.remedy)


def _weight(finding: Finding, code: Code, level: Level) -> RuleConclusion:
    softened = finding.warning or level is Level.WARNING
    return RuleConclusion.WARNING if softened and code.softened else code.conclusion


# -- what was not seen --------------------------------------------------------------------------------------------


def _gaps(rule: Rule, options: RuleOptions, change: Change, *, alone: bool) -> tuple[Finding, ...]:
    """One finding for everything that the rule needs and that was not shown; `alone` as in a judgement."""
    needs = rule.needs(options)
    asked = _asked_for(rule, options, change, alone=alone) if change.unseen else frozenset()
    told = [gap for gap in change.unseen if gap.need in needs and (gap.path is None or (gap.need, gap.path) in asked)]
    known = {gap.path for gap in told}
    silent = [
        Unseen(Need.CONTENT, "GitHub does not show what is in it", file.path)
        for file in change.files
        if Need.CONTENT in needs and file.unread and file.path not in known and rule.wants(file, options)
    ]
    on_github = change.number is not None
    return tuple(_incomplete(gap, may_pass=on_github and not gap.final) for gap in (*told, *silent))


def _asked_for(rule: Rule, options: RuleOptions, change: Change, *, alone: bool) -> frozenset[tuple[Need, str]]:
    """What of single files the rule has to see: what it looks into, and what speaks of files that it looks at."""
    asked = set[tuple[Need, str]]()
    for file in change.files:
        if file.content is None and rule.wants(file, options):  # else its own beginning was seen
            asked.add((Need.CONTENT, file.path))
        looks = ((Need.BYTES, rule.peeks), (Need.LINES, rule.reads_lines))
        asked.update((need, file.path) for need, looks_so in looks if looks_so(file, options))
        if not alone and rule.looks_at(file, options):
            asked.update((Need.CONTENT, path) for _, path in rule.beside(file, options))
    return frozenset(asked)


def _incomplete(gap: Unseen, *, may_pass: bool) -> Finding:
    """What to say of a gap; `may_pass`: another look may show what is missing."""
    if gap.need is Need.DEPENDENCIES and not gap.final:
        fix = "You need do nothing: Steward looks again by itself in ten minutes, and at once after /steward check."
        return Finding("incomplete", f"Not everything could be seen: {gap.reason}.", fix=fix)
    if gap.path is None:
        fix = "Split the contribution into smaller ones, or ask a maintainer."
        return Finding("incomplete", f"Not everything could be seen: {gap.reason}.", fix=fix)
    by_hand = "look at this file yourself and exclude it in the policy, or make it smaller."
    again = "Comment /steward check, and Steward looks again; if that does not help, "
    fix = f"{again}{by_hand}" if may_pass else f"{by_hand[0].upper()}{by_hand[1:]}"
    return Finding("incomplete", f"This file could not be read: {gap.reason}.", gap.path, fix=fix)
