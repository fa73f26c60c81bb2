# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A simulated GitHub organization, for trying Steward without an account, and the story played in it."""
