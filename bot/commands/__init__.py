# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the subcommands of `steward` do, a file for each that has no room of its own."""
