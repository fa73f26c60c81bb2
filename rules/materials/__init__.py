# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What comes into a project and is no code, data and models: found, described by cards, and held to its terms."""
