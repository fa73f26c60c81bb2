# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the settings of all rules are made of: their vocabulary of values, and what every rule takes.

A setting's description, and the docstring of a mapping of settings, are what editors and the policy reference show.
"""

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    Strict,
    ValidationInfo,
    field_validator,
)

from rules.finding import Level
from rules.licensing.spdx import expression, single_license
from rules.patterns import MAX_ENTRIES, MAX_LENGTH, Branches, Shape, UnfitError
from rules.suggest import nearest

_PRINTED = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]"  # one character that is no line break and no control
_STEP = r"(?!\.{1,2}(?:/|$))[^/\\:\x00-\x1f\x7f]+"  # one step of a path, neither `.` nor `..`


def spare_default(schema: dict[str, Any]) -> None:
    """Leave a default that only means "absent" out of a key's JSON Schema."""
    del schema["default"]


def spare_defaults(schema: dict[str, Any]) -> None:
    """The same for every key of a mapping."""
    for key in schema["properties"].values():
        spare_default(key)


def may_be_absent(schema: dict[str, Any]) -> None:
    """Leave None out of a key's JSON Schema: a policy leaves the key out, and never writes null."""
    spare_default(schema)
    schema.update(schema.pop("anyOf")[0])


# GitHub's pages say read and write where its API says pull and push. A policy may use either, the code uses the API's.
_PAGE_TO_API = {"read": "pull", "write": "push"}
_API_TO_PAGE = {api: page for page, api in _PAGE_TO_API.items()}


def _in_api_words(permission: object) -> object:
    return _PAGE_TO_API.get(permission, permission) if isinstance(permission, str) else permission


def in_page_words(permission: str) -> str:
    """A permission as GitHub's pages call it: read, triage, write, maintain, admin."""
    return _API_TO_PAGE.get(permission, permission)


def seconds_of(duration: str) -> float:
    """How long a duration such as `14d` or `12h` is; 0 for an empty one."""
    return int(duration[:-1] or 0) * {"d": 86_400.0, "h": 3_600.0}.get(duration[-1:], 0.0)


def in_words(duration: str) -> str:
    """A duration such as `14d` in words: 14 days."""
    number, unit = duration[:-1], {"d": "day", "h": "hour"}[duration[-1]]
    return f"{number} {unit}" if number == "1" else f"{number} {unit}s"


Flag = Annotated[bool, Strict()]
Count = Annotated[int, Strict(), Field(ge=0, le=1_000_000)]
Approvers = Annotated[int, Strict(), Field(ge=0, le=10)]
Text = Annotated[str, Field(max_length=MAX_LENGTH)]
Line = Annotated[Text, Shape(f"{_PRINTED}*", "one line of text")]
Reason = Annotated[Text, Shape(f"(?=.*\\S){_PRINTED}*", "one line that gives the reason")]
Duration = Annotated[Text, Shape(r"([1-9][0-9]{0,3}[dh])?", "a number of days or hours, such as 14d or 12h")]
MajorMinor = Annotated[Text, Shape(r"[0-9]{1,5}\.[0-9]{1,5}", "two numbers, such as 1.0")]
Team = Annotated[Text, Shape(r"[a-z0-9_][a-z0-9_-]*", "the slug of a team of this organization, such as core")]
Email = Annotated[Text, Shape(r"[^@\s<>]+@[^@\s<>]+", "an e-mail address")]
FieldName = Annotated[Text, Shape(r"[a-z][a-z0-9-]{0,49}", "lower-case letters, digits and hyphens, such as full-name")]
Purl = Annotated[Text, Shape(r"pkg:[a-z][a-z0-9.+-]*/[^\s?#]*[^\s?#/]", "a package URL, such as pkg:pypi/requests")]
DocumentPath = Annotated[
    Text,
    Shape(
        rf"([A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+:)?{_STEP}(/{_STEP})*",
        "a path in this repository, such as CLA.md, or owner/repository:path",
    ),
]
Expression = Annotated[Text, AfterValidator(expression)]
SingleLicense = Annotated[Text, AfterValidator(single_license)]
Permission = Annotated[
    Literal["pull", "triage", "push", "maintain", "admin"],
    BeforeValidator(
        _in_api_words,
        json_schema_input_type=Literal["read", "pull", "triage", "write", "push", "maintain", "admin"],
    ),
    PlainSerializer(in_page_words),
]
Teams = Annotated[tuple[Team, ...], Field(max_length=MAX_ENTRIES)]
Licenses = Annotated[tuple[SingleLicense, ...], Field(max_length=MAX_ENTRIES)]


class Settings(BaseModel):
    """A mapping of the policy: it knows all its keys, and never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _locked(value: object) -> bool | tuple[str, ...]:
    if isinstance(value, bool):
        return value
    if isinstance(value, list) and all(isinstance(key, str) for key in value):
        return tuple(value)
    raise UnfitError("should be true, false or a list of settings")


Locked = Annotated[bool | tuple[str, ...], BeforeValidator(_locked, json_schema_input_type=bool | list[str])]


class RuleOptions(Settings):
    """What every rule takes."""

    level: Level = Field(
        Level.ERROR,
        description="How much the rule weighs: `error` fails the check, `warning` only says so, `off` switches the "
        "rule off. A rule that the policy does not mention is off.",
    )
    branches: Branches = Field(
        Branches(["**"]),
        description="The base branches that this rule applies to, among those that the policy applies to.",
    )
    overridable: Flag = Field(True, description="Whether maintainers may override a failure of this rule.")
    locked: Locked = Field(
        False,
        description="In an organization's policy: whether its repositories must leave this rule as it is; or a list of "
        "the settings that they must leave.",
    )

    def applies_to(self, branch: str) -> bool:
        """Whether the rule looks at contributions to a base branch that the policy governs."""
        return self.branches.match(branch)

    @field_validator("locked")
    @classmethod
    def _locks_what_exists(cls, locked: bool | tuple[str, ...]) -> bool | tuple[str, ...]:
        for key in locked if isinstance(locked, tuple) else ():
            if key not in cls.model_fields:
                words = f"names a setting that this rule does not have: {key[:60]}"
                raise UnfitError(words, nearest(key, cls.model_fields))
        return locked


class Approvals(Settings):
    """Whose consent a rule asks for. `teams` or `permission` suffices; without both `commands.approve` holds."""

    count: Approvers = Field(1, description="How many people must approve.")
    teams: Teams | None = Field(
        None,
        description="Teams whose members may approve. An empty list admits nobody.",
        json_schema_extra=may_be_absent,
    )
    permission: Permission | None = Field(
        None,
        description="The right in the repository with which one may approve. Without it and `teams`, "
        "`commands.approve` says who may.",
        json_schema_extra=may_be_absent,
    )


class LicenseLists(Settings):
    """Which licenses a rule lets through."""

    allow: Licenses = Field((), description="The only licenses allowed. Empty: those that the rule allows by itself.")
    deny: Licenses = Field((), description="Licenses refused, whatever else allows them.")

    @field_validator("deny")
    @classmethod
    def _one_or_the_other(cls, deny: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        both = sorted(set(deny) & set(info.data.get("allow", ())))
        if both:
            raise UnfitError(f"names a license that stands under allow as well: {both[0]}")
        return deny
