"""巡察: the term with its coverage, and each year with its rounds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.areas.inspection.models import Term, YearPlan
from bihuan.areas.inspection.policies import may_approve_term, may_plan, year_verdict
from bihuan.areas.inspection.querysets import lends
from bihuan.areas.inspection.reads import coverage_of, term_on
from bihuan.areas.inspection.reads.proposing import kept_proposal
from bihuan.areas.inspection.words import slot_of
from bihuan.documents.reads import menu_of
from bihuan.kernel.moment import local_day
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import view


@require_safe
@view(needs=P.INSPECTION_VIEW)
def home(request: HttpRequest) -> HttpResponse:
    by, day = request.actor, local_day(request.at)
    term = term_on(day)
    years = _years(term, by) if term else []
    context = {
        "page_title": "巡察",
        "term": term,
        "coverage": coverage_of(term, day) if term else None,
        "years": years,
        **(_proposal(term) if term else {}),
        "papers": menu_of(_papers(term, years), by) if term else [],
        "may_plan": may_plan(by),
        "lends": lends(by),
        "may_approve": may_approve_term(term, by) if term else None,
    }
    return render(request, "inspection/home.html", context)


def _papers(term: Term, years: list[dict]) -> list[tuple[str, str | int]]:
    """The plan of the term, and of this year and the last."""
    plans: list[tuple[str, str | int]] = [("inspection.year_plan", one["plan"].year) for one in years[:1]]
    return [("inspection.term_plan", term.pk), *plans]


def _proposal(term: Term) -> dict:
    kept = kept_proposal(term)
    if kept is None:
        return {}
    slots: dict[str, list[str]] = {}
    for row in kept.rows.select_related("org").order_by("year", "number", "org__order", "pk"):
        slots.setdefault(slot_of(row.year, row.number), []).append(row.org.shown)
    return {"proposal": kept, "proposed": list(slots.items())}


def _years(term: Term, by) -> list[dict]:
    plans = (
        YearPlan.objects.visible_to(by).filter(term=term).order_by("-year").prefetch_related("rounds__tasks")
    )
    return [
        {
            "plan": plan,
            "rounds": [_round(one) for one in sorted(plan.rounds.all(), key=lambda one: -one.number)],
            "review": year_verdict("review", plan, by),
            "approve": year_verdict("approve", plan, by),
            "return": year_verdict("return", plan, by),
        }
        for plan in plans
    ]  # fmt: skip


def _round(one) -> dict:
    tasks = list(one.tasks.all())
    return {
        "round": one,
        "tasks": len(tasks),
        "orgs": len({task.org_id for task in tasks}),
        "entered": sum(task.entered_on is not None for task in tasks),
        "left": sum(task.left_on is not None for task in tasks),
    }
