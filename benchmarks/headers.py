# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The header scan of trees of 5,000 files: `steward check --all`, the whole command, beside other tools.

The trees are made for the purpose: source files of some 10 kB in five languages, committed and packed as a clone would
have them. In one all files have SPDX headers, in one a REUSE.toml speaks for them all, in one every tenth file has
nothing. Each tool has to come to the right verdict. Wall time, the middle of three runs for Steward, one run for each
of the others.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

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


REUSE_TOML = """\
version = 1

[[annotations]]
path = "**"
SPDX-FileCopyrightText = "The Example Authors"
SPDX-License-Identifier = "Apache-2.0"
"""


@dataclass(frozen=True)
class Tree:
    """A tree to scan: every how many files one has no header, whether a REUSE.toml speaks for all, and the verdict."""

    name: str
    bare: int
    reuse_toml: bool
    verdict: int


@dataclass(frozen=True)
class Tool:
    """Something to measure against, on which trees, how many times as fast Steward must be, and how to come by it."""

    command: tuple[str, ...]
    trees: tuple[str, ...]
    times: int
    install: str


TREES = (
    Tree("all with headers", bare=FILES + 1, reuse_toml=False, verdict=0),
    Tree("all by a REUSE.toml", bare=1, reuse_toml=True, verdict=0),
    Tree("every tenth without a header", bare=10, reuse_toml=False, verdict=1),
)
TOOLS = (
    Tool(("reuse", "lint", "--quiet"), tuple(tree.name for tree in TREES), 5, "pipx install reuse"),
    # It lists what it finds and gives no verdict; of REUSE.toml it knows nothing.
    Tool(("licensecheck", "--recursive", "--deb-machine", "."), (TREES[0].name,), 100, "apt install licensecheck"),
)


def run() -> list[Row]:
    return [row for tree in TREES for row in scanned(tree)]


def scanned(tree: Tree) -> list[Row]:
    command = (str(Path(sys.executable).with_name("steward")), "check", "--all")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        plant(folder, tree)
        steward = median(seconds(command, folder, tree.verdict) for _ in range(3))
        return [compared(tool, steward, folder, tree) for tool in TOOLS if tree.name in tool.trees]


def compared(tool: Tool, steward: float, folder: Path, tree: Tree) -> Row:
    what = f"header scan of {FILES:,} files, {tree.name}, beside {tool.command[0]}"
    if shutil.which(tool.command[0]) is None:
        return Row(what, "not compared", f"{steward:.2f} s alone; to compare: {tool.install}", met=True)
    other = seconds(tool.command, folder, tree.verdict)
    measured = f"{other / steward:.1f} times ({steward:.2f} s against {other:.1f} s)"
    return Row(what, f"{tool.times} times as fast", measured, met=other >= tool.times * steward)


def seconds(command: tuple[str, ...], folder: Path, verdict: int) -> float:
    """How long a command takes. A verdict that is wrong is worth nothing, however fast."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, check=False, stdout=subprocess.DEVNULL)
    taken = time.perf_counter() - start
    if done.returncode != verdict:
        raise RuntimeError(f"{command[0]} ended with {done.returncode} instead of {verdict}")
    return taken


def plant(folder: Path, tree: Tree) -> None:
    """Fill an empty folder with the tree, as a git repository."""
    for number in range(FILES):
        kind = list(COMMENTS)[number % len(COMMENTS)]
        tags = TAGS if (number + 1) % tree.bare else ()
        write(folder / f"part{number % 50}" / f"module{number}.{kind}", source(number, tags, *COMMENTS[kind]))
    write(folder / ".github" / "governance.yml", POLICY)
    write(folder / "LICENSES" / "Apache-2.0.txt", LICENSE.read_text("utf-8"))
    if tree.reuse_toml:
        write(folder / "REUSE.toml", REUSE_TOML)
    person = ("-c", "user.name=Example", "-c", "user.email=example@example.com")
    for command in (
        ("init", "-q"),
        ("add", "."),
        (*person, "commit", "-q", "-m", "A tree"),
        ("repack", "-a", "-d", "-q"),
    ):
        subprocess.run(("git", *command), cwd=folder, check=True)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def source(number: int, tags: Iterable[str], before: str, after: str) -> str:
    """A file of some 10 kB: the tags, each in a comment of its own, and lines of what may pass for code."""
    return (
        "".join(f"{before} {tag}{after}\n" for tag in tags)
        + "".join(f"\nvalue_{number}_{line} = compute({number * line}, scale={line})" for line in range(220))
        + "\n"
    )
