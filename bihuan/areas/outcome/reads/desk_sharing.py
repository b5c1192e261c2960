"""On the desk of the office because of visits of the upper level and of experience: what it answers and decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from bihuan.areas.outcome import words
from bihuan.kernel.actor import Actor
from bihuan.registry.lines import DeskLine

from .checking import waiting_verdicts
from .experience import to_decide


def sharing_rows(actor: Actor) -> list[QuerySet]:
    return [waiting_verdicts(actor), to_decide(actor)]


def sharing_lines(actor: Actor, at: datetime) -> Iterator[DeskLine]:
    for row in waiting_verdicts(actor).select_related("visit", "problem").order_by("pk"):
        text = words.found_false(row.visit.body, row.problem.number)
        yield DeskLine(
            words.SETTLE_IT, text, reverse("outcome:check-settle", args=[row.visit_id, row.problem.number])
        )
    for one in to_decide(actor).select_related("unit").order_by("pk"):
        yield DeskLine(
            words.APPROVE_IT,
            words.waits_sharing(one.unit.shown),
            reverse("outcome:experience", args=[one.pk]),
        )
