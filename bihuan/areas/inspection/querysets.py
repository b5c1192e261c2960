"""The words of inspection: which plans, rounds and tasks."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Max, Q

from bihuan.kernel.actor import Actor

from . import states

VIEW = "inspection.view"


def sees(actor: Actor) -> bool:
    """Plans and rounds are for the office, the leaders and the departments that take part; not for the inspected."""
    return actor.is_system or actor.may(VIEW)


class PlanQuery(models.QuerySet):
    def visible_to(self, actor: Actor) -> PlanQuery:
        return self if sees(actor) else self.none()


class ScopeQuery(models.QuerySet):
    """Organisations in scope of a term; needs `org.inspection_tasks`."""

    def visible_to(self, actor: Actor) -> ScopeQuery:
        return self if sees(actor) else self.none()

    def standing(self, day: date) -> ScopeQuery:
        return self.filter(Q(left_on=None) | Q(left_on__gt=day))

    def with_last(self) -> ScopeQuery:
        """`last_entered`: when a team last entered within the term."""
        counted = Q(org__inspection_tasks__round__plan__term=F("term"))
        counted &= ~Q(org__inspection_tasks__round__state=states.CANCELLED)
        return self.annotate(last_entered=Max("org__inspection_tasks__entered_on", filter=counted))

    def inspected(self, answers: tuple[str, ...]) -> ScopeQuery:
        """`yes`, `no`, or both; after `with_last`."""
        return self if len(answers) != 1 else self.filter(last_entered__isnull="no" in answers)

    def named(self, text: str) -> ScopeQuery:
        return self.filter(Q(org__name__contains=text) | Q(org__short_name__contains=text))


class RoundQuery(PlanQuery):
    def standing(self) -> RoundQuery:
        return self.exclude(state=states.CANCELLED)


class TaskQuery(models.QuerySet):
    def visible_to(self, actor: Actor) -> TaskQuery:
        return self if sees(actor) else self.none()

    def standing(self) -> TaskQuery:
        return self.exclude(round__state=states.CANCELLED)

    def entered(self) -> TaskQuery:
        """A team was there: what coverage counts."""
        return self.standing().filter(entered_on__isnull=False)

    def entered_between(self, first: date | None, last: date | None) -> TaskQuery:
        found = self.entered()
        found = found if first is None else found.filter(entered_on__gte=first)
        return found if last is None else found.filter(entered_on__lte=last)

    def on_site(self, day: date) -> TaskQuery:
        return self.entered().filter(Q(left_on=None) | Q(left_on__gte=day), entered_on__lte=day)
