"""后台正在办: what this person asked for, how far it is, and what can be fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse

from bihuan.kernel.actor import Actor
from bihuan.record.models import Job
from bihuan.registry import shelf

MOST = 5
_FRESH = timedelta(hours=24)
_TONES = {"done": "good", "dead": "late"}


@dataclass(frozen=True, slots=True)
class Work:
    """A job as `ui/parts/job.html` shows it; `poll_url` replaces the part while it runs."""

    label: str
    done: int
    total: int
    message: str
    running: bool
    state_word: str
    tone: str
    result_url: str
    result_label: str
    poll_url: str


def own_work(actor: Actor, at: datetime) -> list[Work]:
    """Unfinished jobs first, then those that ended within a day. One query."""
    kinds = {kind.code: kind.label for kind in shelf.jobs().values() if kind.show}
    fresh = Q(state__in=("waiting", "running")) | Q(finished_on__gt=at - _FRESH)
    jobs = Job.objects.asked_by(actor.person_id).filter(fresh, kind__in=kinds).order_by("-id")[:MOST]
    return [_shown(job, kinds[job.kind]) for job in sorted(jobs, key=lambda job: job.is_finished)]


def _shown(job: Job, label: str) -> Work:
    url = job.result.get("url", "") if job.is_finished else ""
    ours = url.startswith("/") and not url.startswith("//")
    return Work(
        label=label,
        done=job.done_steps,
        total=job.total_steps,
        message=job.message,
        running=not job.is_finished,
        state_word=job.get_state_display(),
        tone=_TONES.get(job.state, "calm"),
        result_url=url if ours else "",
        result_label=job.result.get("label", ""),
        poll_url=reverse("record:progress", args=[job.pk]),
    )
