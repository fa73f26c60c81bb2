# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The settings of the DCO App, `.github/dco.yml`, as those of the rule dco, so that a move needs no new file.

The App passes over keys that it does not know, and so does this; what it knows has to be right.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rules.agreement_options import DcoExemptions, DcoOptions
from rules.policy_problems import PolicyError, problems_in_document, problems_in_text
from rules.settings import Flag
from rules.yaml_guard import YamlError, load

_BOTS = "*[bot]"  # the App passes over every commit of a bot; here something must prove that it is the bot's


class _Mapping(BaseModel):
    """A mapping that may hold keys of no meaning here."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _Remediation(_Mapping):
    """Which later commits may make up for a missing sign-off. The App asks for the first before the second."""

    individual: Flag = False
    third_party: Flag = Field(False, alias="thirdParty")


class _Require(_Mapping):
    """Whether members of the organization have to sign off too."""

    members: Flag = True


class _DcoFile(_Mapping):
    """All that counts. What dco2 added, `allowOverrideAction`, belongs to a button that is not here."""

    remediation: _Remediation = Field(_Remediation(), alias="allowRemediationCommits")
    require: _Require = _Require()


def options_from(text: str, source: str) -> DcoOptions:
    """Read such a file; `source` names it in what is said about it. Raises PolicyError with everything that is wrong.

    A file without a value stands for all defaults.
    """
    return _options(_DcoFile() if _is_blank(text) else _read(text, source))


def _read(text: str, source: str) -> _DcoFile:
    try:
        document = load(text)
    except YamlError as error:
        raise PolicyError(tuple(problems_in_text([error.problem], source))) from None
    details: list[Any] = []
    try:
        file = _DcoFile.model_validate(document.value)
    except ValidationError as error:
        details = list(error.errors(include_url=False))
    if details or document.problems:
        raise PolicyError(tuple(problems_in_document(document, details, _DcoFile.model_json_schema(), source)))
    return file


def _is_blank(text: str) -> bool:
    lines = (line.strip() for line in text.removeprefix("\ufeff").splitlines())
    return all(not line or line.startswith("#") for line in lines)


def _options(file: _DcoFile) -> DcoOptions:
    ways = ("individual", "third-party") if file.remediation.third_party else ("individual",)
    return DcoOptions(
        remediation=ways if file.remediation.individual else (),
        exempt=DcoExemptions.model_validate({"users": [_BOTS], "members": not file.require.members}),
    )
