# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Descriptions of APIs and formats by those who made them, from the packages in which they are published.

They are fetched with npm into a cache outside the repository; where that cannot be done, the test is skipped.
"""

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

import pytest

CACHE = Path(tempfile.gettempdir()) / "published-github-descriptions"


def published(package: str, member: str) -> Path:
    """A file of an npm package, unpacked. Skips the test if npm cannot get it."""
    folder = CACHE / package.replace("/", "-").replace("@", "")
    wanted = folder / "package" / member
    if not wanted.exists():
        if shutil.which("npm") is None:
            pytest.skip("npm is not installed, so what it publishes cannot be fetched")
        folder.mkdir(parents=True, exist_ok=True)
        _fetch(package, member, folder)
    return wanted


def _fetch(package: str, member: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as packed:
        command = ["npm", "pack", "--silent", "--pack-destination", packed, package]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
        archives = list(Path(packed).glob("*.tgz"))
        if done.returncode != 0 or not archives:
            pytest.skip(f"npm could not fetch {package}: {done.stderr.strip()[:200]}")
        with tarfile.open(archives[0]) as archive:
            archive.extract(f"package/{member}", folder, filter="data")
