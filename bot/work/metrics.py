# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What this process counts of its runs. How much waits is asked of the database instead (`Queue.depth`)."""

from prometheus_client import Counter, Histogram

RUNS = Counter("steward_runs", "Runs of the worker by how they ended.", ["outcome"])
RUN_SECONDS = Histogram(
    "steward_run_seconds",
    "How long a run of the worker took.",
    buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300),
)
