# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The buttons on the check, "Add headers" and "Add a card": one commit where Steward may push, else one review."""
