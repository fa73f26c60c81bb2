# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Under which license well-known models and datasets are."""

import pytest

from rules.data import table
from rules.licensing.licenses import canonical
from rules.materials.terms.classes import RESTRICTIONS, classes_of
from rules.materials.terms.origins import origin_of


@pytest.mark.parametrize(
    ("named", "license_"),
    [
        ("meta-llama/Llama-2-7b-hf", "LicenseRef-HF-llama2"),
        ("meta-llama/Meta-Llama-3-8B", "LicenseRef-HF-llama3"),
        ("meta-llama/Meta-Llama-3.1-8B", "LicenseRef-HF-llama3.1"),
        ("meta-llama/Llama-3.2-1B", "LicenseRef-HF-llama3.2"),
        ("META-LLAMA/llama-3.3-70B-Instruct", "LicenseRef-HF-llama3.3"),
        ("https://huggingface.co/meta-llama/Llama-2-7b/tree/main", "LicenseRef-HF-llama2"),
        ("https://hf.co/datasets/tatsu-lab/alpaca", "CC-BY-NC-4.0"),
        ("google/gemma-2-9b-it", "LicenseRef-HF-gemma"),
        ("bigscience/bloomz-560m", "LicenseRef-HF-bigscience-bloom-rail-1.0"),
        ("CompVis/stable-diffusion-v1-4", "LicenseRef-HF-creativeml-openrail-m"),
        ("stabilityai/stable-diffusion-xl-base-1.0", "LicenseRef-HF-openrail-plus-plus"),
        ("rajpurkar/squad", "CC-BY-SA-4.0"),
        ("https://dumps.wikimedia.org/enwiki/latest/", "CC-BY-SA-4.0"),
        ("rajpurkar/squadron", None),
        ("somebody/Llama-2-7b-hf", None),
        ("none", None),
        ("", None),
    ],
)
def test_the_license_of_what_is_well_known(named: str, license_: str | None) -> None:
    assert origin_of(named) == license_


@pytest.mark.parametrize("row", table("terms")["origins"], ids=lambda row: row["ids"][0])
def test_only_licenses_that_restrict_are_worth_a_row(row: dict[str, str]) -> None:
    assert canonical(row["license"]) == row["license"]
    assert classes_of(row["license"]) & RESTRICTIONS
