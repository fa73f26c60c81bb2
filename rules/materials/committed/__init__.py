# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is committed: files by their names, sizes, places and first bytes, and together as datasets and models."""
