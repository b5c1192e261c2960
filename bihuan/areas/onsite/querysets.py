"""The words of a stay on site: which rows somebody may see, and of which they may open the words."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models

from . import access, states
from .access import Data, Hat, Standing


class ClosedQuery(models.QuerySet):
    """Rows of one task; `DATA` of the model names its row in the table of who may see what."""

    def listed_for(self, standing: Standing) -> Self:
        """Number, day and state may be seen."""
        return self.filter(access.listed(self._data(), standing))

    def readable_by(self, standing: Standing) -> Self:
        """The words may be opened, by an action that writes it down."""
        return self.filter(access.readable(self._data(), standing))

    def channel(self, values: tuple[str, ...]) -> Self:
        return self.filter(channel__in=values)

    def disposition(self, values: tuple[str, ...]) -> Self:
        return self.filter(disposition__in=values)

    def in_states(self, values: tuple[str, ...]) -> Self:
        return self.filter(state__in=values)

    def handled_by(self, values: tuple[str, ...]) -> Self:
        """The ids of handlers, or "none" where there is none yet."""
        found = models.Q(handler__in=[value for value in values if value != "none"])
        return self.filter(found | models.Q(handler=None) if "none" in values else found)

    def late(self, day: date) -> Self:
        """Clues handed over whose body has not reported by the day it should have."""
        return self.filter(state__in=states.WITH_BODY, due_on__lt=day)

    def _data(self) -> Data:
        return self.model.DATA


#: who works with the ledgers of a stay, or keeps an eye on them
_INSIDE = {Hat.MEMBER, Hat.LEADER, Hat.OFFICE}


class LedgerQuery(models.QuerySet):
    """Ledgers of one task that hold no confidential words: what was asked for and lent, notices, what was explained."""

    def listed_for(self, standing: Standing) -> Self:
        return self.filter(task_id=standing.task_id) if standing.hats & _INSIDE else self.none()

    def in_state(self, wanted: tuple[str, ...]) -> Self:
        return self.filter(state__in=wanted)


class LoanQuery(LedgerQuery):
    def for_liaison(self, person_id: int | None) -> Self:
        """What the liaison of the organisation is asked for: the list of it, and nothing else of the task."""
        asked = self.filter(task__liaisons__side="org", task__liaisons__person_id=person_id or 0)
        return asked.exclude(state=states.WITHDRAWN)

    def named(self, text: str) -> Self:
        return self.filter(models.Q(item__contains=text) | models.Q(place__contains=text))


class AskQuery(ClosedQuery):
    def of_kind(self, wanted: tuple[str, ...]) -> Self:
        return self.filter(kind__in=wanted)

    def in_state(self, wanted: tuple[str, ...]) -> Self:
        return self.filter(state__in=wanted)


class ItemQuery(models.QuerySet):
    def to_verify(self) -> Self:
        """Put right in the loop, as the unit says, and not yet looked at by the team."""
        return self.filter(verified_at=None, problem__submitted_at__isnull=False)


class VisitQuery(ClosedQuery):
    def by_method(self, wanted: tuple[str, ...]) -> Self:
        return self.filter(method__in=wanted)
