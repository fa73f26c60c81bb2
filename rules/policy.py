# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The policy of a repository, `.github/governance.yml`: its schema, and reading it from text."""

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, ValidationError

from rules.agreement_options import ClaOptions, DcoOptions
from rules.finding import Level
from rules.options import (
    AiAssistanceOptions,
    DatasetsOptions,
    DependenciesOptions,
    HeadersOptions,
    ModelsOptions,
    ProtectedOptions,
)
from rules.patterns import Branches, UnfitError
from rules.policy_problems import PolicyError, problems_in_document, problems_in_text
from rules.settings import Duration, Flag, Permission, RuleOptions, Settings, Teams, spare_defaults
from rules.yaml_guard import YamlError, load

# Settings that are read and checked, and do nothing yet; `*` is any rule. Who builds one deletes its row.
WITHOUT_EFFECT = (
    "rules.*.locked",
    "votes",
    "repositories",
)


class Rules(Settings):
    """The rules. One that is absent is off."""

    model_config = ConfigDict(json_schema_extra=spare_defaults)

    cla: ClaOptions = ClaOptions(level=Level.OFF)
    dco: DcoOptions = DcoOptions(level=Level.OFF)
    headers: HeadersOptions = HeadersOptions(level=Level.OFF)
    datasets: DatasetsOptions = DatasetsOptions(level=Level.OFF)
    models: ModelsOptions = ModelsOptions(level=Level.OFF)
    dependencies: DependenciesOptions = DependenciesOptions(level=Level.OFF)
    ai_assistance: AiAssistanceOptions = Field(AiAssistanceOptions(level=Level.OFF), alias="ai-assistance")
    protected: ProtectedOptions = ProtectedOptions(level=Level.OFF)


class OverrideCommand(Settings):
    """Who may pass a failing rule, with a reason."""

    permission: Permission = Field("maintain", description="The right in the repository that it takes.")
    teams: Teams = Field((), description="Teams whose members may do it as well.")
    allow_author: Flag = Field(False, description="Whether the people behind a contribution may override for it.")
    expires: Duration = Field("", description="How long an override holds, such as `14d`. Empty: without end.")


class ApproveCommand(Settings):
    """Who may consent where a rule does not say it."""

    permission: Permission = Field("push", description="The right in the repository that it takes.")
    teams: Teams = Field((), description="Teams whose members may do it as well.")
    allow_author: Flag = Field(False, description="Whether the people behind a contribution may approve it.")


class Commands(Settings):
    """Who may use the commands that decide something."""

    override: OverrideCommand = OverrideCommand()
    approve: ApproveCommand = ApproveCommand()


def _no_flag(version: object) -> object:
    """To Python true is 1; to a reader of the policy it is not."""
    if version is True:
        raise UnfitError("should be 1")
    return version


class Policy(Settings):
    """What a repository asks of the contributions to it."""

    model_config = ConfigDict(title="Steward's governance policy")

    version: Annotated[Literal[1], BeforeValidator(_no_flag)] = Field(description="The version of this format.")
    enforcement: Literal["enforce", "advise"] = Field(
        "enforce",
        description="`enforce` lets the check fail; `advise` says the same in a neutral check that blocks nothing.",
    )
    comment: Literal["when-needed", "always", "never"] = Field(
        "when-needed",
        description="When a pull request gets a comment: `when-needed`, once somebody has to do something.",
    )
    branches: Branches = Field(
        Branches(["**"]),
        description="The base branches that the policy applies to: `main` is that branch alone, `release/*` any one "
        "part, `**` anything; a later `!name` takes back.",
    )
    rules: Rules = Rules()
    commands: Commands = Commands()
    votes: dict[str, Any] = Field({}, description="Votes among maintainers.")
    repositories: dict[str, Any] = Field(
        {}, description="In an organization's policy: what holds for some of its repositories."
    )

    def governs(self, branch: str) -> bool:
        """Whether contributions to a base branch are held to this policy."""
        return self.branches.match(branch)

    def active(self) -> list[tuple[str, RuleOptions]]:
        """The rules that are not off, by name, in the order of a report."""
        rules = [(name, getattr(self.rules, attribute)) for name, attribute in _ATTRIBUTES.items()]
        return [(name, options) for name, options in rules if options.level is not Level.OFF]

    def without_effect(self) -> tuple[str, ...]:
        """The settings that the policy changes and that do nothing yet, as dotted keys in the order of the schema."""
        changed = self.model_dump(by_alias=True, exclude_defaults=True)
        changed["rules"] = {name: changed["rules"][name] for name, _ in self.active()}
        return tuple(key for pattern in WITHOUT_EFFECT for key in _found(pattern.split("."), changed))

    def idle_note(self) -> str:
        """What to say of the settings that do nothing yet; empty where there are none."""
        idle = self.without_effect()
        return f"These settings are accepted and have no effect yet: {', '.join(idle)}." if idle else ""


_ATTRIBUTES = {field.alias or attribute: attribute for attribute, field in Rules.model_fields.items()}
RULE_ORDER = tuple(_ATTRIBUTES)


def _found(steps: list[str], settings: dict[str, Any]) -> list[str]:
    """The dotted keys in a mapping that a pattern of steps names."""
    step, *rest = steps
    keys = [key for key in settings if step in ("*", key)]
    return [f"{key}.{found}" for key in keys for found in _found(rest, settings[key])] if rest else keys


def parse(text: str, source: str) -> Policy:
    """Read a policy; `source` names it in what is said about it. Raises PolicyError with everything that is wrong."""
    try:
        document = load(text)
    except YamlError as error:
        raise PolicyError(tuple(problems_in_text([error.problem], source))) from None
    try:
        policy, details = Policy.model_validate(document.value), []
    except ValidationError as error:
        policy, details = None, error.errors(include_url=False)
    if policy and not document.problems:
        return policy
    raise PolicyError(tuple(problems_in_document(document, details, schema(), source)))


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema (Draft 2020-12) of a policy, for editors and for the reference page."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Policy.model_json_schema()}
