# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward signatures`: bring the record of who signed what in and out, and change it."""
