# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Everything of Steward that touches the world, laid out in the order in which an event travels."""
