# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a commit by Steward can hold, and why something is left out of it, as the end of a sentence."""

MOST_FILES = 100
"""Files of one commit."""
MOST_BYTES = 5 * 1024 * 1024
"""Bytes of one commit, all its files together."""

TOO_MANY = f"a commit by Steward has at most {MOST_FILES} files and {MOST_BYTES // 1024 // 1024} MiB"
EXECUTABLE = "it may be run, and a commit by an App would take that away"
TOO_LARGE = "it is larger than 1 MiB, which Steward does not download"
NOT_AS_JUDGED = "it is not what was judged"
