"""The words of inspection: which plans, rounds and tasks."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Count, F, Max, Q

from bihuan.areas.inspection import states
from bihuan.kernel.actor import Actor

VIEW = "inspection.view"


def sees(actor: Actor) -> bool:
    """Plans and rounds are for the office, the leaders and the departments that take part; not for the inspected."""
    return actor.is_system or actor.may(VIEW)


def sees_ties(actor: Actor) -> bool:
    """What ties a person, and what they told of relatives, is for those who compose teams and those who decide."""
    return actor.is_system or actor.may(states.PLAN) or actor.may(states.DECIDE)


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

    def in_round(self, codes: tuple[str, ...]) -> TaskQuery:
        return self.filter(round__code__in=codes)

    def on_site(self, day: date) -> TaskQuery:
        return self.entered().filter(Q(left_on=None) | Q(left_on__gte=day), entered_on__lte=day)


class TalentQuery(models.QuerySet):
    """Who may be asked to join a team."""

    def visible_to(self, actor: Actor) -> TalentQuery:
        return self if sees(actor) else self.none()

    def standing(self, day: date) -> TalentQuery:
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), since__lte=day)

    def with_rounds(self) -> TalentQuery:
        """`rounds`: in how many rounds they were in a team to the end."""
        stayed = Q(person__inspection_memberships__removed_at=None)
        return self.annotate(rounds=Count("person__inspection_memberships", filter=stayed))

    def matching(self, text: str) -> TalentQuery:
        return self.filter(Q(person__name__contains=text) | Q(skills__contains=text))


class TeamQuery(models.QuerySet):
    def visible_to(self, actor: Actor) -> TeamQuery:
        return self if sees(actor) else self.none()


class MemberQuery(models.QuerySet):
    """Members; a person sees their own rows, whatever else they may."""

    def visible_to(self, actor: Actor) -> MemberQuery:
        return self if sees(actor) else self.filter(person_id=actor.person_id or 0)

    def standing(self) -> MemberQuery:
        return self.filter(removed_at=None).exclude(round__state=states.CANCELLED)

    def owing(self, person_id: int | None) -> MemberQuery:
        """Own rows that still wait for the declaration or the pledge, of rounds that have not ended on site."""
        rows = (
            self.standing().filter(person_id=person_id or 0).filter(Q(declared_at=None) | Q(pledged_at=None))
        )
        return rows.exclude(round__state=states.REPORTING)


class RelativeQuery(models.QuerySet):
    """What somebody told of their relatives: their own affair, and that of who checks."""

    def visible_to(self, actor: Actor) -> RelativeQuery:
        return self if sees_ties(actor) else self.filter(person_id=actor.person_id or 0)

    def standing(self) -> RelativeQuery:
        return self.filter(ended_at=None)


class CaseQuery(models.QuerySet):
    def visible_to(self, actor: Actor) -> CaseQuery:
        return self if sees_ties(actor) else self.filter(person_id=actor.person_id or 0)

    def standing(self) -> CaseQuery:
        """The tie is there, whether or not somebody lifted it."""
        return self.filter(ended_at=None, member__removed_at=None)

    def blocking(self) -> CaseQuery:
        return self.standing().filter(level="must", lifted_at=None)
