"""联动任务: the list, one of them, and its steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bihuan.areas.inspection.models import Task
from bihuan.areas.joint import states
from bihuan.areas.joint.actions.close_joint import close_joint
from bihuan.areas.joint.actions.drop_joint import drop_joint
from bihuan.areas.joint.actions.plan_joint import plan_joint
from bihuan.areas.joint.actions.start_joint import start_joint
from bihuan.areas.joint.models import JointPart, JointTask
from bihuan.areas.joint.policies import (
    may_add_part,
    may_drop_part,
    may_plan,
    may_report,
    may_share,
    step_verdict,
)
from bihuan.kernel.clock import read_clock
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page
from bihuan.ui.lists import Choice, Column, Filter, ListPage, Order, View
from bihuan.ui.parts import state
from bihuan.ui.refusals import sentence

from .finding import COMERS, CRUMB, joint_for, page_of

_LOOKS = {
    states.PLANNED: ("calm", "clock"),
    states.UNDER_WAY: ("busy", "progress"),
    states.CLOSED: ("good", "circle-check"),
    states.DROPPED: ("calm", "ban"),
}


def _state_cell(row: JointTask, page: ListPage):
    return state(row.get_state_display(), *_LOOKS[row.state])


def _reports(row: JointTask) -> str:
    parts = row.parts.all()
    return f"{sum(one.reported_at is not None for one in parts)}/{len(parts)}"


class JointPage(ListPage):
    model = JointTask
    title = "联动任务"
    noun = "项"
    template = "joint/tasks.html"
    filters = (
        Filter("in_states", "状态", choices=[Choice(code, label) for code, label in states.STATES]),
        Filter("text", "名称、党组织", kind="text", method="matching"),
    )
    columns = (
        Column("title", "名称", width=220, link=True, fixed=True, phone="title"),
        Column("org", "被巡察党组织", value=lambda row: row.task.org.shown, width=160, phone="note"),
        Column("round", "轮次", value=lambda row: str(row.task.round), width=160, soft=True, phone="note"),
        Column("from", "计划进驻", value=lambda row: row.task.from_day, width=110, soft=True),
        Column("reports", "部门报告", value=_reports, width=80),
        Column("state", "状态", value="get_state_display", cell=_state_cell, width=100, phone="end"),
    )
    orders = (Order("new", "新的在前", "-pk"),)
    views = (View("all", "全部"), View("under_way", "进行中", "in_states=under_way"))
    empty_title = "没有联动任务。"
    empty_text = "巡察和审计等部门一次进驻、各自报告的，由巡察办立联动任务。"

    def queryset(self) -> QuerySet:
        seen = JointTask.objects.visible_to(self.actor)
        return seen.select_related("task__org", "task__round").prefetch_related("parts")

    def row_url(self, row: JointTask) -> str:
        return page_of(row)


@require_safe
@view(needs=COMERS)
def tasks(request: HttpRequest) -> HttpResponse:
    return JointPage.of(request).response(request, may_plan=may_plan(request.actor))


def _row(part: JointPart, request: HttpRequest, readable: set[int]) -> dict[str, Any]:
    by = request.actor
    owed = part.reported_at is None and part.joint.state == states.UNDER_WAY
    return {
        "part": part,
        "readable": part.pk in readable,
        "report": may_report(part, by),
        "share": may_share(part, by),
        "drop": may_drop_part(part, by),
        "clock": read_clock(part.due_on, local_day(request.at)) if owed else None,
    }


@require_safe
@view(needs=SIGNED_IN)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    joint, by = joint_for(request, pk), request.actor
    parts = list(joint.parts.select_related("unit", "leader", "joint").order_by("pk"))
    readable = set(joint.parts.readable_by(by).values_list("pk", flat=True))
    context = {
        "page_title": joint.title,
        "joint": joint,
        "look": (joint.get_state_display(), *_LOOKS[joint.state]),
        "rows": [_row(part, request, readable) for part in parts],
        "add": may_add_part(joint, by),
        "may": {step: step_verdict(step, joint, by, parts) for step in ("start", "close", "drop")},
    }
    return render(request, "joint/task.html", context)


class PlanForm(forms.Form):
    task = forms.ModelChoiceField(Task.objects.none(), label="联合哪项巡察任务", empty_label="请选择")
    title = forms.CharField(label="名称", max_length=80, help_text="如“热轧厂巡审联动”")
    plan = forms.CharField(
        label="联动方案", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一次进驻怎么分工，资料怎么共用，谁牵头碰头",
    )  # fmt: skip

    def __init__(self, *args, actor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        open_ = Task.objects.visible_to(actor).filter(left_on=None, joint=None)
        open_ = open_.exclude(round__state="cancelled").select_related("round", "org")
        self.fields["task"].queryset = open_.order_by("round__starts_on", "pk")
        self.fields["task"].label_from_instance = lambda task: f"{task.round} {task}"


@view(needs=P.INSPECTION_PLAN)
def new(request: HttpRequest) -> HttpResponse:
    def do(cleaned: dict) -> str:
        return page_of(plan_joint(by=request.actor, at=request.at, **cleaned))

    back = reverse("joint:tasks")
    return act_page(
        request, PlanForm(request.POST or None, actor=request.actor), do, title="立联动任务", button="立项",
        back=back, done="立好了，接着列入部门", crumbs=[CRUMB, ("联动任务", back)],
        lead="一次进驻，一个方案，各部门各自报告；巡察组的报告仍在巡察任务里出。", checks=("任务还没有离场", "一项任务一个联动"),
    )  # fmt: skip


def _take(request: HttpRequest, pk: int, action: Callable[..., JointTask], done: str) -> HttpResponse:
    joint = joint_for(request, pk)
    try:
        action(joint=joint, by=request.actor, at=request.at)
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(page_of(joint))


@require_POST
@view(needs=P.INSPECTION_PLAN)
def start(request: HttpRequest, pk: int) -> HttpResponse:
    return _take(request, pk, start_joint, "开始了，已通知各部门负责人。")


@require_POST
@view(needs=P.INSPECTION_PLAN)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    return _take(request, pk, close_joint, "办结了。")


@require_POST
@view(needs=P.INSPECTION_PLAN)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    return _take(request, pk, drop_joint, "不办了，记录还在。")
