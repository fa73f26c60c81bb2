# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A local git checkout judged by the same rules: the command steward check."""
