"""The words of memory."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import day_start


class EventQuery(models.QuerySet):
    def of(self, stream: str) -> EventQuery:
        """The thread of one thing, oldest first."""
        return self.filter(stream=stream).order_by("seq")

    def since(self, moment: datetime) -> EventQuery:
        return self.filter(recorded_at__gt=moment)

    def in_units(self, unit_ids: set[int] | None) -> EventQuery:
        """Events of these units; None means all, those that belong to no unit included."""
        return self if unit_ids is None else self.filter(unit_id__in=unit_ids)

    def of_kinds(self, kinds: Iterable[str]) -> EventQuery:
        return self.filter(kind__in=tuple(kinds))

    def by_person(self, person_ids: Iterable[Any]) -> EventQuery:
        return self.filter(by_id__in=_ids(person_ids))

    def of_units(self, unit_ids: Iterable[Any]) -> EventQuery:
        return self.filter(unit_id__in=_ids(unit_ids))

    def in_stream(self, stream: str) -> EventQuery:
        return self.filter(stream=stream)

    def recorded_in(self, span: Any) -> EventQuery:
        """Recorded on days from `span.start` to `span.end`, both included, either open."""
        rows = self if span.start is None else self.filter(recorded_at__gte=day_start(span.start))
        if span.end is None:
            return rows
        return rows.filter(recorded_at__lt=day_start(span.end + timedelta(days=1)))


def _ids(values: Iterable[Any]) -> list[int]:
    """Ids as an address brings them; what is none finds nothing."""
    return [int(value) for value in values if str(value).isdecimal() and len(str(value)) < 19]


class JobQuery(models.QuerySet):
    def waiting(self, at: datetime) -> JobQuery:
        """What a worker may take: work whose time has come, oldest first."""
        return self.filter(state="waiting", run_at__lte=at).order_by("run_at", "id")

    def abandoned(self, at: datetime) -> JobQuery:
        """Running, but its worker went silent for longer than it was given."""
        return self.filter(state="running", claimed_until__lt=at).order_by("run_at", "id")

    def held(self, pk: int, claim: str) -> JobQuery:
        """The one running job that this claim still holds; empty when somebody else took it."""
        return self.filter(pk=pk, state="running", claim=claim)

    def dead(self) -> JobQuery:
        return self.filter(state="dead")

    def unfinished(self) -> JobQuery:
        return self.filter(state__in=("waiting", "running"))

    def asked_by(self, person_id: int | None) -> JobQuery:
        return self.filter(requested_by_id=person_id)

    def asked_as(self, by: Actor) -> JobQuery:
        """Asked for by this person; of somebody with several hats, under the one worn or when there was no choice."""
        rows = self.asked_by(by.person_id)
        return (
            rows.filter(Q(payload__hat=by.hat.unit_id) | Q(payload__hat=None)) if by.hats and by.hat else rows
        )

    def in_states(self, states: Iterable[str]) -> JobQuery:
        return self.filter(state__in=tuple(states))

    def of_kinds(self, kinds: Iterable[str]) -> JobQuery:
        return self.filter(kind__in=tuple(kinds))

    def worth_showing(self, hidden: Iterable[str]) -> JobQuery:
        """What somebody asked for, and of the housekeeping (`hidden` kinds) what died of it."""
        return self.filter(~Q(kind__in=tuple(hidden)) | Q(state="dead"))
