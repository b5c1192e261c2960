"""借调和鉴定: who was lent by which unit, when they went back, what is said of them."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bihuan.areas.inspection.actions.lend_members import lend_members
from bihuan.areas.inspection.actions.open_appraisal import open_appraisal
from bihuan.areas.inspection.actions.return_member import return_member
from bihuan.areas.inspection.actions.send_appraisal import send_appraisal
from bihuan.areas.inspection.actions.write_appraisal import LONGEST, write_appraisal
from bihuan.areas.inspection.models import Appraisal, Member, Secondment
from bihuan.areas.inspection.policies import may_appraise, may_send
from bihuan.areas.inspection.querysets import lends
from bihuan.areas.inspection.reads.asking import grades
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.forms import DayField
from bihuan.org.models import Person
from bihuan.org.permissions import Permission as P
from bihuan.org.policies import insist
from bihuan.ui.access import SIGNED_IN, confidential, view
from bihuan.ui.act import act_page
from bihuan.ui.lists import Column, ListPage, Order

from .finding import CRUMB, page_of, round_for
from .people import PickField
from .preparation import preparation_page

LENDS = (P.INSPECTION_PLAN, P.INSPECTION_PERSONNEL)


def _graded(row: Secondment, page) -> str:
    """The grade, for whom the appraisal is: once it was sent, or who arranges secondments."""
    written = getattr(row, "appraisal", None)
    if written is None:
        return "—"
    if written.sent_at is None:
        return "写了，没有送" if lends(page.actor) and row.person_id != page.actor.person_id else "—"
    return written.grade


class LentPage(ListPage):
    """本人的、本单位借出的；办借调的人看全部。"""

    model = Secondment
    title = "借调"
    noun = "人次"
    columns = (
        Column("person", "姓名", value="person.name", link=True, fixed=True, width=120, phone="title"),
        Column("home", "原单位", value="home.shown", phone="note"),
        Column("round", "轮次", value="round.name", phone="note", soft=True),
        Column("number", "借调函", soft=True),
        Column("from_day", "自", width=110),
        Column("to_day", "至", width=110),
        Column("returned_on", "返回", width=110),
        Column("grade", "鉴定", value=lambda row: "", cell=_graded, width=120, phone="end", export=False),
    )
    orders = (Order("new", "新的在前", "-from_day", "-pk"),)
    empty_title = "没有借调的人。"
    empty_text = "巡察办借调本单位的人参加巡察，列在这里。"

    def queryset(self) -> QuerySet:
        seen = Secondment.objects.visible_to(self.actor)
        return seen.select_related("person", "home", "round", "appraisal")

    def row_url(self, row: Secondment) -> str:
        return reverse("inspection:appraisal", args=[row.pk])


class LendForm(forms.Form):
    people = PickField(label="借调谁")
    number = forms.CharField(label="借调函文号", max_length=60, help_text="如：晋岭巡借〔2026〕2 号")
    from_day = DayField(label="自")
    to_day = DayField(label="至")
    notified_on = DayField(label="通知原单位的日期")


class OnForm(forms.Form):
    on = DayField(label="返回日期")


class AppraisalForm(forms.Form):
    grade = forms.ChoiceField(label="等次", choices=lambda: [(one, one) for one in grades()])
    text = forms.CharField(
        label="鉴定意见", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="写在巡察工作中的表现，不写巡察发现的情况",
    )  # fmt: skip


def secondment_for(request: HttpRequest, pk: int) -> Secondment:
    seen = Secondment.objects.visible_to(request.actor)
    return get_object_or_404(seen.select_related("person", "home", "round", "appraisal__written_by"), pk=pk)


@require_safe
@view(needs=SIGNED_IN)
def lent(request: HttpRequest) -> HttpResponse:
    return LentPage.of(request).response(request)


@view(needs=LENDS)
def lend(request: HttpRequest, code: str) -> HttpResponse:
    found, day = round_for(request, code), local_day(request.at)
    here = Member.objects.standing().filter(round=found).values("person")
    away = Secondment.objects.standing().filter(round=found).values("person")
    people = Person.objects.filter(pk__in=here).exclude(pk__in=away).select_related("unit")
    first = {"from_day": found.starts_on, "to_day": found.ends_on, "notified_on": day}
    form = LendForm(request.POST or None, initial=first)
    form.fields["people"].queryset = people.order_by("unit__path", "sort_key")

    def do(cleaned: dict) -> None:
        lend_members(round=found, by=request.actor, at=request.at, **cleaned)

    back = preparation_page(found)
    return act_page(
        request, form, do, title=f"{found}：借调", button="记借调", back=back, done="借调记下了",
        crumbs=[CRUMB, (found.name, page_of(found)), ("巡前准备", back)], checks=("是本轮组员", "没有在借调"),
    )  # fmt: skip


@view(needs=LENDS)
def back(request: HttpRequest, pk: int) -> HttpResponse:
    row = secondment_for(request, pk)

    def do(cleaned: dict) -> None:
        return_member(secondment=row, by=request.actor, at=request.at, **cleaned)

    page = preparation_page(row.round)
    return act_page(
        request, OnForm(request.POST or None, initial={"on": local_day(request.at)}), do, button="记返回",
        title=f"记返回：{row.person}", back=page, done="返回记下了", crumbs=[("巡前准备", page)],
    )  # fmt: skip


@require_safe
@view(needs=SIGNED_IN)
def appraisal(request: HttpRequest, pk: int) -> HttpResponse:
    """One secondment with its appraisal, for whom it is."""
    confidential(request)
    row = secondment_for(request, pk)
    mine = Appraisal.objects.visible_to(request.actor).filter(secondment=row)
    written = mine.select_related("secondment__round", "written_by").first()
    context = {
        "page_title": f"借调：{row.person}",
        "row": row,
        "written": written,
        "text": open_appraisal(appraisal=written, by=request.actor, at=request.at) if written else "",
        "write": may_appraise(row, request.actor),
        "send": may_send(row, request.actor),
        "crumbs": [("借调", reverse("inspection:secondments"))],
    }
    return render(request, "inspection/appraisal.html", context)


@view(needs=SIGNED_IN)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    confidential(request)
    row = secondment_for(request, pk)
    insist(may_appraise(row, request.actor))
    here = Appraisal.objects.visible_to(request.actor).filter(secondment=row, sent_at=None)
    written = here.select_related("secondment__round").first() if request.method == "GET" else None
    first = {"grade": grades()[1]}
    if written is not None:
        text = open_appraisal(appraisal=written, by=request.actor, at=request.at)
        first = {"grade": written.grade, "text": text}

    def do(cleaned: dict) -> None:
        write_appraisal(secondment=row, by=request.actor, at=request.at, **cleaned)

    page = reverse("inspection:appraisal", args=[row.pk])
    return act_page(
        request, AppraisalForm(request.POST or None, initial=first), do, title=f"写鉴定：{row.person}",
        button="保存", back=page, done="鉴定写好了，由巡察办送原单位", secret=True, crumbs=[("借调", page)],
        lead="鉴定意见加密保存。送出以后，本人和原单位负责人看得到，不能再改。",
    )  # fmt: skip


@require_POST
@view(needs=LENDS)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    row = secondment_for(request, pk)
    try:
        send_appraisal(secondment=row, by=request.actor, at=request.at)
    except Refused as refused:
        messages.error(request, f"{refused.reason}。{refused.todo}")
    else:
        messages.success(request, f"送{row.home.shown}了。")
    return HttpResponseRedirect(reverse("inspection:appraisal", args=[row.pk]))
