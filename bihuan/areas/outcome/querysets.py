"""The words of what comes of a task: which reports and feedbacks somebody may see, and which they may open."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Self

from django.db import models

from bihuan.areas.onsite.access import Standing
from bihuan.kernel.actor import Actor

from . import access, states

#: who meets shared experience
READERS = (
    states.RECTIFY, states.PLAN, states.DECIDE, states.HEAD, states.DISCIPLINE, states.PERSONNEL, states.DEPARTMENT,
)  # fmt: skip


class ReportQuery(models.QuerySet):
    def listed_for(self, standing: Standing, departments: Collection[int] = ()) -> Self:
        """State and days may be seen."""
        return self.filter(access.listed_reports(standing, departments))

    def readable_by(self, standing: Standing, departments: Collection[int] = ()) -> Self:
        """The words may be opened, by an action that writes it down."""
        return self.filter(access.readable_reports(standing, departments))

    def approved(self) -> Self:
        return self.filter(state__in=states.DONE)


class FeedbackQuery(models.QuerySet):
    def readable_by(self, standing: Standing) -> Self:
        return self.filter(access.readable_feedback(standing))

    def issued(self) -> Self:
        return self.filter(issued_at__isnull=False)

    def received(self) -> Self:
        return self.filter(received_on__isnull=False)


class CheckQuery(models.QuerySet):
    """Visits of a check team of the upper level."""

    def running(self, day: date) -> Self:
        """Inside the term, and not withdrawn."""
        return self.filter(ended_at=None, from_on__lte=day, until_on__gte=day)

    def of_member(self, actor: Actor, day: date) -> Self:
        """Those whose tasks this person may look at on this day: named in a visit that runs, and still granted."""
        if not actor.may(states.CHECK) or actor.person_id is None:
            return self.none()
        return self.running(day).filter(members=actor.person_id)


class ExperienceQuery(models.QuerySet):
    def shared(self) -> Self:
        return self.filter(shared_at__isnull=False, taken_down_at=None)

    def waiting(self) -> Self:
        """Suggested, and the office has said nothing yet."""
        return self.filter(shared_at=None, refused_at=None)

    def visible_to(self, actor: Actor) -> Self:
        """Shared ones to everybody who rectifies or stands above; the rest to the office and the unit it comes from."""
        if not any(actor.may(code) for code in READERS):
            return self.none()
        if actor.may(states.PLAN):
            return self
        own = models.Q(unit__in=actor.home_ids) if actor.may(states.RECTIFY) else models.Q(pk__in=())
        return self.filter(models.Q(shared_at__isnull=False, taken_down_at=None) | own)

    # filters of the list
    def containing(self, text: str) -> Self:
        found = models.Q()
        for name in ("title", "trouble", "done", "good", "fits"):
            found |= models.Q(**{f"{name}__contains": text})
        return self.filter(found)

    def in_categories(self, codes: tuple[str, ...]) -> Self:
        return self.filter(category__in=codes)

    def in_industries(self, words: tuple[str, ...]) -> Self:
        return self.filter(industry__in=words)

    def standing_as(self, codes: tuple[str, ...]) -> Self:
        """`shared`, `waiting`, `away`."""
        conditions = {
            "shared": models.Q(shared_at__isnull=False, taken_down_at=None),
            "waiting": models.Q(shared_at=None, refused_at=None),
            "away": models.Q(refused_at__isnull=False) | models.Q(taken_down_at__isnull=False),
        }
        found = models.Q(pk__in=())
        for code in codes:
            found |= conditions.get(code, models.Q(pk__in=()))
        return self.filter(found)
