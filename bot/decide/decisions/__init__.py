# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What maintainers decided, held against the head, the policy and their rights of this moment."""
