# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The report as JSON, interface version 1, for programs."""

import json
from collections.abc import Mapping
from typing import Any

from rules.finding import Report

Settings = Mapping[str, Mapping[str, Any]]


def render(report: Report, settings: Settings) -> str:
    """The report in a fixed order of keys. Where a rule's settings are given they stand beside its result, with their
    source.
    """
    shown = report.as_json()
    for result in shown["rules"]:
        if result["rule"] in settings:
            result |= {"settings": settings[result["rule"]], "settings_source": report.policy_source}
    return json.dumps(shown, indent=2) + "\n"
