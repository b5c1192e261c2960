"""本轮进展: the board of a round — its tasks over its weeks, how far each is, what is stuck. Numbers and days only."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from bihuan.areas.inspection.models import Round
from bihuan.areas.inspection.reads import chart_of
from bihuan.areas.onsite import words
from bihuan.areas.onsite.reads.board import BoardRow, Stuck, board_of, board_tasks, sum_of
from bihuan.kernel.moment import local_day
from bihuan.ui.access import SIGNED_IN, view

#: which list of the task shows what is stuck
_LISTS = {
    "loans": "documents",
    "held": "documents",
    "asks": "asks",
    "pushes": "asks",
    "notices": "immediates",
}


@require_safe
@view(needs=SIGNED_IN)
def board(request: HttpRequest, code: str) -> HttpResponse:
    """For the office and leaders all tasks, for a team its own; for anybody else there is none."""
    round, day = (
        get_object_or_404(Round.objects.select_related("plan__term", "rule_pack"), code=code),
        local_day(request.at),
    )
    tasks = board_tasks(round, request.actor)
    if not tasks:
        raise Http404
    rows = board_of(tasks, day)
    known = {row.task.pk: row for row in rows}
    chart = chart_of(round, tasks, day)
    context = {
        "page_title": f"{round}进展",
        "round": round,
        "day": day,
        "chart": chart,
        "groups": [(heading, [(bar, known[bar.task.pk]) for bar in bars]) for heading, bars in chart.groups],
        "rows": rows,
        "figures": _figures(rows),
        "stuck": _stuck(rows),
        "here": sum(row.here for row in rows),
        "gone": sum(row.gone for row in rows),
    }
    return render(request, "onsite/board.html", context)


def _figures(rows: list[BoardRow]) -> list[tuple[str, int, str]]:
    """(label, number, unit) of the whole round, as the reports of rounds count them."""
    named = (
        ("谈话", "talks", "人次"), ("信访", "complaints", "件"), ("调阅", "copies", "份"), ("下沉", "visits", "次"),
        ("宣讲", "outreaches", "次"), ("底稿", "drafts", "份"), ("线索", "clues", "件"),
    )  # fmt: skip
    return [(label, sum_of(rows, name), unit) for label, name, unit in named]


def _stuck(rows: list[BoardRow]) -> list[dict]:
    """The longest waiting first; missing talks by the days that are left."""
    found = [one for row in rows for one in row.stuck()]
    return [_told(one) for one in sorted(found, key=_urgency, reverse=True)]


def _urgency(one: Stuck) -> tuple[int, int]:
    return (-one.days if one.what == "talks" else one.days, one.task.pk)


def _told(one: Stuck) -> dict:
    late = one.days < 0 if one.what == "talks" else one.what != "drafts"
    return {
        "task": one.task,
        "text": words.STUCK[one.what].format(count=one.count),
        "days": words.stuck_days(one.what, one.days),
        "late": late,
        "list": _LISTS.get(one.what, ""),
    }
