# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Reports to be written in every form: one with something of everything, and one with nothing."""

from rules.change import Person
from rules.finding import Conclusion, Finding, Level, Report, RuleConclusion, RuleResult, Table

BASE, HEAD = "b" * 40, "f" * 40
SOURCE = f".github/governance.yml@{BASE}"
HEADER = "Put this at line 1:\n# SPDX-License-Identifier: Apache-2.0\n\n# 100 %, really"
MISSING = "No license header was found; Apache-2.0 was expected."
HOSTILE = "src/\x1b[31m,evil: name\n::error::\u202e.py"

FULL = Report(
    repository="acme/widgets",
    number=None,
    base=BASE,
    head=HEAD,
    policy_source=SOURCE,
    enforcement="enforce",
    conclusion=Conclusion.FAILURE,
    rules=(
        RuleResult("cla", Level.ERROR, RuleConclusion.SKIPPED, "Signatures are not known here."),
        RuleResult(
            "dco",
            Level.ERROR,
            RuleConclusion.ACTION_REQUIRED,
            "1 commit has no sign-off",
            (
                Finding(
                    "dco-missing",
                    "This commit has no sign-off.",
                    commit="c" * 40,
                    person=Person(id=7, login="ada", name="Ada Author", email="ada@example.com"),
                ),
            ),
            table=Table(("Commit", "Result"), (("cccccccccc", "no sign-off"), ("\x1b[31mdddd", "merge"))),
        ),
        RuleResult(
            "headers",
            Level.ERROR,
            RuleConclusion.FAILURE,
            "3 of 5 files lack the license header",
            (
                Finding("header-missing", MISSING, path="src/a.py", line=1, fix=HEADER),
                Finding("header-other-license", "Line 3 names [MIT](1).", path="src/b.py", line=3),
                Finding("header-missing", MISSING, path=HOSTILE, line=1, fix=HEADER),
            ),
            ("2 files have no known comment style",),
        ),
        RuleResult(
            "datasets",
            Level.WARNING,
            RuleConclusion.WARNING,
            "1 dataset has no card",
            (Finding("dataset-no-card", "No card.", path="data/train.csv", subject="train\x1b"),),
        ),
        RuleResult(
            "models",
            Level.ERROR,
            RuleConclusion.SUCCESS,
            "All models may be used",
            (Finding("model-needs-approval", "Somebody must approve.", path="model.bin"),),
        ),
    ),
    notes=("These settings have no effect yet: votes.",),
)
EMPTY = Report(None, None, BASE, HEAD, "policy.yml", "advise", Conclusion.NEUTRAL)
