# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Tests of the demo and of the simulated GitHub under it."""
