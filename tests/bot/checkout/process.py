# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward check` as a process of its own, as hooks, pipes and terminals see it."""

from bot.checkout.command import check

if __name__ == "__main__":
    check()
