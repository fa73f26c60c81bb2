# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The header scan of a tree of 5,000 files: `steward check --all`, the whole command, beside other tools.

The tree is made for the purpose: source files of some 10 kB in five languages, all with SPDX headers, committed and
packed as a clone would have them. Wall time, the best of three runs for Steward, one run for each of the others.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import Row

FILES = 5_000
LICENSE = Path(__file__).parent.parent / "LICENSE"
POLICY = """\
# SPDX-FileCopyrightText: The Example Authors
# SPDX-License-Identifier: Apache-2.0

version: 1
rules:
  headers: {level: error, license: Apache-2.0}
"""
COMMENTS = {"py": ("#", ""), "js": ("//", ""), "c": ("/*", " */"), "go": ("//", ""), "sh": ("#", "")}
TAGS = ("SPDX-FileCopyrightText: The Example Authors", "SPDX-License-Identifier: Apache-2.0")


@dataclass(frozen=True)
class Tool:
    """Something to measure against, how many times as fast Steward must be, and how to come by it."""

    command: tuple[str, ...]
    times: int
    install: str


TOOLS = (
    Tool(("reuse", "lint", "--quiet"), 5, "pipx install reuse"),
    Tool(("licensecheck", "--recursive", "--deb-machine", "."), 100, "apt install licensecheck"),
)


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        plant(tree)
        steward = min(
            seconds((str(Path(sys.executable).with_name("steward")), "check", "--all"), tree) for _ in range(3)
        )
        return [compared(tool, steward, tree) for tool in TOOLS]


def compared(tool: Tool, steward: float, tree: Path) -> Row:
    what = f"header scan of {FILES:,} files, beside {tool.command[0]}"
    if shutil.which(tool.command[0]) is None:
        return Row(what, "not compared", f"{steward:.2f} s alone; to compare: {tool.install}", met=True)
    other = seconds(tool.command, tree)
    measured = f"{other / steward:.1f} times ({steward:.2f} s against {other:.1f} s)"
    return Row(what, f"{tool.times} times as fast", measured, met=other >= tool.times * steward)


def seconds(command: tuple[str, ...], tree: Path) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=tree, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def plant(tree: Path) -> None:
    """Fill an empty folder with the tree, as a git repository."""
    for number in range(FILES):
        kind = list(COMMENTS)[number % len(COMMENTS)]
        write(tree / f"part{number % 50}" / f"module{number}.{kind}", source(number, *COMMENTS[kind]))
    write(tree / ".github" / "governance.yml", POLICY)
    write(tree / "LICENSES" / "Apache-2.0.txt", LICENSE.read_text("utf-8"))
    person = ("-c", "user.name=Example", "-c", "user.email=example@example.com")
    for command in (
        ("init", "-q"),
        ("add", "."),
        (*person, "commit", "-q", "-m", "A tree"),
        ("repack", "-a", "-d", "-q"),
    ):
        subprocess.run(("git", *command), cwd=tree, check=True)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def source(number: int, before: str, after: str) -> str:
    """A file of some 10 kB: the two tags, each in a comment of its own, and lines of what may pass for code."""
    tags = "".join(f"{before} {tag}{after}\n" for tag in TAGS)
    return (
        tags
        + "".join(f"\nvalue_{number}_{line} = compute({number * line}, scale={line})" for line in range(220))
        + "\n"
    )
