# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A report in words: the check run, the comment, and everything that keeps hostile text harmless in them."""
