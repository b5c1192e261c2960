"""Figures for whoever watches the machine: Prometheus text at /metrics, for those who hold the token.

Several web processes share their counts through files in `BIHUAN_DATA/metrics`, which `serve` empties at start.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily

from bihuan.record.models import Event, Job, Seal, WorkerSeen
from bihuan.record.replica import LATE, configured, look

#: seconds; the targets of the lists are in the middle
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
requests = Counter("bihuan_requests_total", "Answers", ("method", "route", "status"))
seconds = Histogram("bihuan_request_seconds", "Time to answer", ("method", "route"), buckets=BUCKETS)
#: methods are a closed list here: whatever else is sent must not become a label
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def answered(method: str, route: str, status: int, taken: float) -> None:
    method = method if method in METHODS else "-"
    requests.labels(method, route, str(status)).inc()
    seconds.labels(method, route).observe(taken)


class State:
    """What the database knows at this moment."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def collect(self) -> Iterator[GaugeMetricFamily]:
        jobs = GaugeMetricFamily("bihuan_jobs", "Background work by state", labels=["state"])
        for state in (Job.State.WAITING, Job.State.RUNNING, Job.State.DEAD):
            jobs.add_metric([state], Job.objects.in_states([state]).count())
        yield jobs
        oldest = Job.objects.waiting(self.at).values_list("run_at", flat=True).first()
        yield _one("bihuan_oldest_job_seconds", "How long the oldest due work waits", self._age(oldest))
        alive = WorkerSeen.objects.filter(seen_at__gte=self.at - settings.SILENT_AFTER).count()
        yield _one("bihuan_workers", "Workers seen lately", alive)
        last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        seal = Seal.objects.order_by("-number").first()
        yield _one("bihuan_events", "Place of the last event", last)
        yield _one(
            "bihuan_unsealed_events", "Events since the last seal", last - (seal.last_id if seal else 0)
        )
        yield _one("bihuan_seal_age_seconds", "Age of the last seal", self._age(seal and seal.sealed_at))

        if configured():
            now = look(wait=0)
            yield _one("bihuan_replica_up", "1 where the replica follows", now.fault in ("", LATE))
            yield _one("bihuan_replica_behind_bytes", "What the replica has not replayed", now.behind)

    def _age(self, since: datetime | None) -> float:
        return (self.at - since).total_seconds() if since else 0.0


def _one(name: str, words: str, value: float) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, words)
    family.add_metric([], value)
    return family


def text(at: datetime) -> bytes:
    """All figures in Prometheus' text form."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.MultiProcessCollector(registry)
    else:
        registry.register(requests)
        registry.register(seconds)
    registry.register(State(at))  # type: ignore[arg-type]
    return bytes(generate_latest(registry))
