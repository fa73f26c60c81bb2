# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`python -m bot` is `steward`."""

from bot.cli import main

main(prog_name="steward")
