# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What should stand on GitHub is held against what stands there, and the difference is written."""
