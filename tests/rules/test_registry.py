# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import subprocess
import sys

from rules.policy import Rules
from rules.registry import built_rules, find_rule


def test_rules_come_in_the_order_of_the_policy_under_their_own_names() -> None:
    names = [rule.name for rule in built_rules()]
    keys = [field.alias or name for name, field in Rules.model_fields.items()]

    assert names == sorted(names, key=keys.index)
    assert [find_rule(name) for name in names] == list(built_rules())


def test_what_is_not_built_is_not_found() -> None:
    assert find_rule("nothing") is None
    assert find_rule("headers.py") is None


def test_a_rule_is_loaded_when_it_is_asked_for() -> None:
    script = "import sys; from rules.registry import find_rule; find_rule('headers'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()

    assert "rules.headers" in loaded
    assert "rules.cla" not in loaded
