"""巡前准备 of a round: the mobilisation, what departments told, consultations, who was lent."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.inspection import states
from bihuan.areas.inspection.models import Round
from bihuan.areas.inspection.policies import (
    may_appraise,
    may_ask,
    may_consult,
    may_lend,
    may_mobilise,
    may_note_entry_meeting,
    may_return,
    may_send,
)
from bihuan.areas.inspection.reads.before import TaskBriefings, preparation_of
from bihuan.kernel.moment import local_day
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import view

from .finding import CRUMB, page_of, round_for


def preparation_page(round: Round) -> str:
    return reverse("inspection:preparation", args=[round.code])


@require_safe
@view(needs=P.INSPECTION_VIEW)
def preparation(request: HttpRequest, code: str) -> HttpResponse:
    found, by, day = round_for(request, code), request.actor, local_day(request.at)
    ready = preparation_of(found, by)
    context = {
        "page_title": f"{found.name}：巡前准备",
        "round": found,
        "tasks": [_task(one, by, day) for one in ready.tasks],
        "consultations": ready.consultations,
        "mobilisations": ready.mobilisations,
        "lent": [_lent(one, by) for one in ready.secondments],
        "may_consult": may_consult(found, by),
        "may_mobilise": may_mobilise(found, by),
        "may_lend": may_lend(found, by),
        "office": by.may(P.INSPECTION_PLAN),
        "crumbs": [CRUMB, (found.name, page_of(found))],
    }
    return render(request, "inspection/preparation.html", context)


def _task(one: TaskBriefings, by, day) -> dict:
    return {
        "task": one.task,
        "rows": [(row, row.is_late(day)) for row in one.rows],
        "told": sum(row.state == states.ANSWERED for row in one.rows),
        "ask": may_ask(one.task, by),
        "meeting": one.meeting,
        "note": may_note_entry_meeting(one.task, by) and one.meeting is None,
    }


def _lent(row, by) -> dict:
    return {
        "row": row,
        "appraisal": getattr(row, "appraisal", None),
        "back": may_return(row, by),
        "write": may_appraise(row, by),
        "send": may_send(row, by),
    }
