# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Under which license well-known models and datasets are that others are made from."""

from functools import cache

from rules.data import table
from rules.materials.terms.license_names import plain_address

_HUB = ("huggingface.co/datasets/", "hf.co/datasets/", "huggingface.co/", "hf.co/")


def origin_of(named: str) -> str | None:
    """The license of what an id or an address names, if it is well known: the row with the longest entry counts."""
    id_ = bare(named)
    fits = [start for start in _starts() if id_ == start or (start.endswith("*") and id_.startswith(start[:-1]))]
    return _starts()[max(fits, key=len)] if fits else None


def bare(named: str) -> str:
    """An id as it is compared: of an address on Hugging Face, what names the repository there."""
    address = plain_address(named)
    hub = next((start for start in _HUB if address.startswith(start)), None)
    return address if hub is None else "/".join(address.removeprefix(hub).split("/")[:2])


@cache
def _starts() -> dict[str, str]:
    return {id_.lower(): row["license"] for row in table("terms")["origins"] for id_ in row["ids"]}
