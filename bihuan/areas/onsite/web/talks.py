"""Talks of a task: who has to be talked to, what was said, and that it was signed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.onsite import words
from bihuan.areas.onsite.access import Data
from bihuan.areas.onsite.actions.amend_talk import amend_talk
from bihuan.areas.onsite.actions.excuse_interviewee import excuse_interviewee
from bihuan.areas.onsite.actions.hold_talk import hold_talk
from bihuan.areas.onsite.actions.list_interviewee import list_interviewee
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.actions.sign_talk import sign_talk
from bihuan.areas.onsite.models import Interviewee, Talk
from bihuan.areas.onsite.policies import (
    may_amend_talk,
    may_ask,
    may_excuse,
    may_list,
    may_read,
    may_sign_talk,
    may_talk,
)
from bihuan.areas.onsite.reads.drafts import files_of
from bihuan.areas.onsite.reads.team import team_members
from bihuan.documents.reads import menu_of
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField, PersonField
from bihuan.org.models import Person
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page

from .finding import Here, crumbs, frame, hands, here, plain, readable_pks, thing_for

MOST_OFFERED = 30


def _text(label: str, rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=50_000, **more
    )


class RecordForm(forms.Form):
    who = forms.CharField(label="和谁谈", max_length=60)
    post = forms.CharField(label="职务", max_length=80, required=False)
    place = forms.CharField(label="地点", max_length=80, required=False)
    outline = _text("谈话提纲", 3, required=False)
    record = _text("谈话记录", 10)


class TalkForm(RecordForm):
    """`inspectors` are the members of the team."""

    def __init__(self, *args: Any, members: list[Person], waiting: list[Interviewee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = [(str(one.pk), str(one)) for one in members]
        listed = [(str(one.pk), f"{one.person}，{one.why}") for one in waiting]
        before = {
            "interviewee": forms.ChoiceField(
                label="约谈名单上的", choices=[("", "不在名单上（选谈）"), *listed], required=False
            ),
            "on": DayField(label="谈话日期"),
            "lead": forms.ChoiceField(label="主谈人", choices=team),
            "second": forms.ChoiceField(label="记录人", choices=team),
            "third": forms.ChoiceField(label="第三人", choices=[("", "没有"), *team], required=False),
        }
        self.fields = {**before, **self.fields}


class ListForm(forms.Form):
    why = forms.CharField(
        label="为什么必谈", max_length=80, help_text="如：领导班子成员、纪检负责人、退休不满三年的班子成员"
    )

    def __init__(self, *args: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"person": PersonField(day, label="谁"), **self.fields}


class ExcuseForm(forms.Form):
    text = forms.CharField(label="为什么免谈", max_length=200)


def _papers(talk: Talk, said: dict[str, Any] | None) -> list[tuple[str, Any]]:
    if said is None:
        return []
    outline = [("onsite.talk_outline", f"talk-{talk.pk}")] if said["outline"] else []
    return [("onsite.talk", talk.pk), *outline]


@require_safe
@view(needs=SIGNED_IN)
def talks(request: HttpRequest, pk: int) -> HttpResponse:
    found = here(request, pk, Data.TALK)
    rows = Talk.objects.listed_for(found.standing).select_related("lead", "second", "third")
    listed = Interviewee.objects.filter(task=found.task).select_related("person__unit", "talk")
    people = list(listed.order_by("talk", "excused_at", "pk"))
    for one in people:
        one.task = found.task
    readable = readable_pks(found, Talk)
    context = frame(
        found, "onsite:talks", page_title=f"谈话：{found.task}",
        rows=[(row, row.pk in readable) for row in rows.order_by("-held_on", "-number")],
        people=[(one, may_excuse(one, found.standing)) for one in people],
        missing=sum(one.talk_id is None and one.excused_at is None for one in people),
        talk=may_talk(found.task, found.standing), may_list=may_list(found.task, found.standing),
        papers=menu_of(_outlines(found, people), request.actor),
    )  # fmt: skip
    return render(request, "onsite/talks.html", context)


def _outlines(found: Here, people: list[Interviewee]) -> list[tuple[str, int, str]]:
    """An outline for each who is still to be talked to; of a long list the first ones, the others follow as it shrinks."""
    if not may_list(found.task, found.standing):
        return []
    waiting = [one for one in people if one.talk_id is None and one.excused_at is None]
    return [("onsite.talk_outline", one.pk, str(one.person)) for one in waiting[:MOST_OFFERED]]


@require_safe
@view(needs=SIGNED_IN)
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = thing_for(request, Talk, pk)
    readable = may_read(one, found.standing)
    said = read_closed(things=[one], **hands(found, request))[0] if readable else None
    context = frame(
        found, "onsite:talks", page_title=str(one), talk=one, said=said, readable=readable,
        amend=may_amend_talk(one, found.standing), sign=may_sign_talk(one, found.standing),
        ask=may_ask(one, found.standing), files=files_of(one) if readable else [],
        papers=menu_of(_papers(one, said), request.actor),
    )  # fmt: skip
    context["crumbs"] = crumbs(found, ("谈话", reverse("onsite:talks", args=[found.task.pk])))
    return render(request, "onsite/talk.html", context)


def _back(found: Here) -> str:
    return reverse("onsite:talks", args=[found.task.pk])


@view(needs=SIGNED_IN)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    found = here(request, pk, Data.TALK)
    members = [one.person for one in team_members(found.task)]
    waiting = Interviewee.objects.filter(task=found.task, talk=None, excused_at=None).select_related("person")
    first = {
        "on": local_day(request.at),
        "lead": request.actor.person_id,
        "interviewee": request.GET.get("who", ""),
    }
    chosen = (
        waiting.filter(pk=first["interviewee"]).first() if str(first["interviewee"]).isdecimal() else None
    )
    if chosen is not None:
        first |= {"who": chosen.person.name, "post": chosen.person.title}
    form = TalkForm(
        request.POST or None, members=members, waiting=list(waiting.order_by("pk")), initial=first
    )
    by_pk = {str(one.pk): one for one in members}

    def do(cleaned: dict[str, Any]) -> str:
        made = hold_talk(
            task=found.task, on=cleaned["on"], said=cleaned, lead=by_pk[cleaned["lead"]],
            second=by_pk[cleaned["second"]], third=by_pk.get(cleaned["third"]),
            interviewee=waiting.filter(pk=cleaned["interviewee"] or 0).first(), **hands(found, request),
        )  # fmt: skip
        return reverse("onsite:talk", args=[made.pk])

    return act_page(
        request, form, do, title="登记谈话", button="登记", back=_back(found), done="谈话登记了", secret=True,
        lead=f"{words.NO_SECRETS}。记录加密保存，只有谈话的人和组长看得到。", crumbs=crumbs(found, ("谈话", _back(found))),
        checks=("两名授权的组员一起谈", "由谈的人登记", "日期在进驻以后"),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = thing_for(request, Talk, pk)
    (said,) = read_closed(things=[one], **hands(found, request))
    page = reverse("onsite:talk", args=[pk])

    def do(cleaned: dict[str, Any]) -> None:
        amend_talk(talk=one, said=cleaned, **hands(found, request))

    return act_page(
        request, RecordForm(request.POST or None, initial=said), do, title=f"改{one}", button="存", back=page,
        done="改好了", lead=f"{words.NO_SECRETS}。谈话人核对签字以后不能再改。", secret=True,
        crumbs=crumbs(found, (str(one), page)),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = thing_for(request, Talk, pk)
    page = reverse("onsite:talk", args=[pk])

    def do(cleaned: dict[str, Any]) -> None:
        sign_talk(talk=one, **hands(found, request))

    return act_page(
        request, plain(request), do, title=f"记核对签字：{one}", button="记核对签字", back=page,
        done="记下了", lead="谈话人看过打印的记录并在每页签了字，再记。记下以后记录不能再改。",
        crumbs=crumbs(found, (str(one), page)),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def list_(request: HttpRequest, pk: int) -> HttpResponse:
    found = here(request, pk, Data.TALK)

    def do(cleaned: dict[str, Any]) -> None:
        list_interviewee(task=found.task, **cleaned, **hands(found, request))

    form = ListForm(request.POST or None, day=local_day(request.at))
    return act_page(
        request, form, do, title="列入约谈名单", button="列入", back=_back(found), done="列入了",
        lead="离场前名单上的人都要谈到，或由组长同意免谈。", crumbs=crumbs(found, ("谈话", _back(found))),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def excuse(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Interviewee.objects.select_related("person"), pk=pk)
    found = here(request, one.task_id, Data.TALK)
    one.task = found.task

    def do(cleaned: dict[str, Any]) -> None:
        excuse_interviewee(interviewee=one, **cleaned, **hands(found, request))

    return act_page(
        request, ExcuseForm(request.POST or None), do, title=f"同意免谈：{one.person}", button="同意免谈",
        back=_back(found), done="记下了", crumbs=crumbs(found, ("谈话", _back(found))),
    )  # fmt: skip
