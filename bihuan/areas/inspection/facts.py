"""Figures of inspection, and the periods that are called by the code of a round."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bihuan.kernel.moment import local_day
from bihuan.org.models import PartyLink, Unit
from bihuan.registry.contract import Fact, FactRow, Period, Scope

from .models import Round, Term
from .querysets import sees
from .reads import coverage_of, problems_of_round, term_on


def period(words: str) -> Period | None:
    """R1 and the like: the problems of that round, whenever they were found."""
    found = Round.objects.standing().filter(code=words.upper()).first()
    if found is None:
        return None
    code = found.code
    return Period(None, None, code, within=code, problems=lambda: problems_of_round(code))


def coverage(scope: Scope, period: Period, at: datetime) -> Iterable[FactRow]:
    """Inspected ÷ in scope of the term: the term of the round, of the period, or of today."""
    day = local_day(at)
    term = _term(period, at)
    if term is None or not sees(scope.actor):
        return []
    whole = coverage_of(term, day, round_code=period.within, span=(period.start, period.end))
    within = _orgs_of(scope)
    return [
        FactRow(
            subject=f"party:{one.org.pk}",
            label=one.org.shown,
            numerator=int(one.inspected),
            denominator=1,
            keys=tuple(f"{task.round.code}:{task.get_mode_display()}" for task in one.tasks),
            all_keys=(one.org.code,),
        )
        for one in whole.orgs
        if within is None or one.org.pk in within
    ]


def _term(period: Period, at: datetime) -> Term | None:
    if period.within:
        found = Round.objects.filter(code=period.within).select_related("plan__term").first()
        return found.plan.term if found else None
    return term_on(period.end or local_day(at))


def _orgs_of(scope: Scope) -> set[int] | None:
    """Organisations that cover this unit or one below it; None for the whole group."""
    if scope.unit_id is None:
        return None
    units = Unit.objects.under(Unit.objects.get(pk=scope.unit_id).path or "")
    return set(PartyLink.objects.filter(unit__in=units.values("pk")).values_list("party_org_id", flat=True))


FACTS = (
    Fact(
        "inspection.coverage",
        "巡察覆盖率",
        coverage,
        per="party_org",
        note="已巡察的党组织 ÷ 列入本届范围的党组织，一个党组织只算一次",
    ),
)
