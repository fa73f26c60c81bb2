# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Under which license data and weights are, what that means, and how it stands with the policy."""
