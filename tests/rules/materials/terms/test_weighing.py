# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How licenses stand with lists and defaults."""

import pytest

from rules.licensing.allowed import Lists
from rules.licensing.spdx import parsed_in_file
from rules.materials.terms.license_files import Project
from rules.materials.terms.weighing import Scales, Verdict, Weighed

OPEN, CLOSED, UNTOLD = Project("LICENSE", "MIT", open=True), Project("LICENSE", "X", open=False), Project()
REFUSED, DOUBTED, PASSED = Verdict.REFUSED, Verdict.DOUBTED, Verdict.PASSED
NC = "CC-BY-NC-4.0"


def weigh(text: str, project: Project = OPEN, allow: tuple[str, ...] = (), deny: tuple[str, ...] = ()) -> Weighed:
    return Scales(Lists(allow, deny), project, "rules.datasets.licenses").weigh(parsed_in_file(text))


@pytest.mark.parametrize(
    ("license_", "open_", "closed"),
    [
        ("CC0-1.0", PASSED, PASSED),
        ("CC-BY-4.0", PASSED, PASSED),
        ("MIT", PASSED, PASSED),
        ("CC-BY-SA-4.0", PASSED, PASSED),
        ("C-UDA-1.0", DOUBTED, DOUBTED),
        ("LicenseRef-HF-llama3", DOUBTED, DOUBTED),
        ("BUSL-1.1", DOUBTED, DOUBTED),
        ("LicenseRef-Acme", DOUBTED, DOUBTED),
        (NC, REFUSED, DOUBTED),
        ("CC-BY-NC-SA-4.0", REFUSED, DOUBTED),
        ("CC-BY-ND-4.0", REFUSED, DOUBTED),
        ("LicenseRef-HF-h-research", REFUSED, DOUBTED),
        (f"{NC} OR MIT", PASSED, PASSED),
        (f"{NC} AND MIT", REFUSED, DOUBTED),
        (f"{NC} OR LicenseRef-HF-llama3", DOUBTED, DOUBTED),
        (f"(MIT OR {NC}) AND LicenseRef-Acme", DOUBTED, DOUBTED),
        ("Apache-2.0 WITH LLVM-exception", PASSED, PASSED),
    ],
)
def test_the_defaults(license_: str, open_: Verdict, closed: Verdict) -> None:
    assert weigh(license_).verdict is weigh(license_, UNTOLD).verdict is open_
    assert weigh(license_, CLOSED).verdict is closed


@pytest.mark.parametrize(
    ("license_", "allow", "deny", "verdict"),
    [
        ("MIT", ("MIT",), (), PASSED),
        ("MIT", ("CC0-1.0",), (), REFUSED),
        (NC, (NC,), (), PASSED),
        ("LicenseRef-HF-llama3", ("LicenseRef-HF-llama3",), (), PASSED),
        ("LicenseRef-Acme", ("MIT",), (), REFUSED),
        ("GPL-3.0-or-later", ("GPL-3.0-or-later",), (), PASSED),
        ("MIT", (), ("MIT",), REFUSED),
        (f"MIT OR {NC}", (NC,), (), PASSED),
        (f"MIT AND {NC}", (NC,), (), REFUSED),
        ("MIT OR CC0-1.0", (), ("MIT",), PASSED),
        ("GPL-2.0-or-later", ("GPL-3.0-only",), ("GPL-2.0-only",), PASSED),
    ],
)
def test_the_lists_go_before_the_defaults(
    license_: str, allow: tuple[str, ...], deny: tuple[str, ...], verdict: Verdict
) -> None:
    assert weigh(license_, allow=allow, deny=deny).verdict is verdict


@pytest.mark.parametrize(
    ("weighed", "reasons"),
    [
        (weigh("MIT"), ()),
        (weigh(NC), (f"{NC} forbids commercial use, which the defaults refuse in a project {OPEN.words}",)),
        (weigh(NC, CLOSED), (f"{NC} forbids commercial use, which the defaults let pass in a project {CLOSED.words}",)),
        (weigh("C-UDA-1.0"), ("C-UDA-1.0 only lets it be used for computing",)),
        (weigh("LicenseRef-Acme"), ("what LicenseRef-Acme means for data and weights is not known to Steward",)),
        (weigh("MIT", allow=("ISC",)), ("MIT is not among rules.datasets.licenses.allow",)),
        (weigh("MIT", deny=("MIT",)), ("MIT stands under rules.datasets.licenses.deny",)),
        (
            weigh("GPL-3.0-or-later", deny=("GPL-3.0-only",)),
            ("GPL-3.0-or-later stands under rules.datasets.licenses.deny as GPL-3.0-only",),
        ),
        (
            weigh("MIT OR ISC", allow=("0BSD",)),
            ("MIT is not among rules.datasets.licenses.allow", "ISC is not among rules.datasets.licenses.allow"),
        ),
        (weigh("MIT AND ISC", allow=("ISC",)), ("MIT is not among rules.datasets.licenses.allow",)),
    ],
)
def test_the_reasons_name_the_list_or_the_defaults(weighed: Weighed, reasons: tuple[str, ...]) -> None:
    assert weighed.reasons == reasons


@pytest.mark.parametrize(
    ("license_", "kept"),
    [
        ("CC-BY-SA-4.0", ("CC-BY-SA-4.0",)),
        ("CC-BY-SA-4.0 OR MIT", ()),
        ("CC-BY-SA-4.0 AND MIT", ("CC-BY-SA-4.0",)),
        ("CC-BY-SA-4.0 AND ODbL-1.0 AND CC-BY-SA-4.0", ("CC-BY-SA-4.0", "ODbL-1.0")),
        (f"CC-BY-SA-4.0 OR {NC}", ("CC-BY-SA-4.0",)),
        ("CC-BY-NC-SA-4.0", ("CC-BY-NC-SA-4.0",)),
        ("MIT", ()),
    ],
)
def test_what_asks_to_be_kept(license_: str, kept: tuple[str, ...]) -> None:
    assert weigh(license_).share_alike == kept


def test_to_be_allowed_takes_nothing_from_what_a_license_asks_for() -> None:
    assert weigh("CC-BY-SA-4.0", allow=("CC-BY-SA-4.0",)).share_alike == ("CC-BY-SA-4.0",)


@pytest.mark.parametrize(
    ("license_", "barred"),
    [("MIT", True), ("MIT AND ISC", True), (f"MIT OR {NC}", False), ("MIT OR ISC", False), (NC, False)],
)
def test_what_the_policy_denies_nothing_can_allow(license_: str, barred: bool) -> None:
    assert weigh(license_, deny=("MIT",)).barred is barred
