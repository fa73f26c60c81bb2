# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Commands in comments: found, held against who may, carried out once, answered once."""
