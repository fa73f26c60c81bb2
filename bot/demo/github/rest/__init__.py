# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""GitHub's REST API, by area, as Flask blueprints."""
