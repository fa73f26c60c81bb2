# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Holds branch coverage to its floors, room by room: `python -m tests.coverage_floors` after the tests have run."""

import io
import json
import sys
import tempfile
from pathlib import Path

from coverage import Coverage

FLOORS = {"rules/": 100.0, "bot/decide/": 95.0, "bot/": 90.0}
"""The least coverage of lines and branches together, in percent, of each room."""


def main() -> int:
    """Print what was measured of each room, and say 1 if one is too low."""
    measured = Coverage(config_file="pyproject.toml")
    measured.load()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "coverage.json"
        measured.json_report(outfile=str(path), ignore_errors=True)
        files = json.loads(path.read_text("utf-8"))["files"]
    low = [room for room, floor in FLOORS.items() if _told(room, floor, files) < floor]
    if low:
        detail = io.StringIO()
        measured.report(file=detail, skip_covered=True, show_missing=True)
        print(detail.getvalue())
    return 1 if low else 0


def _told(room: str, floor: float, files: dict[str, dict[str, dict[str, int]]]) -> float:
    summaries = [one["summary"] for path, one in files.items() if path.startswith(room)]
    total = sum(one["num_statements"] + one["num_branches"] for one in summaries)
    covered = sum(one["covered_lines"] + one["covered_branches"] for one in summaries)
    share = 100.0 * covered / total if total else 100.0
    print(f"coverage of {room:12} {share:6.2f} %  (at least {floor:g} %)")
    return share


if __name__ == "__main__":
    sys.exit(main())
