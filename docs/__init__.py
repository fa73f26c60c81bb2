# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The documentation, and the code that writes those of its pages that are drawn from the program itself."""
