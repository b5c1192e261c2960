"""What is done with one task: listed, taken out, entered, left."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from bihuan.areas.inspection.actions.add_task import add_task
from bihuan.areas.inspection.actions.drop_task import drop_task
from bihuan.areas.inspection.actions.enter import enter
from bihuan.areas.inspection.actions.leave import leave
from bihuan.areas.inspection.models import Framework
from bihuan.areas.inspection.words import ENTRIES, MODES
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField, NodeField
from bihuan.org.models import PartyOrg
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import view
from bihuan.ui.act import act_page

from .finding import CRUMB, page_of, round_for, task_for


class TaskForm(forms.Form):
    mode = forms.ChoiceField(label="方式", choices=MODES)
    framework = forms.ModelChoiceField(
        label="关注重点或专题", queryset=Framework.objects.filter(ended_on=None).order_by("special", "title")
    )
    entry = forms.ChoiceField(label="进驻方式", choices=ENTRIES)
    from_day = DayField(label="计划进驻")
    to_day = DayField(label="计划离场")

    def __init__(self, *args, day, term, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        own = NodeField(PartyOrg, day, label="党组织")
        listed = {str(pk) for pk in term.scope.standing(day).values_list("org_id", flat=True)}
        none, *nodes = own.choices
        scope = [(pk, shown.strip()) for pk, shown in nodes if pk in listed]
        beyond = [node for node in nodes if node[0] not in listed]
        own.choices = [none, ("本届巡察范围", scope), ("范围以外（提级、延伸）", beyond)]
        self.fields = {"org": own, **self.fields}
        topics = self.fields["framework"].queryset
        if not topics:
            self.fields["framework"].help_text = "还没有定：先到巡察首页的“关注重点”定一组"
        elif len(topics) == 1:
            self.fields["framework"].initial = topics[0]


class OnForm(forms.Form):
    on = DayField(label="日期")


@view(needs=P.INSPECTION_PLAN)
def new(request: HttpRequest, code: str) -> HttpResponse:
    found, day = round_for(request, code), local_day(request.at)
    first = {"from_day": found.starts_on, "to_day": found.ends_on}

    def do(cleaned: dict) -> None:
        add_task(round=found, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, TaskForm(request.POST or None, day=day, term=found.plan.term, initial=first), do, title=f"{found}：列入任务",
        button="列入", back=page_of(found), done="列入了", crumbs=[CRUMB, (found.name, page_of(found))],
        checks=("在本届巡察范围里", "日期在本轮之内", "专项选专题，其他方式选关注重点"),
    )  # fmt: skip


@view(needs=P.INSPECTION_PLAN)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    task = task_for(request, pk)
    drop_task(task=task, by=request.actor, at=request.at)
    messages.success(request, f"去掉了：{task}。")
    return HttpResponseRedirect(page_of(task.round))


def _on(request: HttpRequest, pk: int, action, what: str) -> HttpResponse:
    task = task_for(request, pk)
    back = page_of(task.round)

    def do(cleaned: dict) -> None:
        action(task=task, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, OnForm(request.POST or None, initial={"on": local_day(request.at)}), do,
        title=f"记{what}：{task}", button=f"记{what}", back=back, done=f"{what}记下了",
        crumbs=[CRUMB, (task.round.name, back)],
    )  # fmt: skip


@view(needs=P.INSPECTION_PLAN)
def enter_(request: HttpRequest, pk: int) -> HttpResponse:
    return _on(request, pk, enter, "进驻")


@view(needs=P.INSPECTION_PLAN)
def leave_(request: HttpRequest, pk: int) -> HttpResponse:
    return _on(request, pk, leave, "离场")
