"""Moving, leaving, and the work that must not be orphaned: 还没交接的工作."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from bihuan.kernel.moment import local_day
from bihuan.org.actions.hand_over import LATER
from bihuan.org.actions.leave import leave
from bihuan.org.actions.move_person import move_person
from bihuan.org.actions.settle_hand_over import settle_hand_over
from bihuan.org.forms import DayField, NodeField, PersonField
from bihuan.org.models import HandOver, Person, Unit
from bihuan.org.permissions import Permission as P
from bihuan.org.reads import OpenWork, may_settle, open_work, pending_hand_overs, remaining
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page

KEEP, GIVE, WAIT = "keep", "give", "wait"


class WorkForm(forms.Form):
    """One answer and, where it is given on, one name for every open line."""

    def __init__(self, *args, lines: list[OpenWork], day, answers, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for n, work in enumerate(lines):
            self.fields[f"how{n}"] = forms.ChoiceField(
                label=work.said, choices=answers, initial=answers[0][0]
            )
            self.fields[f"who{n}"] = PersonField(day, label="接手人", required=False)
            for name, what in ((f"how{n}", "怎么办"), (f"who{n}", "由谁接手")):
                self.fields[name].widget.attrs["aria-label"] = f"{work.said}：{what}"

    def clean(self) -> dict:
        cleaned = super().clean()
        for n, _ in enumerate(self.lines):
            if cleaned.get(f"how{n}") == GIVE and f"who{n}" in cleaned and cleaned[f"who{n}"] is None:
                self.add_error(f"who{n}", "填接手人的工号或姓名")
        return cleaned

    def choices_for(self, person: Person) -> dict[str, int | None]:
        answer = {KEEP: person.pk, WAIT: LATER}
        return {
            work.key: self.cleaned_data[f"who{n}"].pk
            if self.cleaned_data[f"how{n}"] == GIVE
            else answer[self.cleaned_data[f"how{n}"]]
            for n, work in enumerate(self.lines)
        }

    def work_rows(self) -> list[dict]:
        return [{"work": w, "how": self[f"how{n}"], "who": self[f"who{n}"]} for n, w in enumerate(self.lines)]


class MoveForm(WorkForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, answers=((KEEP, "带走"), (GIVE, "交给"), (WAIT, "先列出")), **kwargs)
        self.fields["unit"] = NodeField(Unit, kwargs["day"], label="调到哪个单位")
        self.fields["title"] = forms.CharField(label="职务", max_length=60, required=False)
        self.fields["on"] = DayField(label="从哪天起")

    plain = ("unit", "title", "on")


class LeaveForm(WorkForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, answers=((GIVE, "交给"), (WAIT, "先列出")), **kwargs)
        self.fields["on"] = DayField(label="从哪天起不在岗")
        self.fields["why"] = forms.CharField(label="缘由", max_length=100, required=False)

    plain = ("on", "why")


def _going(request: HttpRequest, person: Person, form: WorkForm, do, **words) -> HttpResponse:
    back = reverse("org:person", args=[person.pk])
    plain = [form[name] for name in form.plain]
    return act_page(
        request,
        form,
        do,
        back=back,
        crumbs=[("人员", reverse("org:people")), (person.name, back)],
        template="org/going.html",
        plain=plain,
        **words,
    )


@view(needs=P.ORG_MANAGE)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    person, day = get_object_or_404(Person.objects.select_related("unit"), pk=pk), local_day(request.at)
    form = MoveForm(
        request.POST or None,
        lines=open_work(pk, request.at, request.actor),
        day=day,
        initial={"on": day, "title": person.title},
    )

    def do(cleaned: dict) -> None:
        move_person(
            person=person,
            unit=cleaned["unit"],
            title=cleaned["title"],
            on=cleaned["on"],
            choices=form.choices_for(person),
            by=request.actor,
            at=request.at,
        )

    return _going(
        request,
        person,
        form,
        do,
        title=f"{person.name}调动",
        button="调动",
        done="调好了",
        lead="不覆盖新单位的授权和岗位随调动停止，需要的由安全管理员重新授。",
    )


@view(needs=P.ORG_MANAGE)
def leaving(request: HttpRequest, pk: int) -> HttpResponse:
    person, day = get_object_or_404(Person.objects.select_related("unit"), pk=pk), local_day(request.at)
    form = LeaveForm(
        request.POST or None, lines=open_work(pk, request.at, request.actor), day=day, initial={"on": day}
    )

    def do(cleaned: dict) -> None:
        leave(
            person=person,
            on=cleaned["on"],
            why=cleaned["why"],
            choices=form.choices_for(person),
            by=request.actor,
            at=request.at,
        )

    return _going(
        request,
        person,
        form,
        do,
        title=f"{person.name}离开",
        button="办离开",
        done="办好了，账号已停用",
        lead="账号停用，授权和岗位停止；办过的事还在。",
    )


@view(needs=SIGNED_IN)
def hand_overs(request: HttpRequest) -> HttpResponse:
    waiting = [(one, remaining(one, request.at, request.actor)) for one in pending_hand_overs(request.actor)]
    return render(request, "org/hand_overs.html", {"waiting": waiting})


@view(needs=SIGNED_IN)
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    listed = get_object_or_404(HandOver.objects.select_related("person", "unit"), pk=pk)
    if not may_settle(listed, request.actor):
        raise Http404
    lines = remaining(listed, request.at, request.actor)
    form = WorkForm(
        request.POST or None,
        lines=lines,
        day=local_day(request.at),
        answers=((GIVE, "交给"), (WAIT, "先放着")),
    )
    form.plain = ()

    def do(cleaned: dict) -> None:
        settle_hand_over(
            listed=listed, choices=form.choices_for(listed.person), by=request.actor, at=request.at
        )

    back = reverse("org:hand-overs")
    return act_page(
        request,
        form,
        do,
        title=f"{listed.person.name}的工作交给谁",
        button="交接",
        back=back,
        done="交接好了",
        crumbs=[("还没交接的工作", back)],
        template="org/going.html",
        plain=[],
    )
