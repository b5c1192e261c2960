"""Meetings before and at the entry: consultation, mobilisation, mobilisation at the entry."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.inspection.actions.hold_consultation import LONGEST, hold_consultation
from bihuan.areas.inspection.actions.hold_entry_meeting import hold_entry_meeting
from bihuan.areas.inspection.actions.mobilise import mobilise
from bihuan.areas.inspection.actions.open_consultation import open_consultation
from bihuan.areas.inspection.models import Briefing, Consultation, Member, Round, Task, Team
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField, PersonField
from bihuan.org.models import Person
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import SIGNED_IN, confidential, view
from bihuan.ui.act import act_page

from .finding import CRUMB, page_of, round_for, task_for
from .people import PeopleField, PickField
from .preparation import preparation_page


class _TaskField(forms.ModelChoiceField):
    def label_from_instance(self, task: Task) -> str:
        return f"{task.org.shown}（{task.get_mode_display()}）"


class _BriefingsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, row: Briefing) -> str:
        return f"{row.task.org.shown}：{row.unit.shown}，{row.get_state_display()}"


class ConsultationForm(forms.Form):
    """What was agreed is confidential: it is sealed, and no draft of it stays in the browser."""

    held_on = DayField(label="日期")
    task = _TaskField(label="哪项任务", queryset=Task.objects.none(), required=False, empty_label="全轮")
    considered = _BriefingsField(
        label="研究了哪些情况通报", queryset=Briefing.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args, round: Round, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task"].queryset = round.tasks.select_related("org").order_by("from_day", "pk")
        told = Briefing.objects.filter(task__round=round, state="answered")
        self.fields["considered"].queryset = told.select_related("task__org", "unit").order_by("task", "pk")
        self.fields["present"] = PeopleField(day, label="参加人")
        self.fields["agreed"] = forms.CharField(
            label="议定的事项", widget=forms.Textarea(attrs={"rows": 6}), max_length=LONGEST
        )


@view(needs=P.INSPECTION_PLAN)
def consultation_new(request: HttpRequest, code: str) -> HttpResponse:
    found, day = round_for(request, code), local_day(request.at)
    back = preparation_page(found)
    first = {"held_on": day, "task": request.GET.get("task")}
    form = ConsultationForm(request.POST or None, round=found, day=day, initial=first)

    def do(cleaned: dict) -> None:
        hold_consultation(round=found, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, form, do, title=f"{found}：记会商", button="记下", back=back, done="会商记下了", secret=True,
        lead="不得录入国家秘密。议定的事项加密保存，只有巡察办和巡察组看得到，每次打开都有记录。",
        crumbs=[CRUMB, (found.name, page_of(found)), ("巡前准备", back)],
    )  # fmt: skip


@require_safe
@view(needs=SIGNED_IN)
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    confidential(request)
    seen = Consultation.objects.visible_to(request.actor).select_related("round", "task__org")
    row = get_object_or_404(seen.prefetch_related("present", "considered__unit"), pk=pk)
    office = request.actor.may(P.INSPECTION_PLAN)
    context = {
        "page_title": f"会商：{row.task.org.shown if row.task else row.round}",
        "row": row,
        "agreed": open_consultation(consultation=row, by=request.actor, at=request.at),
        "crumbs": [CRUMB, (row.round.name, page_of(row.round)), ("巡前准备", preparation_page(row.round))]
        if office
        else [("我的巡察", reverse("inspection:mine"))],
    }
    return render(request, "inspection/consultation.html", context)


class _TeamsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class MobilisationForm(forms.Form):
    held_on = DayField(label="日期")
    place = forms.CharField(label="地点", max_length=80)
    announced = _TeamsField(
        label="宣布授权任职的组", queryset=Team.objects.none(), required=False,
        help_text="组里的人都授权了才能宣布",
    )  # fmt: skip
    members = PickField(label="到会的组员", required=False)
    collected = PickField(
        label="当场收回回避申报的", required=False, help_text="收回纸质申报不代替本人在“我的巡察”里申报"
    )

    def __init__(self, *args, round: Round, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["announced"].queryset = Team.objects.filter(round=round).order_by("number")
        here = Member.objects.standing().filter(round=round).values("person")
        people = Person.objects.filter(pk__in=here).select_related("unit").order_by("sort_key")
        self.fields["members"].queryset = self.fields["collected"].queryset = people
        self.fields["guests"] = PeopleField(day, label="到会的其他人", required=False)


@view(needs=P.INSPECTION_PLAN)
def mobilisation_new(request: HttpRequest, code: str) -> HttpResponse:
    found, day = round_for(request, code), local_day(request.at)
    back = preparation_page(found)
    standing = list(Member.objects.standing().filter(round=found))
    first = {
        "held_on": day,
        "members": [one.person_id for one in standing],
        "collected": [one.person_id for one in standing if one.declared_at],
    }
    form = MobilisationForm(request.POST or None, round=found, day=day, initial=first)

    def do(cleaned: dict) -> None:
        people = {one.pk: one for one in [*cleaned.pop("members"), *cleaned.pop("guests")]}
        papers = {one.pk for one in cleaned.pop("collected")}
        mobilise(
            round=found, present=people.values(), collected=[one for one in standing if one.person_id in papers],
            by=request.actor, at=request.at, **cleaned,
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"{found}：记动员部署会", button="记下", back=back, done="动员部署会记下了",
        crumbs=[CRUMB, (found.name, page_of(found)), ("巡前准备", back)], checks=("宣布的组都已授权",),
    )  # fmt: skip


class EntryMeetingForm(forms.Form):
    held_on = DayField(label="日期")
    place = forms.CharField(label="地点", max_length=80)

    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["secretary"] = PersonField(day, label="作表态发言的书记")
        self.fields["spoke"] = PeopleField(day, label="讲话的人")


@view(needs=P.INSPECTION_PLAN)
def entry_meeting_new(request: HttpRequest, pk: int) -> HttpResponse:
    task, day = task_for(request, pk), local_day(request.at)
    back = preparation_page(task.round)

    def do(cleaned: dict) -> None:
        hold_entry_meeting(task=task, by=request.actor, at=request.at, **cleaned)

    form = EntryMeetingForm(request.POST or None, day=day, initial={"held_on": task.entered_on or day})
    return act_page(
        request, form, do, title=f"记进驻动员会：{task}", button="记下", back=back, done="进驻动员会记下了",
        crumbs=[CRUMB, (task.round.name, page_of(task.round)), ("巡前准备", back)],
        checks=("在进驻期间", "书记是被巡察党组织所属单位的"),
    )  # fmt: skip
