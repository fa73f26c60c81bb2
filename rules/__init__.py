# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is right: the rules that a contribution is held to, as pure functions over a frozen snapshot.

Nothing in here touches a network, a database, a clock or a web framework.
"""
