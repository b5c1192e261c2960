"""The words of memory."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class EventQuery(models.QuerySet):
    def of(self, stream: str) -> EventQuery:
        """The thread of one thing, oldest first."""
        return self.filter(stream=stream).order_by("seq")

    def since(self, moment: datetime) -> EventQuery:
        return self.filter(recorded_at__gt=moment)

    def in_units(self, unit_ids: set[int] | None) -> EventQuery:
        """Events of these units; None means all, those that belong to no unit included."""
        return self if unit_ids is None else self.filter(unit_id__in=unit_ids)


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
