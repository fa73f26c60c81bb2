# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What machines ask of Steward: is it alive, is it ready, what does it count."""

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import structlog
from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Engine, update
from sqlalchemy.exc import SQLAlchemyError

from bot.store.database import StoreUnavailable, writing
from bot.store.migrations import is_current
from bot.store.tables import work
from bot.web.parts import Parts
from bot.work.queue import Queue

# Seconds that something may wait before the queue counts as held up. GitHub's outages show here.
HELD_UP = 300

_log = structlog.get_logger()


def health(parts: Parts) -> Blueprint:
    """The blueprint with `/healthz`, `/readyz` and `/metrics`."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    def alive() -> Response:
        return jsonify(status="alive")

    @blueprint.get("/readyz")
    def ready() -> tuple[Response, int]:
        found = readiness(parts)
        return jsonify(found), 200 if found["ready"] else 503

    @blueprint.get("/metrics")
    def metrics() -> Response:
        return Response(_counted() + _queued(parts.queue), content_type=CONTENT_TYPE_LATEST)

    return blueprint


def readiness(parts: Parts) -> dict[str, Any]:
    """Whether webhooks can be taken in; a queue that is held up is told as `degraded`, and is no reason to stop."""
    try:
        if not is_current(parts.engine):
            return {"ready": False, "database": "its schema is not of this version: run steward migrate"}
        _try_to_write(parts.engine)
        depth = parts.queue.depth()
    except (StoreUnavailable, SQLAlchemyError) as error:
        _log.error("not ready", error=str(error))
        return {"ready": False, "database": "cannot be reached or written"}
    degraded = depth.parked > 0 or depth.oldest > HELD_UP
    return {"ready": True, "database": "ok", "degraded": degraded, "queue": asdict(depth)}


def _try_to_write(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(update(work).where(work.c.key == "").values(due=None))


def _counted() -> bytes:
    """What all processes of this machine counted, or this one alone where they do not share their figures."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def _queued(queue: Queue) -> bytes:
    registry = CollectorRegistry()
    registry.register(_QueueGauges(queue))
    return generate_latest(registry)


@dataclass(frozen=True)
class _QueueGauges(Collector):
    """The queue's figures, asked of the database at each scrape: right for any number of processes."""

    queue: Queue

    def collect(self) -> Iterator[Metric]:
        try:
            depth = self.queue.depth()
        except (StoreUnavailable, SQLAlchemyError):
            yield GaugeMetricFamily("steward_database_up", "Whether the database answers.", value=0)
            return
        yield GaugeMetricFamily("steward_database_up", "Whether the database answers.", value=1)
        yield GaugeMetricFamily("steward_queue_waiting", "Keys that wait or are in work.", value=depth.waiting)
        yield GaugeMetricFamily("steward_queue_parked", "Keys given up after failures.", value=depth.parked)
        yield GaugeMetricFamily("steward_queue_oldest_seconds", "Age of the oldest wish.", value=depth.oldest)
