# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The settings of the rules on files, dependencies and AI assistance, as the policy spells them."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from rules.finding import Level
from rules.patterns import MAX_ENTRIES, Globs, SomeGlobs, UnfitError
from rules.settings import (
    Approvals,
    Expression,
    LicenseLists,
    Line,
    Purl,
    Reason,
    RuleOptions,
    Settings,
    Text,
    spare_default,
)


class LicenseFor(Settings):
    """The license of some paths."""

    paths: SomeGlobs = Field(description="The paths, as .gitignore spells them.")
    license: Expression = Field(description="Their license, as an SPDX license expression.")


def _for_all_paths(license_: object) -> object:
    return [{"paths": ["**"], "license": license_}] if isinstance(license_, str) else license_


class HeadersOptions(RuleOptions):
    """Every changed source file begins with the license header that the project wants."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [{"required": ["license"]}, {"required": ["level"], "properties": {"level": {"const": "off"}}}],
            "if": {"required": ["style"], "properties": {"style": {"const": "custom"}}},
            "then": {"required": ["template"]},
        }
    )

    license: Annotated[
        tuple[LicenseFor, ...],
        Field(max_length=MAX_ENTRIES),
        BeforeValidator(
            _for_all_paths, json_schema_input_type=Text | Annotated[list[LicenseFor], Field(max_length=MAX_ENTRIES)]
        ),
    ] = Field(
        (),
        validate_default=True,
        description="The license that headers name: an SPDX license expression, or a list of paths and licenses of "
        "which the first that covers a file holds. Needed unless the rule is off.",
        json_schema_extra=spare_default,
    )
    holder: Line = Field(
        "", description="The copyright holder that a proposed header names, such as The Example Authors."
    )
    style: Literal["spdx", "notice", "custom"] = Field(
        "spdx",
        description="The header to propose: `spdx`, two SPDX tags; `notice`, the license's own standard header; "
        "`custom`, the text in `template`.",
    )
    template: Annotated[str, Field(max_length=4000)] = Field(
        "",
        validate_default=True,
        description="With `style: custom`, the header's text, in which `{year}`, `{holder}` and `{license}` are filled "
        "in.",
    )
    year: Literal["any", "required", "none"] = Field(
        "any",
        description="Years in the copyright line: `any`, with or without; `required`, there must be one; `none`, "
        "proposed headers carry none.",
    )
    include: SomeGlobs = Field(
        SomeGlobs(["**"]),
        description="The files to look at, as .gitignore spells them. Files with no known comment style are passed "
        "over.",
    )
    exclude: Globs = Field(Globs(["vendor/**"]), description="Files to pass over, as .gitignore spells them.")
    uncommentable: Literal["pass", "sidecar"] = Field(
        "pass",
        description="Files that cannot carry comments, such as JSON and pictures: `pass`, nothing is asked of them; "
        "`sidecar`, a `.license` file beside them or a REUSE.toml has to name their license.",
    )
    scope: Literal["changed", "added"] = Field(
        "changed",
        description="Which files of a contribution to look at: `changed`, all whose content is new; `added`, only new "
        "files.",
    )

    @field_validator("license")
    @classmethod
    def _named(cls, license_: tuple[LicenseFor, ...], info: ValidationInfo) -> tuple[LicenseFor, ...]:
        if not license_ and info.data.get("level") is not Level.OFF:
            raise UnfitError("is missing: name the license that headers should carry, such as Apache-2.0")
        return license_

    @field_validator("template")
    @classmethod
    def _fits_style(cls, template: str, info: ValidationInfo) -> str:
        custom = info.data.get("style") == "custom"
        if custom and not template.strip():
            raise UnfitError("is missing: style: custom needs the text of the header here")
        if template and not custom:
            raise UnfitError("has no effect without style: custom")
        return template


class DatasetsOptions(RuleOptions):
    """Every dataset comes with its source, its license and a card, and somebody has agreed to it."""

    paths: Globs = Field(Globs(), description="Files to treat as data, besides those recognized by themselves.")
    licenses: LicenseLists = Field(LicenseLists(), description="Which licenses data may have.")
    card: Literal["required", "optional"] = Field("required", description="Whether data needs a dataset card.")
    approvals: Approvals = Field(Approvals(permission="maintain"), description="Whose consent new data needs.")


class ModelsOptions(RuleOptions):
    """Every model comes with its license and a card, in a format that is safe to load."""

    paths: Globs = Field(Globs(), description="Files to treat as models, besides those recognized by themselves.")
    licenses: LicenseLists = Field(LicenseLists(), description="Which licenses models may have.")
    card: Literal["required", "optional"] = Field("required", description="Whether a model needs a model card.")
    unsafe_formats: Literal["deny", "allow"] = Field(
        "deny", description="Weights in formats that run code when they are loaded, such as pickle."
    )
    approvals: Approvals = Field(Approvals(count=0), description="Whose consent a new model needs.")


class DependencyException(Settings):
    """A package that is let through."""

    purl: Purl = Field(
        description="The package, as a package URL: `pkg:pypi/requests` in every version, `pkg:pypi/requests@2.32.5` "
        "in that one alone."
    )
    reason: Reason = Field(description="Why it is let through.")


class DependenciesOptions(RuleOptions):
    """What is added to the dependencies has a license that the project can live with, and no known vulnerability."""

    licenses: LicenseLists = Field(LicenseLists(), description="Which licenses dependencies may have.")
    unknown: Literal["deny", "warn", "allow"] = Field(
        "warn", description="What to do about a dependency whose license is not known."
    )
    exceptions: Annotated[tuple[DependencyException, ...], Field(max_length=MAX_ENTRIES)] = Field(
        (), description="Packages that are let through whatever their license and their known vulnerabilities."
    )


class AiAssistanceOptions(RuleOptions):
    """Contributions say whether they were made with the help of AI tools."""

    require: Literal["disclosure"] = Field("disclosure", description="What is asked of a contributor: to say so.")


class ProtectedOptions(RuleOptions):
    """Changes to certain files need somebody's consent."""

    paths: SomeGlobs = Field(
        SomeGlobs(["LICENSE", ".github/governance.yml"]), description="The files, as .gitignore spells them."
    )
    approvals: Approvals = Field(Approvals(permission="admin"), description="Whose consent a change to them needs.")
