# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The settings of the rules on agreements, `cla` and `dco`, as the policy spells them."""

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from rules.patterns import MAX_ENTRIES, Logins, UnfitError
from rules.settings import (
    Count,
    DocumentPath,
    Duration,
    Email,
    FieldName,
    Flag,
    Line,
    MajorMinor,
    RuleOptions,
    Settings,
    Teams,
    may_be_absent,
)


class SmallChange(Settings):
    """The size up to which a change needs no signature; both must hold."""

    max_files: Count = Field(0, description="Files changed, at most.")
    max_lines: Count = Field(0, description="Lines added and removed, at most.")


class SigningField(Settings):
    """Something that a person is asked for when signing."""

    name: FieldName = Field(description="The name under which the answer is kept.")
    label: Line = Field(description="The words beside the field.")
    required: Flag = Field(False, description="Whether nobody can sign without an answer.")


class Corporate(Settings):
    """The agreement that a company signs for its people. Empty: there is none."""

    document: DocumentPath | None = Field(
        None, description="The agreement's text, as with `document`.", json_schema_extra=may_be_absent
    )
    version: MajorMinor = Field("1.0", description="The agreement's version, as with `version`.")


class ClaExemptions(Settings):
    """Who need not sign."""

    users: Logins = Field(Logins(["dependabot[bot]"]), description="Accounts by login; `*` stands for any characters.")
    teams: Teams = Field((), description="Teams of this organization.")
    members: Flag = Field(False, description="Whether all members of the organization are exempt.")
    agents: Annotated[tuple[Email, ...], Field(max_length=MAX_ENTRIES)] = Field(
        ("noreply@anthropic.com",),
        description="E-mail addresses of coding tools. A co-author trailer with one of them is passed over; it never "
        "exempts a commit's author or whoever opened the pull request. The rule `ai-assistance` takes them for tools, "
        "whether `cla` is on or off.",
    )


class ClaOptions(RuleOptions):
    """Everyone behind a contribution has signed the contributor license agreement."""

    document: DocumentPath = Field(
        "CLA.md",
        description="The agreement's text: a path in this repository, or `owner/repository:path` for one of the same "
        "owner's public repositories.",
    )
    version: MajorMinor = Field(
        "1.0",
        description="The agreement's version. A new number before the dot asks everyone to sign again, one after it "
        "nobody.",
    )
    grace: Duration = Field(
        "",
        description="How long older signatures still count after such a new version, such as `14d`. Empty: not at all.",
    )
    sign: Annotated[tuple[Literal["web", "comment"], ...], Field(min_length=1, max_length=2)] = Field(
        ("web", "comment"), description="Where people may sign: on Steward's page, by a comment."
    )
    covers: Annotated[
        tuple[Literal["opener", "authors", "co-authors", "committers"], ...], Field(min_length=1, max_length=4)
    ] = Field(
        ("opener", "authors", "co-authors"),
        description="Whose signature a contribution needs. Whoever opened the pull request always counts.",
    )
    opener_must_be_author: Flag = Field(
        False, description="Whether whoever opens a pull request must have written a commit of it."
    )
    merge_commits: Flag = Field(False, description="Whether the people behind merge commits are asked too.")
    small_change: SmallChange = Field(
        SmallChange(), description="A change that is at or below both numbers needs no signature."
    )
    fields: Annotated[tuple[SigningField, ...], Field(max_length=20)] = Field(
        (), description="What the signing page asks for besides consent."
    )
    record_ip: Flag = Field(False, description="Whether the address that a person signs from is kept.")
    corporate: Corporate = Field(Corporate(), description="The agreement for companies, if there is one.")
    exempt: ClaExemptions = Field(ClaExemptions(), description="Who need not sign.")

    @field_validator("fields")
    @classmethod
    def _can_be_answered(cls, fields: tuple[SigningField, ...], info: ValidationInfo) -> tuple[SigningField, ...]:
        asked = next((field.name for field in fields if field.required), None)
        if asked and "web" not in info.data.get("sign", ("web",)):
            raise UnfitError(f"asks for {asked}, which a comment cannot answer: add web to sign, or do not require it")
        return fields

    @field_validator("fields")
    @classmethod
    def _names_differ(cls, fields: tuple[SigningField, ...]) -> tuple[SigningField, ...]:
        names = [field.name for field in fields]
        for name in names:
            if names.count(name) > 1:
                raise UnfitError(f"should give every field a name of its own; two are called {name}")
        return fields


class DcoExemptions(Settings):
    """Whose commits need no sign-off."""

    users: Logins = Field(Logins(), description="Accounts by login; `*` stands for any characters.")
    members: Flag = Field(False, description="Whether all members of the organization are exempt.")


class DcoOptions(RuleOptions):
    """Every commit carries a sign-off (the Developer Certificate of Origin, https://developercertificate.org)."""

    match: Literal["full", "email", "account"] = Field(
        "full",
        description="How the sign-off must fit the commit's author: `full`, name and e-mail are the same; `email`, the "
        "e-mail is; `account`, both belong to one GitHub account.",
    )
    remediation: Annotated[tuple[Literal["individual", "third-party"], ...], Field(max_length=2)] = Field(
        ("individual", "third-party"),
        description="Which later commits may make up for a missing sign-off: the author's own, somebody else's.",
    )
    merge_commits: Flag = Field(False, description="Whether merge commits need a sign-off.")
    exempt: DcoExemptions = Field(DcoExemptions(), description="Whose commits need no sign-off.")
