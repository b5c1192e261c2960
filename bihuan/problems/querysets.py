"""The words of the loop: which problems, in the field's own terms. No request and no clock in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from bihuan.kernel.actor import Actor, Reach
from bihuan.org.models import Unit
from bihuan.org.querysets import below
from bihuan.org.reads import Charge

from . import states
from .search import matching

VIEW = "problem.view"
#: Holding one of these over the unit is what "need to know" means for a restricted problem.
KNOWS = ("problem.assign", "problem.verify", "problem.rectify")


Units = models.QuerySet | Sequence[int]
NOTHING, EVERYTHING = Q(pk__in=()), Q(pk__isnull=False)


def whole(reaches: tuple[Reach, ...]) -> bool:
    """True if a grant covers the root: then no condition is the fastest condition."""
    return any(reach.subtree and reach.unit_path.count("/") == 2 for reach in reaches)


def within(reaches: tuple[Reach, ...]) -> Q:
    """Responsibility of a unit these grants cover. Nothing is asked of the database where they cover all."""
    if whole(reaches):
        return EVERYTHING
    return Q(unit__in=Unit.objects.in_reach(reaches).values("pk")) if reaches else NOTHING


def views(actor: Actor) -> tuple[tuple[Reach, ...], tuple[Reach, ...]]:
    """The grants that show what everybody there may see, and those that show restricted problems too."""
    known = tuple(dict.fromkeys(reach for code in KNOWS for reach in actor.reaches_for(code)))
    return actor.reaches_for(VIEW), known


def sees_all(actor: Actor) -> bool:
    view, _ = views(actor)
    return whole(view) and all(whole(actor.reaches_for(code)) for code in KNOWS[:2])


def seen_by_grant(problem: Any, actor: Actor) -> bool:
    """True where a grant alone shows this one: the plain half of `visible_to`, without a question to the database."""
    if actor.is_system:
        return True
    path = problem.unit.path or ""
    if not actor.is_person or not path.startswith(actor.within):
        return False
    view, known = views(actor)
    return any(reach.covers(path) for reach in (known if problem.secrecy != "normal" else (*view, *known)))


class ProblemQuery(models.QuerySet):
    def visible_to(self, actor: Actor) -> ProblemQuery:
        """What this actor may see: by grant over the responsible or supervising unit, or by own part in it.

        For one problem or few; a whole list asks `sight.sight_of`, which says the same in shorter words.
        """
        if actor.is_system:
            return self
        if not actor.is_person:
            return self.none()
        if actor.within:
            free = replace(actor, within="")
            return self.filter(unit__in=Unit.objects.under(actor.within).values("pk")).visible_to(free)
        if sees_all(actor):
            return self
        view, known = views(actor)
        over = within(view)
        if view and not whole(view):
            units = Unit.objects.in_reach(view).values("pk")
            over |= Q(supervisor__in=units) | Q(pk__in=self._assisted(units).values("problem_id"))
        me = actor.person_id
        mine = Q(lead_id=me) | Q(raised_by_id=me)
        for rows in (self._owned(actor), *self._offered(actor)):
            mine |= Q(pk__in=rows.values("problem_id"))
        return self.filter((Q(secrecy="normal") & over) | within(known) | mine)

    def busy_of(self, units: Units) -> models.QuerySet:
        """Ids of those of these units that supervise something. Who supervises nothing is left out beforehand: a database
        that knows only how much the others supervise would rather read the whole table."""
        theirs = self.model.objects.order_by().filter(supervisor=models.OuterRef("pk"))
        return Unit.objects.filter(models.Exists(theirs), pk__in=units).values_list("pk")

    def apart_ids(self, actor: Actor, units: Units | None, busy: Sequence[int]) -> models.QuerySet:
        """Ids of what a person sees beside the problems of the units of their grants: the rest of `visible_to`.

        In charge, raised, a measure, offered for taking over; where these `units` assist, those `busy_of` them
        supervise. A union, because neither database goes by five indexes for conditions joined with OR.
        """
        me = actor.person_id
        rows = self.model.objects.order_by()
        others = [self._owned(actor), *self._offered(actor)]
        parts = [rows.filter(raised_by_id=me).values("pk")]
        if units is not None:
            others.append(self._assisted(units).filter(problem__secrecy="normal"))
            parts += [rows.filter(supervisor__in=busy, secrecy="normal").values("pk")] if busy else []
        parts += [other.values("problem_id") for other in others]
        return rows.filter(lead_id=me).values("pk").union(*parts)

    def _owned(self, actor: Actor) -> models.QuerySet:
        return self.model.measures.rel.related_model.objects.filter(owner_id=actor.person_id)

    def _assisted(self, units: Units) -> models.QuerySet:
        return self.model.assisting.through.objects.filter(unit_id__in=units)

    def _offered(self, actor: Actor) -> list[models.QuerySet]:
        """What another unit asks this person's unit to take over: nobody can answer what they cannot see."""
        reaches = (*actor.reaches_for("problem.rectify"), *actor.reaches_for("problem.assign"))
        if not reaches:
            return []
        asked = self.model.transfers.rel.related_model.objects.filter(accepted=None, problem__is_open=True)
        units = Unit.objects.in_reach(reaches).values("pk")
        return [asked.filter(to_unit__in=units)]

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

    def charged_to(self, charges: Sequence[Charge]) -> ProblemQuery:
        """分管: responsibility of these units or one below them, or of a category of these business lines."""
        units, categories = Q(pk__in=()), [word for charge in charges for word in charge.categories]
        for charge in charges:
            units |= below(charge.path) if charge.path else Q(pk__in=())
        return self.filter(Q(unit__in=Unit.objects.filter(units).values("pk")) | Q(category__in=categories))

    def from_source(self, *codes: str) -> ProblemQuery:
        return self.filter(source__in=codes)

    def in_closure(self, *codes: str) -> ProblemQuery:
        return self.filter(closure__in=codes)

    def found_between(self, first: date | None, last: date | None) -> ProblemQuery:
        found = self if first is None else self.filter(found_on__gte=first)
        return found if last is None else found.filter(found_on__lte=last)

    def containing(self, words: str) -> ProblemQuery:
        """Problems whose number, statement, place, unit or people contain every word. Two characters find."""
        found = matching(words)
        return self if found is None else self.filter(found)

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
