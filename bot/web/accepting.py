# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How a web process takes connections: one that has nothing to do goes first.

Web processes share one listening socket, and the system wakes them in no fair order: connections that come together,
and stay, can all end up with the process that woke first, while the others have nothing to do.
"""

import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

HEAD_START = 0.001  # seconds; an idle process needs far less to wake and accept


class PoliteWorker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """gunicorn's worker with threads, but while it has requests to answer it lets another take a connection first."""

    def accept(self, listener: Any) -> None:
        """Called by gunicorn when somebody wants to connect."""
        if self.nr_conns > len(self.keepalived_conns):
            time.sleep(HEAD_START)
        super().accept(listener)
