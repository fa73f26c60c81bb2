# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a file says of its license, where it belongs, and how it is written; and what license expressions mean."""
