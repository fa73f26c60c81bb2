# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Snapshots and reports as bytes for the store, and back."""

import json
import zlib
from dataclasses import dataclass
from typing import Any

from pydantic import ConfigDict, TypeAdapter

from bot.github.wanted import Place
from rules.change import Change, Need
from rules.finding import Conclusion, Report, RuleResult


@dataclass(frozen=True)
class Kept:
    """A contribution as it was read, which parts of it were asked for, and where files were looked for beside it.

    `unlined` are the paths of the files whose new lines were asked for and are not shown.
    """

    __pydantic_config__ = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    needs: frozenset[Need]
    beside: frozenset[Place]
    change: Change
    unlined: frozenset[str] = frozenset()


_KEPT = TypeAdapter(Kept)
_RESULTS = TypeAdapter(tuple[RuleResult, ...])


def pack_change(kept: Kept) -> bytes:
    """A snapshot as compressed JSON."""
    return zlib.compress(_KEPT.dump_json(kept))


def unpack_change(body: bytes) -> Kept | None:
    """A snapshot from its bytes; None if an earlier Steward wrote it in another form."""
    try:
        return _KEPT.validate_json(zlib.decompress(body))
    except ValueError:
        return None


def pack_report(report: Report) -> bytes:
    """A report in interface version 1, as pages and the JSON API show it."""
    return json.dumps(report.as_json()).encode()


def unpack_report(body: bytes) -> Report:
    """A report from its bytes."""
    written: dict[str, Any] = json.loads(body)
    subject, policy = written["subject"], written["policy"]
    return Report(
        repository=subject["repository"],
        number=subject["pull"],
        base=subject["base"],
        head=subject["head"],
        policy_source=policy["source"],
        enforcement=policy["enforcement"],
        conclusion=Conclusion(written["conclusion"]),
        rules=_RESULTS.validate_python(written["rules"]),
        notes=tuple(written["notes"]),
    )
