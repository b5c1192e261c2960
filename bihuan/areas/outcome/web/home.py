"""From leaving to the feedback: every task with what is due; one of them; what is addressed to a department."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from bihuan.areas.inspection import states as rounds
from bihuan.areas.inspection.models import Round, Task
from bihuan.areas.onsite.access import Hat
from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import Feedback, Report
from bihuan.areas.outcome.policies import may_compose, may_start
from bihuan.areas.outcome.policies.looking_again import SEES
from bihuan.areas.outcome.reads import addressed_to, tasks_open_to
from bihuan.areas.outcome.reads.days import Stop, Way, ways_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.clock import read_clock
from bihuan.kernel.moment import local_day
from bihuan.kernel.rules import CERTAINTY_LABELS
from bihuan.org.permissions import Permission as P
from bihuan.ui import parts
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.lists import Choice, Column, Filter, ListPage, Order

from .finding import CRUMB, here
from .looks import look_of

_REPORTED = "已审定"
#: who comes here by the navigation: an empty list is something to see, for others there is no such page
_ABOVE = (
    P.INSPECTION_PLAN, P.INSPECTION_DECIDE, P.INSPECTION_HEAD, P.INSPECTION_DISCIPLINE, P.INSPECTION_PERSONNEL,
)  # fmt: skip


def _clock(row: Task, page: ListPage) -> SafeString:
    due = row.way.next_due
    done = row.way.committee.done is not None
    return parts.clock(read_clock(due, page.today, closed=done, closed_words=_REPORTED))


def _stop(stop: Stop, page: ListPage) -> SafeString | str:
    """When it was done, or by when it should be; red where it came, or is, too late."""
    words = parts.date_short(stop.done or stop.due, page.today)
    if not words:
        return "—"
    said = words if stop.done else f"应于{words}"
    if stop.is_late(page.today):
        return parts.state(f"{said}，晚了" if stop.done else said, "late", "alert-circle")
    return said if stop.done else format_html('<span class="b-soft">{}</span>', said)


def _state(row: Task, page: ListPage) -> SafeString:
    report = row.way.report
    return parts.state(*look_of(report)) if report else parts.state("没有起草", "soon", "clock")


def _feedback(row: Task, page: ListPage) -> SafeString | str:
    feedback = row.way.feedback
    if feedback is None:
        return "—"
    if feedback.received_on:
        return parts.date_short(feedback.received_on, page.today)
    return parts.state("待签收" if feedback.issued_at else "拟稿", "soon", "clock")


class WaysPage(ListPage):
    """已离场的任务。"""

    model = Task
    template = "outcome/ways.html"
    title = "巡后"
    noun = "项任务"
    filters = (
        Filter(
            "round", "轮次", method="in_round",
            choices=lambda actor: [
                Choice(row.code, row.name)
                for row in Round.objects.standing().order_by("-starts_on")[:20]
            ],
        ),
    )  # fmt: skip
    columns = (
        Column("clock", "期限", cell=_clock, width=118, phone="top"),
        Column("org", "党组织", value="org.shown", link=True, fixed=True, phone="title"),
        Column("mode", "方式", value="get_mode_display", width=56, soft=True),
        Column("round", "轮次", value="round.code", width=60, soft=True, shown=False, phone="note"),
        Column("left", "离场", value="left_on", width=128),
        Column("report", "报告", cell=_state, width=104, phone="end"),
        Column("leading", "领导小组", cell=lambda row, page: _stop(row.way.leading, page), width=188),
        Column("committee", "党委", cell=lambda row, page: _stop(row.way.committee, page), width=188),
        Column("feedback", "反馈签收", cell=_feedback, width=128),
        Column("ends", "集中整改期满", value="way.ends_on", width=104),
    )
    orders = (Order("left", "离场的先后", "-left_on"),)
    empty_title = "还没有离场的任务。"
    empty_text = "巡察组离场以后，报告和反馈在这里办。"

    def queryset(self) -> QuerySet:
        seen = tasks_open_to(self.actor, addressed=False).filter(left_on__isnull=False)
        return seen.select_related("round__rule_pack", "org")

    def prepare(self, rows: list[Any]) -> list[Any]:
        ways = ways_of(rows)
        for row in rows:
            row.way = ways[row.pk]
        return rows

    def row_url(self, row: Any) -> str:
        return reverse("outcome:task", args=[row.pk])


def _left(by: Actor) -> list[Round]:
    """The latest rounds that every team has left, archived or not; for who sums them up."""
    if not (by.may(P.INSPECTION_PLAN) or by.may(P.INSPECTION_DECIDE)):
        return []
    return list(Round.objects.filter(state__in=rounds.OVER).order_by("-starts_on")[:3])


def _looking(by: Actor) -> list[Task]:
    """Look-backs under way: until the team leaves they are in no list of this room."""
    seen = tasks_open_to(by, addressed=False).filter(mode=states.LOOKBACK, left_on=None)
    return list(seen.select_related("org").order_by("entered_on", "pk")[:3])


@require_safe
@view(needs=SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    by = request.actor
    if any(by.may(code) for code in _ABOVE) or tasks_open_to(by, addressed=False).exists():
        return WaysPage.of(request).response(request, over=_left(by), looking=_looking(by))
    if by.may(P.INSPECTION_DEPARTMENT):
        return HttpResponseRedirect(reverse("outcome:addressed"))
    raise Http404


@require_safe
@view(needs=P.INSPECTION_DEPARTMENT)
def addressed(request: HttpRequest) -> HttpResponse:
    """Special reports for the reader's department."""
    rows = (
        addressed_to(request.actor).defer("sealed").select_related("task__org", "task__round", "department")
    )
    context = {"page_title": "专题报告", "rows": rows.order_by("-issued_on", "pk")}
    return render(request, "outcome/addressed.html", context)


def _stops(way: Way, request: HttpRequest) -> list[tuple[str, dict[str, Any]]]:
    """What was due by which rule, and whether it came too late."""
    day = local_day(request.at)
    return [
        (
            label,
            {
                "due": stop.due, "done": stop.done, "late": stop.is_late(day), "rule": stop.rule,
                "sure": CERTAINTY_LABELS[stop.rule.certainty] if stop.rule else "",
            },
        )
        for label, stop in (("向领导小组报告", way.leading), ("向党委报告", way.committee))
    ]  # fmt: skip


@require_safe
@view(needs=SIGNED_IN)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: its reports, its feedback, what is due and why."""
    found = here(request, pk)
    reports = Report.objects.listed_for(found.standing, found.departments).defer("sealed")
    rows = list(reports.select_related("department").order_by("kind", "number"))
    seen = Feedback.objects.readable_by(found.standing).defer("sealed").select_related("receiver").first()
    main = next((row for row in rows if row.number == 0), None)
    for row in rows:
        row.task = found.task
    chain = found.standing.hats - {Hat.DEPARTMENT}
    way = ways_of([found.task])[found.task.pk] if chain else None
    context = {
        "page_title": str(found.task),
        "crumbs": [CRUMB],
        "here": found,
        "task": found.task,
        "reports": [(row, look_of(row)) for row in rows],
        "main": main,
        "way": way,
        "stops": _stops(way, request) if way else (),
        "feedback": seen,
        "start": may_start(found.task, found.standing),
        "look_again": bool(found.standing.hats & SEES),
        "compose": may_compose(main, found.standing) if main and seen is None else None,
    }
    return render(request, "outcome/task.html", context)
