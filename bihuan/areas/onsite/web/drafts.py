"""Working drafts of a task: the list, one of them, and every step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.onsite import words
from bihuan.areas.onsite.access import Data
from bihuan.areas.onsite.actions.correct_draft import correct_draft
from bihuan.areas.onsite.actions.discuss_draft import discuss_draft
from bihuan.areas.onsite.actions.hand_in_draft import hand_in_draft
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.actions.return_draft import return_draft
from bihuan.areas.onsite.actions.review_draft import review_draft
from bihuan.areas.onsite.actions.set_aside_draft import set_aside_draft
from bihuan.areas.onsite.actions.sign_draft import sign_draft
from bihuan.areas.onsite.models import Draft
from bihuan.areas.onsite.policies import draft_verdict, may_amend_draft, may_write_draft
from bihuan.areas.onsite.reads.drafts import edition_rows, files_of, neighbours
from bihuan.areas.onsite.reads.team import team_members
from bihuan.documents.reads import menu_of
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page

from .finding import Here, crumbs, frame, hands, here, plain, readable_pks, thing_for

_STEPS = ("hand_in", "review", "discuss", "sign", "return", "set_aside", "replace")


class MeetingForm(forms.Form):
    on = DayField(label="组务会日期")
    opinion = forms.CharField(label="组务会意见", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class ReturnForm(forms.Form):
    text = forms.CharField(label="缺什么、怎么改", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)


class AsideForm(forms.Form):
    why = forms.ChoiceField(label="为什么不采用", choices=words.ASIDE)


@require_safe
@view(needs=SIGNED_IN)
def drafts(request: HttpRequest, pk: int) -> HttpResponse:
    """Titles for who may open them, with one event that names all; number and state for the others."""
    found = here(request, pk, Data.DRAFT)
    rows = list(
        Draft.objects.listed_for(found.standing).exclude(state="replaced")
        .select_related("focus", "written_by").order_by("focus__order", "number", "edition")
    )  # fmt: skip
    readable = readable_pks(found, Draft)
    open_ones = [row for row in rows if row.pk in readable]
    said = read_closed(things=open_ones, **hands(found, request))
    titles = {row.pk: one["title"] for row, one in zip(open_ones, said, strict=True)}
    context = frame(
        found, "onsite:drafts", page_title=f"底稿：{found.task}",
        rows=[(row, titles.get(row.pk, "")) for row in rows],
        write=may_write_draft(found.task, found.standing),
    )  # fmt: skip
    return render(request, "onsite/drafts.html", context)


@require_safe
@view(needs=SIGNED_IN)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = thing_for(request, Draft, pk)
    (said,) = read_closed(things=[one], **hands(found, request))
    members = team_members(found.task)
    context = frame(
        found, "onsite:drafts", page_title=f"{one}", draft=one, said=said,
        fields=[(label, said.get(key, "")) for key, label, _ in words.DRAFT_FIELDS if key != "title"],
        evidence=[(row, dict(words.EVIDENCE).get(row["kind"], "")) for row in said.get("evidence", ())],
        parties=[(row, dict(words.RESPONSIBILITIES).get(row["kind"], "")) for row in said.get("parties", ())],
        verdicts={step: draft_verdict(step, one, found.standing, members) for step in _STEPS},
        amend=may_amend_draft(one, found.standing), files=files_of(one), editions=edition_rows(one),
        around=neighbours(one, found.standing), papers=menu_of([("onsite.draft", pk)], request.actor),
    )  # fmt: skip
    context["crumbs"] = crumbs(found, ("底稿", reverse("onsite:drafts", args=[found.task.pk])))
    return render(request, "onsite/draft.html", context)


def _page(one: Draft) -> str:
    return reverse("onsite:draft", args=[one.pk])


def _act(request: HttpRequest, found: Here, one: Draft, form: forms.Form, action: Any, title: str, done: str, lead: str = "") -> HttpResponse:  # fmt: skip
    def do(cleaned: dict[str, Any]) -> str:
        made = action(draft=one, **cleaned, **hands(found, request))
        return _page(made)

    return act_page(
        request, form, do, title=f"{title}：{one}", button=title, back=_page(one), done=done, lead=lead,
        secret=True, crumbs=crumbs(found, (str(one), _page(one))),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = thing_for(request, Draft, pk)
    lead = "交出以后不能再改，退回才能改。要有事实、依据、一件以上证据、一个以上责任方。"
    return _act(request, found, one, plain(request), hand_in_draft, "交复核", "交复核了", lead)


@view(needs=SIGNED_IN)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = thing_for(request, Draft, pk)
    lead = "复核事实、证据和依据是否对得上。有缺的退回。"
    return _act(request, found, one, plain(request), review_draft, "复核通过", "复核通过了", lead)


@view(needs=SIGNED_IN)
def discuss(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = thing_for(request, Draft, pk)
    form = MeetingForm(request.POST or None, initial={"on": local_day(request.at)})
    return _act(
        request, found, one, form, discuss_draft, "记组务会意见", "组务会意见记下了", f"{words.NO_SECRETS}。"
    )


@view(needs=SIGNED_IN)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = thing_for(request, Draft, pk)
    lead = "签字以后这一版不再改动，可以写进报告；要改就出新版。"
    return _act(request, found, one, plain(request), sign_draft, "签字", "签了", lead)


@view(needs=SIGNED_IN)
def return_(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = thing_for(request, Draft, pk)
    return _act(request, found, one, ReturnForm(request.POST or None), return_draft, "退回修改", "退回了", f"{words.NO_SECRETS}。")  # fmt: skip


@view(needs=SIGNED_IN)
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = thing_for(request, Draft, pk)
    return _act(request, found, one, AsideForm(request.POST or None), set_aside_draft, "不采用", "记下了")


@view(needs=SIGNED_IN)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = thing_for(request, Draft, pk)
    lead = "新版从签过的这一版开始写，走一遍复核、组务会、签字；签了以后替代这一版。"
    return _act(request, found, one, plain(request), correct_draft, "出新版", "新版建好了，改完交复核", lead)  # fmt: skip
