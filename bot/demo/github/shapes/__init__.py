# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How GitHub words its state in JSON, for REST answers and webhook payloads."""
