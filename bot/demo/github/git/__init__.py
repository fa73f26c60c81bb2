# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Real git repositories behind the simulated GitHub, read and written through the git command."""
