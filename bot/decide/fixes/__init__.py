# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The button "Add headers" on the check: one commit where Steward may push, else one review with suggestions."""
