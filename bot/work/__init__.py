# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The durable queue: accept, claim, renew, settle, back off. It knows nothing of GitHub."""
