"""Begin the plan of a year within a term."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Term, YearPlan
from bihuan.areas.inspection.policies import may_plan
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def plan_year(*, term: Term, year: int, by: Actor, at: datetime, note: str = "") -> YearPlan:
    """One plan a year, within the years of the term."""
    insist(may_plan(by))
    if not term.first_year <= year <= term.last_year:
        raise Refused(f"{year}年不在{term}里", f"填 {term.first_year} 到 {term.last_year}", field="year")
    if YearPlan.objects.filter(year=year).exists():
        raise Refused(f"{year}年已经有年度计划", "到那份计划里立轮次", field="year")
    plan = YearPlan.objects.create(
        term=term, year=year, note=note.strip(), made_at=at, made_by_id=by.person_id
    )
    data = {"year": year, "term": term.pk}
    append(
        stream=plan.stream, seq=1, kind="inspection.year_planned", by=by, at=at, subject=str(plan), data=data
    )
    return plan
