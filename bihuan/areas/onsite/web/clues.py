"""Clues of a task: the list with numbers, days and states, and one of them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.access import Data
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.models import Clue, Complaint, Draft, Talk
from bihuan.areas.onsite.papers.finding import ALL_CLUES
from bihuan.areas.onsite.policies import clue_verdict, may_note_clue
from bihuan.areas.onsite.reads.complaints import around
from bihuan.areas.onsite.reads.due import deadline_of
from bihuan.documents.reads import menu_of
from bihuan.kernel.moment import local_day
from bihuan.kernel.rules import CERTAINTY_LABELS
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.lists import Column, Filter, ListPage, Order
from bihuan.ui.parts import state

from .finding import Here, crumbs, frame, hands, here, thing_for

LOOKS = {
    states.NOTED: ("soon", "clock"),
    states.CONFIRMED: ("busy", "circle-check"),
    states.TRANSFERRED: ("busy", "send"),
    states.RECEIVED: ("busy", "progress"),
    states.DISPOSED: ("busy", "progress"),
    states.REPORTED: ("good", "message"),
    states.CLOSED: ("good", "circle-check"),
    states.DROPPED: ("calm", "ban"),
}
STEPS = ("confirm", "drop", "transfer", "receive", "dispose", "report", "close")
PARTS: dict[str, type[Any]] = {"talk": Talk, "complaint": Complaint, "draft": Draft}


def _due(row: Clue, page: Any) -> str | SafeString:
    if row.due_on and row.state in states.WITH_BODY and row.due_on < page.today:
        return state("逾期", "late", "alert-circle")
    return ""


class CluePage(ListPage):
    model = Clue
    title = "线索"
    noun = "条"
    template = "onsite/clues.html"
    columns = (
        Column("number", "编号", value=str, link=True, fixed=True, width=90, order="number", phone="title"),
        Column("body", "移交给", value=lambda row: row.get_body_display() or "—", phone="note"),
        Column("document", "文号", value=lambda row: row.document or "—", soft=True),
        Column("transferred_on", "移交", width=110, phone="note"),
        Column("due_on", "应反馈", width=110),
        Column("late", "", value=lambda row: "", cell=_due, width=80, export=False),
        Column("disposition", "处置方式", value=lambda row: row.get_disposition_display() or "—", width=110),
        Column(
            "state", "状态", value="get_state_display", width=120, phone="end",
            cell=lambda row, page: state(row.get_state_display(), *LOOKS[row.state]),
        ),
    )  # fmt: skip
    filters = (
        Filter("state", "状态", choices=states.CLUE_STATES, method="in_states"),
        Filter("disposition", "处置方式", choices=words.CLUE_DISPOSITIONS),
    )
    orders = (Order("new", "后记的在前", "-number"), Order("number", "先记的在前", "number"))
    empty_title = "没有您看得到的线索。"
    empty_text = f"组员只看自己记的，组长和线索专管员看全部。{words.NO_CLUE}。"
    found: Here

    @classmethod
    def at_task(cls, request: HttpRequest, found: Here) -> CluePage:
        page = cls.of(request)
        assert isinstance(page, cls)
        page.found, page.title = found, f"线索：{found.task}"
        return page

    def queryset(self) -> QuerySet:
        return Clue.objects.listed_for(self.found.standing)

    def row_url(self, row: Clue) -> str:
        return reverse("onsite:clue", args=[row.pk])


@require_safe
@view(needs=SIGNED_IN)
def clues(request: HttpRequest, pk: int) -> HttpResponse:
    found = here(request, pk, Data.CLUE)
    offered = [("onsite.clues", pk)] if found.standing.hats & ALL_CLUES else []
    note, papers = may_note_clue(found.task, found.standing), menu_of(offered, request.actor)
    context = frame(found, "onsite:clues", note=note, papers=papers)
    return CluePage.at_task(request, found).response(request, **context)


@require_safe
@view(needs=SIGNED_IN)
def clue(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = thing_for(request, Clue, pk)
    (said,) = read_closed(things=[one], **hands(found, request))
    context = frame(
        found, "onsite:clues", page_title=str(one), clue=one, said=said, look=LOOKS[one.state],
        verdicts={step: clue_verdict(step, one, found.standing) for step in STEPS}, parts=_parts(found, said),
        severity=dict(words.SEVERITIES).get(said.get("severity", "")), around=around(one, found.standing),
        late=bool(one.due_on and one.state in states.WITH_BODY and one.due_on < local_day(request.at)),
        papers=menu_of([("onsite.hand_over", pk)] if one.document else [], request.actor), **due_of(one),
    )  # fmt: skip
    context["crumbs"] = crumbs(found, ("线索", reverse("onsite:clues", args=[found.task.pk])))
    return render(request, "onsite/clue.html", context)


def due_of(one: Clue, on: Any = None) -> dict[str, Any]:
    """Which rule gave which day, for the panel 期限是怎么来的."""
    found = deadline_of(one, on)
    if found is None:
        return {"rule": None}
    rule, deadline = found
    return {"rule": rule, "deadline": deadline, "certainty": CERTAINTY_LABELS[rule.certainty]}


def _parts(found: Here, said: dict[str, Any]) -> list[tuple[str, str]]:
    """(label, address) of what goes with it; no address where this person may not open it."""
    told = []
    for part in said.get("parts", []):
        model = PARTS.get(part["kind"])
        thing = model.objects.readable_by(found.standing).filter(key=part["key"]).first() if model else None
        told.append((part["label"], reverse(f"onsite:{part['kind']}", args=[thing.pk]) if thing else ""))
    return told
