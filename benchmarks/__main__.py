# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Run the benchmarks and print one table; the exit status is 1 where a bound is missed."""

import importlib
import pkgutil
import sys
from collections.abc import Iterable

import benchmarks
from benchmarks import Row


def main(names: list[str]) -> int:
    rows: list[Row] = []
    for name in names or _all():
        module = importlib.import_module(f"benchmarks.{name}")
        if hasattr(module, "run"):
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
            rows += module.run()
    print(table(rows))
    return 0 if all(row.met for row in rows) else 1


def table(rows: Iterable[Row]) -> str:
    lines = ["| what | bound | measured | met |", "| --- | --- | --- | --- |"]
    lines += [f"| {row.what} | {row.bound} | {row.measured} | {'yes' if row.met else 'NO'} |" for row in rows]
    return "\n".join(lines)


def _all() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name != "__main__")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
