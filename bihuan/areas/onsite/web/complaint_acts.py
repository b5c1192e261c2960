"""What is done with a complaint: registered, taken in, completed, decided, closed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import words
from bihuan.areas.onsite.access import Data
from bihuan.areas.onsite.actions.amend_complaint import amend_complaint
from bihuan.areas.onsite.actions.close_complaint import close_complaint
from bihuan.areas.onsite.actions.decide_complaint import decide_complaint
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.actions.register_complaint import register_complaint
from bihuan.areas.onsite.actions.take_in import take_in
from bihuan.areas.onsite.forms import FilesField, words_field
from bihuan.areas.onsite.models import Clue, Complaint
from bihuan.areas.onsite.reads.complaints import waiting
from bihuan.areas.onsite.reads.team import team_members
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField
from bihuan.org.models import Person
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page

from .finding import Here, crumbs, hands, here, thing_for

_CHANNELS = tuple(one for one in words.CHANNELS if one[0] in words.WAYS)


class AboutForm(forms.Form):
    summary = words_field("反映的内容", 8, help_text="写清时间、地点、什么人、什么事；不写是谁反映的")
    subject = forms.CharField(
        label="反映对象", max_length=300, required=False, help_text="姓名和职务，几个人就用顿号隔开"
    )
    rank = forms.ChoiceField(label="对象的层级", choices=words.RANKS)
    topic = forms.ChoiceField(label="类别", choices=words.TOPICS)


class RegisterForm(AboutForm):
    name = forms.CharField(
        label="反映人姓名", max_length=40, required=False, help_text="本人署名或愿意留的才记；匿名的不要打听"
    )
    phone = forms.CharField(label="反映人电话", max_length=40, required=False)
    files = FilesField(label="信件扫描件、照片、材料", help_text="加密保存，一次可选几个")

    def __init__(self, *args: Any, channel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        way = forms.CharField(label=words.WAYS[channel], max_length=120, required=False)
        self.fields = {"received_on": DayField(label="收到日期"), "way": way, **self.fields}


class _MemberField(forms.ModelChoiceField):
    def __init__(self, task: Task, **kwargs: Any) -> None:
        people = Person.objects.filter(pk__in=[one.person_id for one in team_members(task)])
        super().__init__(queryset=people.order_by("sort_key"), empty_label="——", **kwargs)


class TakeInForm(forms.Form):
    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["registrar"] = _MemberField(
            task, label="由谁登记", help_text="收进以后由他看内容、补类别"
        )


class DecideForm(forms.Form):
    on = DayField(label="组务会日期")
    disposition = forms.ChoiceField(label="去向", choices=[("", "——"), *words.DISPOSITIONS])
    opinion = words_field("组务会意见", 3, required=False)
    to = forms.CharField(
        label="转给谁", max_length=80, required=False, help_text="转被巡察单位、有关部门时填"
    )
    text = words_field(
        "转出的内容", 5, required=False, help_text="转出去的只有这一段：只写事，不写反映人的任何情况"
    )

    def __init__(self, *args: Any, task: Task, found: Here, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        handler = _MemberField(task, label="承办人")
        clue = forms.ModelChoiceField(
            label="作为哪条线索", queryset=Clue.objects.readable_by(found.standing).order_by("number"), required=False,
            empty_label="新记一条", help_text="去向是“作为问题线索”时用；新记的由承办人补全、组长核定",
        )  # fmt: skip
        first = {name: self.fields[name] for name in ("on", "disposition")}
        self.fields = {**first, "handler": handler, "clue": clue, **self.fields}


class CloseForm(forms.Form):
    result = words_field("办理结果", 5, help_text="查了什么、结论是什么；转出的写回复情况")


def _files(request: HttpRequest) -> dict[str, Any] | None:
    return {"files": request.FILES.getlist("files")} if request.method == "POST" else None


def _list(found: Here) -> tuple[str, str]:
    return "信访", reverse("onsite:complaints", args=[found.task.pk])


def _page(one: Complaint) -> str:
    return reverse("onsite:complaint", args=[one.pk])


@view(needs=SIGNED_IN)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one channel: each asks for its own way of coming."""
    found = here(request, pk, Data.COMPLAINT)
    asked = request.GET.get("channel", "")
    channel = asked if asked in words.WAYS else "letter"
    first = {"received_on": local_day(request.at)}
    form = RegisterForm(request.POST or None, _files(request), channel=channel, initial=first)

    def do(cleaned: dict[str, Any]) -> str:
        files, on = cleaned.pop("files"), cleaned.pop("received_on")
        made = register_complaint(
            task=found.task,
            channel=channel,
            received_on=on,
            said=cleaned,
            files=files,
            **hands(found, request),
        )
        return _page(made)

    return act_page(
        request, form, do, title="登记信访", button="登记", back=_list(found)[1], done="登记了，等组务会定去向",
        lead="内容和附件加密保存，只有登记人、承办人和组长看得到。", crumbs=crumbs(found, _list(found)), secret=True,
        multipart=True, template="onsite/complaint_new.html", channels=_CHANNELS, channel=channel,
    )  # fmt: skip


