"""Giving a feedback: to the principal, at the meeting, signed for, copied, and its problems handed out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from bihuan.areas.outcome import words
from bihuan.areas.outcome.actions.copy_feedback import copy_feedback
from bihuan.areas.outcome.actions.give_feedback import give_feedback
from bihuan.areas.outcome.actions.raise_items import raise_items
from bihuan.areas.outcome.actions.receive_feedback import receive_feedback
from bihuan.areas.outcome.actions.tell_principal import tell_principal
from bihuan.areas.outcome.models import Feedback
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField, PersonField
from bihuan.org.models import Person
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page

from .finding import Here, crumbs, feedback_for, hands, page_of


class DayForm(forms.Form):
    on = DayField(label="日期")


class PrincipalForm(DayForm):
    def __init__(self, *args: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["principal"] = PersonField(day, label="主要负责人")


class ReceiptForm(DayForm):
    def __init__(self, *args: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"] = PersonField(day, label="签收人")


class CopyForm(DayForm):
    body = forms.ChoiceField(label="抄送给", choices=words.COPIED_TO)
    receiver = forms.CharField(label="收件单位或人", max_length=60)
    field_order = ("body", "receiver", "on")


def _act(
    request: HttpRequest, found: Here, one: Feedback, form: forms.Form, do: Any, title: str, **more: Any
):
    back = page_of(one)
    more.setdefault("done", f"{title}，记下了")
    return act_page(
        request,
        form,
        do,
        title=title,
        button=title,
        back=back,
        crumbs=crumbs(found, (str(one), back)),
        **more,
    )


def _first(request: HttpRequest) -> dict[str, Any]:
    return {"on": local_day(request.at)}


@view(needs=SIGNED_IN)
def principal(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = feedback_for(request, pk)

    def do(cleaned: dict[str, Any]) -> None:
        tell_principal(feedback=one, **cleaned, **hands(found, request))

    form = PrincipalForm(request.POST or None, initial=_first(request), day=local_day(request.at))
    lead = "第一步：向主要负责人一对一反馈。第二步才向领导班子反馈。"
    return _act(request, found, one, form, do, "记一对一反馈", lead=lead)


@view(needs=SIGNED_IN)
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = feedback_for(request, pk)

    def do(cleaned: dict[str, Any]) -> None:
        give_feedback(feedback=one, **cleaned, **hands(found, request))

    lead = "反馈意见在班子会议上给出，从此不能再改，被巡察党组织的负责人和整改联络员看得到。"
    checks = ("至少一个问题", "每个问题定了牵头单位", "已经一对一反馈")
    form = DayForm(request.POST or None, initial=_first(request))
    return _act(request, found, one, form, do, "记班子会议反馈", lead=lead, checks=checks)


@view(needs=SIGNED_IN)
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisation signs for itself: then who signs is whoever is here."""
    found, one = feedback_for(request, pk)
    own = found.is_inspected

    def do(cleaned: dict[str, Any]) -> str:
        receiver = Person.objects.select_related("unit").get(pk=request.actor.person_id) if own else cleaned.pop("receiver")  # fmt: skip
        receive_feedback(feedback=one, receiver=receiver, **cleaned, **hands(found, request))
        return reverse("outcome:mine") if own else page_of(one)

    data, first = request.POST or None, _first(request)
    form = (
        DayForm(data, initial=first) if own else ReceiptForm(data, initial=first, day=local_day(request.at))
    )
    lead = "签收那天起，按本轮锁定的规则包计算报方案、民主生活会、集中整改期满等期限，以后不变。"
    return _act(request, found, one, form, do, "签收" if own else "记签收", lead=lead)


@view(needs=SIGNED_IN)
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = feedback_for(request, pk)

    def do(cleaned: dict[str, Any]) -> None:
        copy_feedback(feedback=one, **cleaned, **hands(found, request))

    return _act(
        request, found, one, CopyForm(request.POST or None, initial=_first(request)), do, "记抄送",
        lead="反馈意见抄送分管领导、主责部门、纪检机构和组织部门。",
    )  # fmt: skip


@view(needs=SIGNED_IN)
def raising(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = feedback_for(request, pk)
    count = one.items.filter(kind="problem").count()

    def do(cleaned: dict[str, Any]) -> None:
        raise_items(feedback=one, **hands(found, request))

    lead = (
        f"{count} 个问题一次下达，问题表述和反馈意见一字不差，归入{found.task.round}。"
        "限期整改的，期限是集中整改期满；立行立改的，按问题规则定期限；长期坚持的，按阶段目标。"
    )
    form = forms.Form(request.POST if request.method == "POST" else None)
    return _act(request, found, one, form, do, "下达整改", lead=lead, done=f"{count} 个问题下达了")
