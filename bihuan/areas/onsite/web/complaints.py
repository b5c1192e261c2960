"""Complaints of a task: the list with numbers, days and states, and one of them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.access import Data, Hat
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.models import Clue, Complaint
from bihuan.areas.onsite.policies import (
    complaint_verdict,
    may_amend_complaint,
    may_ask,
    may_read,
    may_register,
    may_take_in,
)
from bihuan.areas.onsite.reads.complaints import around, by_channel, by_disposition, waiting
from bihuan.areas.onsite.reads.drafts import files_of
from bihuan.areas.onsite.reads.team import team_members
from bihuan.documents.reads import menu_of
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.lists import Column, Filter, ListPage, Order
from bihuan.ui.parts import state

from .finding import Here, crumbs, frame, hands, here, thing_for

LOOKS = {
    states.REGISTERED: ("soon", "clock"),
    states.DECIDED: ("busy", "progress"),
    states.CLOSED: ("good", "circle-check"),
}


class ComplaintPage(ListPage):
    """登记情况. What a row says is not in it; rows one may open lead to their page."""

    model = Complaint
    title = "信访"
    template = "onsite/complaints.html"
    columns = (
        Column("number", "编号", value=str, link=True, fixed=True, width=90, order="number", phone="title"),
        Column("received_on", "收到", width=110, phone="note"),
        Column("channel", "途径", value="get_channel_display", width=90, phone="note"),
        Column("named", "署名", value=lambda row: "署名" if row.named else "匿名", width=70, soft=True),
        Column("disposition", "去向", value=lambda row: row.get_disposition_display() or "—"),
        Column("handler", "承办人", value=lambda row: str(row.handler or "—"), width=110, soft=True),
        Column(
            "state", "状态", value="get_state_display", width=120, phone="end",
            cell=lambda row, page: state(row.get_state_display(), *LOOKS[row.state]),
        ),
    )  # fmt: skip
    orders = (Order("new", "后登记的在前", "-number"), Order("number", "先登记的在前", "number"))
    empty_title = "没有信访。"
    empty_text = "来信、来电、来访由收到的组员登记；扫码来件由组长收进登记。只列出您经办的，组长看全部。"
    found: Here

    @classmethod
    def at_task(cls, request: HttpRequest, found: Here) -> ComplaintPage:
        page = cls.of(request)
        assert isinstance(page, cls)
        page.found, page.title = found, f"信访：{found.task}"
        people = [(str(one.person_id), str(one.person)) for one in team_members(found.task)]
        page.filters = (
            Filter("channel", "途径", choices=words.CHANNELS),
            Filter("disposition", "去向", choices=words.DISPOSITIONS),
            Filter("state", "状态", choices=states.COMPLAINT_STATES, method="in_states"),
            Filter("handler", "承办人", choices=[("none", "没有定"), *people], method="handled_by"),
        )
        return page

    def queryset(self) -> QuerySet:
        return Complaint.objects.listed_for(self.found.standing).select_related("handler")

    def prepare(self, rows: list[Any]) -> list[Any]:
        mine = Complaint.objects.readable_by(self.found.standing).filter(pk__in=[row.pk for row in rows])
        self.open_to_me = set(mine.values_list("pk", flat=True))
        return rows

    def row_url(self, row: Complaint) -> str:
        asks = {Hat.LEADING, Hat.HEAD} & self.found.standing.hats
        return reverse("onsite:complaint", args=[row.pk]) if row.pk in self.open_to_me or asks else ""


@require_safe
@view(needs=SIGNED_IN)
def complaints(request: HttpRequest, pk: int) -> HttpResponse:
    found = here(request, pk, Data.COMPLAINT)
    page = ComplaintPage.at_task(request, found)
    leads = Hat.LEADER in found.standing.hats
    context = frame(
        found, "onsite:complaints", register=may_register(found.task, found.standing),
        take_in=may_take_in(found.task, found.standing), new=waiting(found.task) if leads else 0,
        channels=by_channel(found.task) if leads else [], dispositions=by_disposition(found.task) if leads else [],
    )  # fmt: skip
    return page.response(request, **context)


@require_safe
@view(needs=SIGNED_IN)
def complaint(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = thing_for(request, Complaint, pk)
    readable = may_read(one, found.standing)
    said = read_closed(things=[one], **hands(found, request))[0] if readable else {}
    clue = Clue.objects.readable_by(found.standing).filter(pk=one.clue_id or 0).first()
    context = frame(
        found, "onsite:complaints", page_title=str(one), complaint=one, said=said, readable=readable, clue=clue,
        topic=dict(words.TOPICS).get(said.get("topic", "")), rank=dict(words.RANKS).get(said.get("rank", "")),
        way=words.WAYS.get(one.channel), may_amend=may_amend_complaint(one, found.standing),
        decide=complaint_verdict("decide", one, found.standing), ask=may_ask(one, found.standing),
        close=complaint_verdict("close", one, found.standing), files=files_of(one) if readable else [],
        around=around(one, found.standing), look=LOOKS[one.state],
        papers=menu_of([("onsite.complaint", pk)] if readable else [], request.actor),
    )  # fmt: skip
    context["crumbs"] = crumbs(found, ("信访", reverse("onsite:complaints", args=[found.task.pk])))
    return render(request, "onsite/complaint.html", context)
