"""The words of the loop: which problems, in the field's own terms. No request and no clock in here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db import models
from django.db.models import Q

from bihuan.kernel.actor import Actor, Reach
from bihuan.org.models import Unit

from . import states
from .search import matching_ids

VIEW = "problem.view"
#: Holding one of these over the unit is what "need to know" means for a restricted problem.
KNOWS = ("problem.assign", "problem.verify", "problem.rectify")


def _whole(reaches: tuple[Reach, ...]) -> bool:
    """True if a grant covers the root: then no condition is the fastest condition."""
    return any(reach.subtree and reach.unit_path.count("/") == 2 for reach in reaches)


class ProblemQuery(models.QuerySet):
    def visible_to(self, actor: Actor) -> ProblemQuery:
        """What this actor may see: by grant over the responsible or supervising unit, or by own part in it."""
        if actor.is_system:
            return self
        if not actor.is_person:
            return self.none()
        if actor.within:
            free = replace(actor, within="")
            return self.filter(unit__in=Unit.objects.under(actor.within).values("pk")).visible_to(free)
        mine = self._mine(actor)
        reaches = actor.reaches_for(VIEW)
        if _whole(reaches) and all(_whole(actor.reaches_for(code)) for code in KNOWS[:2]):
            return self
        normal = Q(pk__in=()) if not reaches else Q(secrecy="normal")
        if reaches and not _whole(reaches):
            units = Unit.objects.in_reach(reaches).values("pk")
            normal &= Q(unit__in=units) | Q(supervisor__in=units) | Q(pk__in=self._assisted(units))
        known = tuple(reach for code in KNOWS for reach in actor.reaches_for(code))
        restricted = Q(unit__in=Unit.objects.in_reach(known).values("pk")) if known else Q(pk__in=())
        return self.filter(normal | restricted | mine)

    def _mine(self, actor: Actor) -> Q:
        me = actor.person_id
        owned = self.model.measures.rel.related_model.objects.filter(owner_id=me).values("problem_id")
        return Q(lead_id=me) | Q(raised_by_id=me) | Q(pk__in=owned) | self._offered(actor)

    def _offered(self, actor: Actor) -> Q:
        """What another unit asks this person's unit to take over: nobody can answer what they cannot see."""
        reaches = (*actor.reaches_for("problem.rectify"), *actor.reaches_for("problem.assign"))
        if not reaches:
            return Q(pk__in=())
        asked = self.model.transfers.rel.related_model.objects.filter(accepted=None)
        return Q(is_open=True) & Q(
            pk__in=asked.filter(to_unit__in=Unit.objects.in_reach(reaches).values("pk")).values("problem_id")
        )

    def _assisted(self, units: models.QuerySet) -> models.QuerySet:
        return self.model.assisting.through.objects.filter(unit_id__in=units).values("problem_id")

    def open(self) -> ProblemQuery:
        """Not closed and not void."""
        return self.filter(is_open=True)

    def done_with(self) -> ProblemQuery:
        return self.filter(closure__in=states.DONE_WITH)

    def overdue(self, day: date) -> ProblemQuery:
        """Open and past the deadline on this day. Long-term work is stage-checked, never late by date."""
        return self.open().filter(due_on__lt=day).exclude(timing="long_term")

    def due_within(self, day: date, last: date) -> ProblemQuery:
        """Open, not yet late on `day`, and due by `last` (both included)."""
        return self.open().filter(due_on__gte=day, due_on__lte=last).exclude(timing="long_term")

    def in_unit(self, path: str) -> ProblemQuery:
        """Responsibility of the unit with this path or of one below it."""
        return self.filter(unit__in=Unit.objects.under(path).values("pk"))

    def from_source(self, *codes: str) -> ProblemQuery:
        return self.filter(source__in=codes)

    def in_closure(self, *codes: str) -> ProblemQuery:
        return self.filter(closure__in=codes)

    def found_between(self, first: date | None, last: date | None) -> ProblemQuery:
        found = self if first is None else self.filter(found_on__gte=first)
        return found if last is None else found.filter(found_on__lte=last)

    def containing(self, words: str) -> ProblemQuery:
        """Problems whose number, statement, place, unit or people contain every word. Two characters find."""
        found = matching_ids(words)
        return self if found is None else self.filter(pk__in=found)

    def live(self) -> ProblemQuery:
        """Without the void ones: what rates are computed from."""
        return self.exclude(closure=states.VOID)

    def merely_stated(self) -> ProblemQuery:
        """Closed because a ledger says so: nobody verified it here, nobody has opened it again."""
        return self.filter(taken_over=True, is_open=False, closed_by=None)

    def verified_here(self) -> ProblemQuery:
        """Without what a ledger merely states: kept apart in every rate. Imported work that goes on counts."""
        return self.exclude(taken_over=True, is_open=False, closed_by=None)

    def for_page(self) -> ProblemQuery:
        return self.select_related("unit", "lead", "supervisor", "lead__unit")