@view(needs=SIGNED_IN)
def taking(request: HttpRequest, pk: int) -> HttpResponse:
    found = here(request, pk, Data.COMPLAINT)

    def do(cleaned: dict[str, Any]) -> None:
        take_in(task=found.task, **cleaned, **hands(found, request))

    form = TakeInForm(request.POST or None, task=found.task)
    return act_page(
        request, form, do, title=f"扫码来件：收进登记 {waiting(found.task)} 件", button="收进登记",
        back=_list(found)[1], done="收进登记了", crumbs=crumbs(found, _list(found)),
        lead="收进以前谁也打不开。收进时编号打乱次序，看不出谁先谁后；只记收到的日期。", checks=("由组长收", "登记人是本组组员"),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = thing_for(request, Complaint, pk)
    (said,) = read_closed(things=[one], **hands(found, request))
    first = {**said, "summary": said.get("summary") or said.get("told", "")}

    def do(cleaned: dict[str, Any]) -> None:
        amend_complaint(complaint=one, said=cleaned, **hands(found, request))

    return act_page(
        request, AboutForm(request.POST or None, initial=first), do, title=f"补登记：{one}", button="存",
        back=_page(one), done="存好了", crumbs=crumbs(found, _list(found), (str(one), _page(one))), secret=True,
        lead="扫码来件的原文另外保留，不会改动。" if one.public else "",
    )  # fmt: skip


@view(needs=SIGNED_IN)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = thing_for(request, Complaint, pk)
    first = {"on": local_day(request.at), "handler": one.handler_id or one.registered_by_id}
    form = DecideForm(request.POST or None, task=found.task, found=found, initial=first)

    def do(cleaned: dict[str, Any]) -> None:
        said = {key: cleaned.pop(key) for key in ("opinion", "to", "text")}
        decide_complaint(complaint=one, said=said, **cleaned, **hands(found, request))

    return act_page(
        request, form, do, title=f"定去向：{one}", button="定去向", back=_page(one), done="去向定了", secret=True,
        checks=("组务会开过", "承办人是本组组员", "转出的内容里没有反映人的姓名和电话"),
        crumbs=crumbs(found, _list(found), (str(one), _page(one))),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = thing_for(request, Complaint, pk)

    def do(cleaned: dict[str, Any]) -> None:
        close_complaint(complaint=one, **cleaned, **hands(found, request))

    return act_page(
        request, CloseForm(request.POST or None), do, title=f"办结：{one}", button="办结", back=_page(one),
        done="办结了", crumbs=crumbs(found, _list(found), (str(one), _page(one))), secret=True,
    )  # fmt: skip
