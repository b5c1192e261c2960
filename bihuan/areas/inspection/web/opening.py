"""What goes out before an entry, and the page that says what is still missing."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.inspection.actions.name_liaison import name_liaison
from bihuan.areas.inspection.actions.post_announcement import post_announcement
from bihuan.areas.inspection.actions.send_notice import send_notice
from bihuan.areas.inspection.models import Task
from bihuan.areas.inspection.policies import entry_verdict, gates_of, may_enter
from bihuan.areas.inspection.reads import ready_of
from bihuan.areas.inspection.words import SIDES
from bihuan.documents.reads import menu_of
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField, PersonField
from bihuan.org.permissions import Permission as P
from bihuan.org.reads import rule_of
from bihuan.ui.access import view
from bihuan.ui.act import act_page

from .finding import CRUMB, page_of, task_for

#: where each gate is mended; what is mended on the round's page or by the members themselves has none
_MEND = {"team": "give", "notice": "notice", "announcement": "announcement", "liaison": "liaison"}

_PAPERS = ("inspection.notice", "inspection.announcement", "inspection.entry_host", "inspection.entry_speech")


class NoticeForm(forms.Form):
    number = forms.CharField(label="文号", max_length=60, help_text="如：晋岭巡通〔2026〕5 号")
    sent_on = DayField(label="发出日期")
    receiver = forms.CharField(label="签收人", max_length=40)


class AnnouncementForm(forms.Form):
    posted_on = DayField(label="张贴日期")
    places = forms.CharField(label="张贴地点", max_length=200, help_text="如：厂门口、食堂、浴室、厂务公开栏")
    phone = forms.CharField(label="电话和接听时间", max_length=80)
    mailbox = forms.CharField(label="意见箱和信箱", max_length=200)
    accepts_until = DayField(label="受理截止")


class LiaisonForm(forms.Form):
    side = forms.ChoiceField(label="哪一方", choices=SIDES)

    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = PersonField(day, label="谁")


def gates_page(task: Task) -> str:
    return reverse("inspection:task-gates", args=[task.pk])


@require_safe
@view(needs=P.INSPECTION_VIEW)
def gates(request: HttpRequest, pk: int) -> HttpResponse:
    """进驻前还缺什么, of one task."""
    task, day = task_for(request, pk), local_day(request.at)
    ready = ready_of(task.round, [task], request.actor)[task.pk]
    found = gates_of(ready)
    plan = request.actor.may(P.INSPECTION_PLAN)
    rows = [(gate, _mend(task, gate.code) if plan and not gate.ok else "") for gate in found]
    context = {
        "page_title": f"进驻前还缺什么：{task}",
        "task": task,
        "ready": ready,
        "rows": rows,
        "done": sum(gate.ok for gate in found),
        "enter": may_enter(task, request.actor, max(day, task.round.starts_on), found),
        "all_open": entry_verdict(found),
        "crumbs": [CRUMB, (task.round.name, page_of(task.round))],
        "papers": menu_of([(code, pk) for code in _PAPERS], request.actor),
    }
    return render(request, "inspection/gates.html", context)


def _mend(task: Task, code: str) -> str:
    if code == "training":
        return reverse("inspection:training-new", args=[task.round.code])
    if code == "mobilised":
        return reverse("inspection:mobilisation-new", args=[task.round.code])
    if code == "briefings":
        return reverse("inspection:preparation", args=[task.round.code])
    if code in _MEND:
        return reverse(f"inspection:task-{_MEND[code]}", args=[task.pk])
    return f"{page_of(task.round)}#teams"


def _page(request: HttpRequest, task: Task, form: forms.Form, action, title: str, button: str, done: str):
    def do(cleaned: dict) -> None:
        action(task=task, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, form, do, title=f"{title}：{task}", button=button, back=gates_page(task), done=done,
        crumbs=[CRUMB, (task.round.name, page_of(task.round)), ("进驻前还缺什么", gates_page(task))],
    )  # fmt: skip


@view(needs=P.INSPECTION_PLAN)
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    task = task_for(request, pk)
    form = NoticeForm(request.POST or None, initial={"sent_on": local_day(request.at)})
    return _page(request, task, form, send_notice, "记巡察通知", "记下", "通知记下了")


@view(needs=P.INSPECTION_PLAN)
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    task = task_for(request, pk)
    before = int(rule_of(task.round.rule_pack, "complaint.cut_off").value)
    until = max(task.from_day, task.to_day - timedelta(days=before))
    first = {"posted_on": local_day(request.at), "accepts_until": until}
    form = AnnouncementForm(request.POST or None, initial=first)
    return _page(request, task, form, post_announcement, "记巡察公告", "记下", "公告记下了")


@view(needs=P.INSPECTION_PLAN)
def liaison(request: HttpRequest, pk: int) -> HttpResponse:
    task = task_for(request, pk)
    form = LiaisonForm(request.POST or None, day=local_day(request.at))
    return _page(request, task, form, name_liaison, "定联络员", "定下", "联络员记下了")
