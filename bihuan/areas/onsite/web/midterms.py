"""中期汇报: written by the team, submitted by its leader, heard by the office and the leading group."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.actions.amend_midterm import amend_midterm
from bihuan.areas.onsite.actions.hear_midterm import hear_midterm
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.actions.submit_midterm import submit_midterm
from bihuan.areas.onsite.actions.write_midterm import write_midterm
from bihuan.areas.onsite.models import Midterm
from bihuan.areas.onsite.policies import may_read
from bihuan.areas.onsite.policies.daily import may_amend_midterm, may_write_midterm, midterm_verdict
from bihuan.documents.reads import menu_of
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField
from bihuan.ui.access import SIGNED_IN, confidential, view
from bihuan.ui.act import act_page
from bihuan.ui.lists import Column, Order

from .finding import frame, plain
from .site import ABOVE, crumbs_of, list_of, site_for, thing_for
from .tables import TaskList, looks, state_cell

_TITLE = "中期汇报"


class MidtermsPage(TaskList):
    model = Midterm
    title = _TITLE
    noun = "份"
    columns = (
        Column("number", "编号", value=str, link=True, fixed=True, width=140, phone="title"),
        Column("written_by", "编写", value=lambda row: row.written_by.name, width=120, phone="note"),
        Column("submitted_at", "报送", width=120, soft=True, phone="note"),
        Column("heard_on", "听取", soft=True, phone="note"),
        Column("state", "状态", cell=state_cell(states.MIDTERM_STATES), width=110, phone="end"),
    )
    orders = (Order("number", "按编号", "-number"),)
    empty_title = "还没有中期汇报。"
    empty_text = "进驻过半，把进展、主要问题和下一步写成汇报，组长报送巡察办和领导小组。"

    def queryset(self) -> QuerySet:
        return Midterm.objects.listed_for(self.standing).select_related("written_by")

    def row_url(self, row: Midterm) -> str:
        return reverse("onsite:midterm", args=[row.pk])


class TextForm(forms.Form):
    text = forms.CharField(
        label="汇报", widget=forms.Textarea(attrs={"rows": 16}), max_length=40_000,
        help_text=f"写进展、发现的主要问题和下一步。封存保管，报送以前只有巡察组看得到。{words.NO_SECRETS}。",
    )  # fmt: skip


class HearForm(forms.Form):
    on = DayField(label="听取日期")
    opinions = forms.CharField(
        label="意见和要求", widget=forms.Textarea(attrs={"rows": 6}), max_length=8000,
        help_text=f"封存保管。{words.NO_SECRETS}。",
    )  # fmt: skip


@require_safe
@view(needs=SIGNED_IN)
def midterms(request: HttpRequest, pk: int) -> HttpResponse:
    found = site_for(request, pk, ABOVE)
    task, standing = found.task, found.standing
    return MidtermsPage.at_task(request, task, standing).response(
        request, **frame(found, "onsite:midterms"), may=may_write_midterm(task, standing, local_day(request.at)), new="写汇报",
        new_url=list_of("midterm-new", task),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def midterm_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = site_for(request, pk)
    task, standing = found.task, found.standing

    def do(cleaned: dict) -> str:
        made = write_midterm(task=task, standing=standing, by=request.actor, at=request.at, **cleaned)
        return reverse("onsite:midterm", args=[made.pk])

    back = list_of("midterms", task)
    return act_page(
        request, TextForm(request.POST or None), do, title="写中期汇报", button="存下", back=back, done="存下了",
        crumbs=crumbs_of(task, (_TITLE, back)), secret=True,
    )  # fmt: skip


def _read(request: HttpRequest, found: Midterm, standing) -> dict:
    if not may_read(found, standing):
        return {}
    return read_closed(things=[found], standing=standing, by=request.actor, at=request.at)[0]


@require_safe
@view(needs=SIGNED_IN)
def midterm(request: HttpRequest, pk: int) -> HttpResponse:
    confidential(request)
    found, standing = thing_for(request, Midterm, pk, "written_by", "submitted_by", "heard_by", hats=ABOVE)
    readable = may_read(found, standing)
    context = {
        "page_title": str(found),
        "midterm": found,
        "said": _read(request, found, standing),
        "unread": readable,
        "papers": menu_of([("onsite.midterm", pk)] if readable else [], request.actor),
        "looks": looks(states.MIDTERM_STATES),
        "amend": may_amend_midterm(found, standing),
        "submit": midterm_verdict("submit", found, standing),
        "hear": midterm_verdict("hear", found, standing),
        "crumbs": crumbs_of(found.task, (_TITLE, list_of("midterms", found.task))),
    }
    return render(request, "onsite/midterm.html", context)


def _act(request: HttpRequest, pk: int, form_of, action, title: str, done: str, lead: str = ""):
    confidential(request)
    found, standing = thing_for(request, Midterm, pk, hats=ABOVE)

    def do(cleaned: dict) -> None:
        action(midterm=found, standing=standing, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, form_of(found, standing), do, title=f"{title}：{found}", button=title, done=done, lead=lead,
        back=reverse("onsite:midterm", args=[pk]), secret=True,
        crumbs=crumbs_of(found.task, (_TITLE, list_of("midterms", found.task))),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def midterm_amend(request: HttpRequest, pk: int) -> HttpResponse:
    found, standing = thing_for(request, Midterm, pk, hats=ABOVE)
    if not may_amend_midterm(found, standing):
        return HttpResponseRedirect(reverse("onsite:midterm", args=[pk]))
    text = "" if request.method == "POST" else _read(request, found, standing).get("text", "")
    return _act(
        request,
        pk,
        lambda *_: TextForm(request.POST or None, initial={"text": text}),
        amend_midterm,
        "改",
        "改好了",
    )


@view(needs=SIGNED_IN)
def midterm_submit(request: HttpRequest, pk: int) -> HttpResponse:
    lead = "报送以后巡察办和领导小组看得到，不能再改。"
    return _act(request, pk, lambda *_: plain(request), submit_midterm, "报送", "报送了", lead)


@view(needs=SIGNED_IN)
def midterm_hear(request: HttpRequest, pk: int) -> HttpResponse:
    first = {"on": local_day(request.at)}
    return _act(
        request,
        pk,
        lambda *_: HearForm(request.POST or None, initial=first),
        hear_midterm,
        "记听取",
        "记下了",
    )
