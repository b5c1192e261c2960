"""What is done with a clue: noted, confirmed or dropped, handed over, received, dealt with, reported, closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from bihuan.areas.onsite import words
from bihuan.areas.onsite.access import Data
from bihuan.areas.onsite.actions.close_clue import close_clue
from bihuan.areas.onsite.actions.confirm_clue import confirm_clue
from bihuan.areas.onsite.actions.dispose_clue import dispose_clue
from bihuan.areas.onsite.actions.drop_clue import drop_clue
from bihuan.areas.onsite.actions.note_clue import note_clue
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.actions.receive_clue import PERMISSIONS, receive_clue
from bihuan.areas.onsite.actions.report_clue import report_clue
from bihuan.areas.onsite.actions.transfer_clue import transfer_clue
from bihuan.areas.onsite.forms import words_field
from bihuan.areas.onsite.models import Clue, Complaint, Talk
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField
from bihuan.org.models import Person
from bihuan.org.reads import people_who
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page

from .clues import due_of
from .finding import Here, crumbs, hands, here, thing_for

_NARROW = "涉及被巡察党组织主要负责人，或有必要缩小知情范围"
_WHO_THEN = "只有组长、线索专管员和领导小组组长看得到，记的人也不再看得到"


class ClueForm(forms.Form):
    subject = forms.CharField(label="反映对象", max_length=200, help_text="姓名；不清楚就写岗位")
    post = forms.CharField(label="职务", max_length=120, required=False)
    authority = forms.CharField(
        label="干部管理权限", max_length=80, required=False, help_text="如：集团公司党委管理"
    )
    summary = words_field("线索内容", 8, help_text="写清时间、地点、什么事、怎么知道的、有什么可以查证")
    source = forms.CharField(
        label="来源", max_length=120, required=False, help_text="如：谈话003、信访012、底稿002"
    )
    severity = forms.ChoiceField(label="严重程度", choices=words.SEVERITIES)
    narrow = forms.BooleanField(label=_NARROW, required=False, help_text=_WHO_THEN)


class ConfirmForm(ClueForm):
    """`parts` are the talks and complaints of the task that may go with it."""

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"] = forms.MultipleChoiceField(
            label="随线索移交的材料", choices=choices, required=False, widget=forms.CheckboxSelectMultiple,
            help_text="移交以后接收机构看得到这几件，看不到别的",
        )  # fmt: skip


class WhyForm(forms.Form):
    why = words_field("为什么不作为线索", 3, help_text="如：一般工作不足，转入底稿；个人诉求，转有关部门")


class TransferForm(forms.Form):
    body = forms.ChoiceField(label="移交给", choices=words.BODIES)
    document = forms.CharField(label="移交文号", max_length=60, help_text="如：晋岭巡移〔2026〕1 号")
    on = DayField(label="移交日期")


class ReceiveForm(forms.Form):
    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"] = forms.ModelChoiceField(
            label="承办人", queryset=Person.objects.filter(pk__in=[one.pk for one in people]), empty_label="——",
            help_text="签收以后本机构只有承办人看得到",
        )  # fmt: skip


class DisposeForm(forms.Form):
    disposition = forms.ChoiceField(label="处置方式", choices=words.CLUE_DISPOSITIONS)


class ReportForm(forms.Form):
    result = words_field("办理结果", 6, help_text="核实了什么、结论、处理情况")


def _list(found: Here) -> tuple[str, str]:
    return "线索", reverse("onsite:clues", args=[found.task.pk])


def _parts_of(found: Here) -> dict[str, Talk | Complaint]:
    rows: list[Talk | Complaint] = []
    for model in (Talk, Complaint):
        rows += model.objects.readable_by(found.standing).order_by("number")
    return {f"{one.DATA.value}-{one.pk}": one for one in rows}


def _step(
    request: HttpRequest, pk: int, form_of: Callable[[Here, Clue], forms.Form], act: Callable[..., Any],
    title: str, done: str, **more: Any,
) -> HttpResponse:  # fmt: skip
    """One step with one clue: its form, what it does, back to the clue or, where it is out of sight then, the list."""
    found, one = thing_for(request, Clue, pk)
    page = reverse("onsite:clue", args=[pk])

    def do(cleaned: dict[str, Any]) -> str:
        act(clue=one, **cleaned, **hands(found, request))
        still = Clue.objects.readable_by(found.standing).filter(pk=pk).exists()
        return page if still else _list(found)[1]

    return act_page(
        request, form_of(found, one), do, title=f"{title}：{one}", button=title, back=page, done=done, secret=True,
        crumbs=crumbs(found, _list(found), (str(one), page)), **more,
    )  # fmt: skip


@view(needs=SIGNED_IN)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """From a talk or a complaint (`?from=talk-3`) it comes with it."""
    found = here(request, pk, Data.CLUE)
    origin = _parts_of(found).get(request.GET.get("from", ""))

    def do(cleaned: dict[str, Any]) -> str:
        narrow = cleaned.pop("narrow")
        parts = [{"kind": origin.DATA.value, "key": str(origin.key), "label": str(origin)}] if origin else []
        made = note_clue(
            task=found.task, said={**cleaned, "parts": parts}, narrow=narrow, **hands(found, request)
        )
        if narrow:
            messages.info(request, f"{made}：{_WHO_THEN}。")
        return _list(found)[1] if narrow else reverse("onsite:clue", args=[made.pk])

    first = {"source": str(origin) if origin else ""}
    return act_page(
        request, ClueForm(request.POST or None, initial=first), do, title="记线索", button="记下",
        back=_list(found)[1], done="记下了，等组长核定", secret=True, checks=(words.NO_CLUE,),
        lead="线索和底稿分开，加密保存，只有记的人、组长和线索专管员看得到。", crumbs=crumbs(found, _list(found)),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    def form(found: Here, one: Clue) -> forms.Form:
        (said,) = read_closed(things=[one], **hands(found, request))
        parts = _parts_of(found)
        taken = {part["key"] for part in said.get("parts", [])}
        first = {
            **said,
            "narrow": one.narrow,
            "parts": [key for key, part in parts.items() if str(part.key) in taken],
        }
        choices = [(key, str(part)) for key, part in parts.items()]
        return ConfirmForm(request.POST or None, choices=choices, initial=first)

    def act(*, clue: Clue, parts: list[str], narrow: bool, **rest: Any) -> None:
        told = {key: rest.pop(key) for key in ClueForm.base_fields if key in rest}
        known = _parts_of(here(request, clue.task_id, Data.CLUE))
        confirm_clue(clue=clue, said=told, parts=[known[key] for key in parts], narrow=narrow, **rest)

    return _step(request, pk, form, act, "核定", "核定了，由线索专管员移交", checks=(words.NO_CLUE,))


@view(needs=SIGNED_IN)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, lambda *_: WhyForm(request.POST or None), drop_clue, "不作为线索", "记下了")


@view(needs=SIGNED_IN)
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    day = local_day(request.at)
    _, one = thing_for(request, Clue, pk)
    due = due_of(one, day)
    rule, when = due["rule"], due["deadline"].due
    lead = f"今天移交，应在 {when.year}年{when.month}月{when.day}日以前反馈：{rule.label} {rule.value} {rule.unit}，自{rule.start_event}起，{one.task.round.rule_pack}，{due['certainty']}。"
    form = TransferForm(request.POST or None, initial={"on": day})
    return _step(request, pk, lambda *_: form, transfer_clue, "移交", "移交了，等对方签收", lead=lead)


@view(needs=SIGNED_IN)
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    def form(found: Here, one: Clue) -> forms.Form:
        permission = PERMISSIONS.get(one.body, "")
        people = people_who(permission, request.actor.unit_path, day=local_day(request.at))
        first = {"handler": request.actor.person_id}
        return ReceiveForm(request.POST or None, people=people, initial=first)

    return _step(request, pk, form, receive_clue, "签收", "签收了")


@view(needs=SIGNED_IN)
def dispose(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(
        request, pk, lambda *_: DisposeForm(request.POST or None), dispose_clue, "定处置方式", "处置方式定了"
    )


@view(needs=SIGNED_IN)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, lambda *_: ReportForm(request.POST or None), report_clue, "反馈", "反馈了")


@view(needs=SIGNED_IN)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, lambda *_: forms.Form(request.POST or None), close_clue, "办结", "办结了")
