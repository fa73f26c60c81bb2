# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Tables that people edit without reading code."""

import tomllib
from pathlib import Path
from typing import Any


def table(name: str) -> dict[str, Any]:
    """The table in the file `name`.toml beside this one."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))
