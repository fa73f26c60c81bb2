# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is counted of webhooks. Labels come from short lists of our own, never from a request."""

from prometheus_client import Counter, Histogram

DELIVERIES = Counter(
    "steward_deliveries",
    "Webhook deliveries acknowledged, by event and by outcome: queued, unused or malformed.",
    ("event", "outcome"),
)
REFUSED = Counter("steward_deliveries_refused", "Webhook requests refused, by status.", ("status",))
SECONDS = Histogram(
    "steward_delivery_seconds",
    "From a whole request to its delivery on disk.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 8),
)
