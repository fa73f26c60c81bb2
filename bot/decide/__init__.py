# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Policy, facts and rules become a report, and the report becomes words."""
