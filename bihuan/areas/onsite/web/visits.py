"""下沉了解 and 宣讲: where the team went, and what it explained to people."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.onsite import words
from bihuan.areas.onsite.actions.hold_outreach import hold_outreach
from bihuan.areas.onsite.actions.log_visit import log_visit
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.models import Draft, Outreach, Visit
from bihuan.areas.onsite.policies import may_read
from bihuan.areas.onsite.policies.daily import may_work_on_site
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField
from bihuan.org.models import Person
from bihuan.ui.access import SIGNED_IN, confidential, view
from bihuan.ui.act import act_page
from bihuan.ui.lists import Column, Filter, Order

from .finding import frame
from .site import crumbs_of, list_of, people_of, site_for, thing_for
from .tables import TaskList


def _names(row: Visit) -> str:
    return "、".join(person.name for person in row.members.all())


class VisitsPage(TaskList):
    model = Visit
    title = "下沉了解"
    noun = "次"
    filters = (Filter("method", "方法", choices=words.VISIT_METHODS, method="by_method"),)
    columns = (
        Column("number", "编号", value=str, link=True, fixed=True, width=110, phone="top"),
        Column("on", "日期", width=110, phone="end"),
        Column("place", "地点", phone="title"),
        Column("method", "方法", value=lambda row: row.get_method_display(), width=110, phone="note"),
        Column("members", "去的人", value=_names, width=200, soft=True, phone="note"),
        Column("drafts", "相关底稿", value=lambda row: len(row.drafts.all()) or "", width=90, align="num"),
    )
    orders = (Order("on", "按日期", "-on"),)
    empty_title = "还没有下沉。"
    empty_text = "到车间、班组去看，四不两直；看到的情况封存保管。"

    def queryset(self) -> QuerySet:
        return Visit.objects.listed_for(self.standing).prefetch_related("members", "drafts")

    def row_url(self, row: Visit) -> str:
        return reverse("onsite:visit", args=[row.pk])


class OutreachPage(TaskList):
    model = Outreach
    title = "宣讲"
    noun = "次"
    columns = (
        Column("on", "日期", width=110, fixed=True, phone="end"),
        Column("topic", "内容", phone="title"),
        Column("place", "地点", width=160, soft=True, phone="note"),
        Column("speaker", "宣讲人", value=lambda row: row.speaker.name, width=100, phone="note"),
        Column("audience", "人数", width=80, align="num", phone="note"),
    )
    orders = (Order("on", "按日期", "-on"),)
    empty_title = "还没有宣讲。"
    empty_text = "向职工讲清巡察做什么、怎么反映问题，每次记一笔。"

    def queryset(self) -> QuerySet:
        return Outreach.objects.listed_for(self.standing).select_related("speaker")


class VisitForm(forms.Form):
    on = DayField(label="日期")
    method = forms.ChoiceField(label="方法", choices=words.VISIT_METHODS)
    place = forms.CharField(label="地点", max_length=80, help_text="如：加热炉车间 2 号炉")
    seen = forms.CharField(
        label="看到的情况", widget=forms.Textarea(attrs={"rows": 6}), max_length=8000,
        help_text=f"封存保管，只有巡察组看得到。{words.NO_SECRETS}。",
    )  # fmt: skip

    def __init__(self, *args, people, drafts, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"] = forms.ModelMultipleChoiceField(
            label="去的人", widget=forms.CheckboxSelectMultiple,
            queryset=Person.objects.filter(pk__in=[one.pk for one in people]).by_name(),
        )  # fmt: skip
        self.fields["drafts"] = forms.ModelMultipleChoiceField(
            label="相关底稿", required=False, queryset=drafts, widget=forms.CheckboxSelectMultiple
        )


class OutreachForm(forms.Form):
    on = DayField(label="日期")
    topic = forms.CharField(label="内容", max_length=120, help_text="如：巡察监督重点和反映问题的方式")
    place = forms.CharField(label="地点", max_length=80)
    audience = forms.IntegerField(label="人数", min_value=1, max_value=99_999)

    def __init__(self, *args, people, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        own = Person.objects.filter(pk__in=[one.pk for one in people]).by_name()
        self.fields["speaker"] = forms.ModelChoiceField(label="宣讲人", queryset=own)


@require_safe
@view(needs=SIGNED_IN)
def visits(request: HttpRequest, pk: int) -> HttpResponse:
    found = site_for(request, pk)
    task, standing = found.task, found.standing
    return VisitsPage.at_task(request, task, standing).response(
        request, **frame(found, "onsite:visits"), may=may_work_on_site(task, standing, local_day(request.at)), new="记下沉",
        new_url=list_of("visit-new", task),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def visit_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = site_for(request, pk)
    task, standing = found.task, found.standing
    drafts = Draft.objects.readable_by(standing).order_by("number", "edition")
    form = VisitForm(
        request.POST or None, people=people_of(task), drafts=drafts,
        initial={"on": local_day(request.at), "members": [request.actor.person_id]},
    )  # fmt: skip

    def do(cleaned: dict) -> None:
        log_visit(task=task, standing=standing, by=request.actor, at=request.at, **cleaned)

    back = list_of("visits", task)
    return act_page(
        request, form, do, title="记下沉了解", button="记下", back=back, done="记下了", secret=True,
        crumbs=crumbs_of(task, ("下沉了解", back)), checks=("日期在进驻以后、今天以前", "去的人都是本组的"),
    )  # fmt: skip


@require_safe
@view(needs=SIGNED_IN)
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    confidential(request)
    found, standing = thing_for(request, Visit, pk, "written_by")
    may = may_read(found, standing)
    context = {
        "page_title": str(found),
        "visit": found,
        "said": read_closed(things=[found], standing=standing, by=request.actor, at=request.at)[0] if may else {},
        "unread": may,
        "members": found.members.by_name(),
        "drafts": found.drafts.order_by("number", "edition"),
        "crumbs": crumbs_of(found.task, ("下沉了解", list_of("visits", found.task))),
    }  # fmt: skip
    return render(request, "onsite/visit.html", context)


@require_safe
@view(needs=SIGNED_IN)
def outreaches(request: HttpRequest, pk: int) -> HttpResponse:
    found = site_for(request, pk)
    task, standing = found.task, found.standing
    return OutreachPage.at_task(request, task, standing).response(
        request, **frame(found, "onsite:outreaches"), may=may_work_on_site(task, standing, local_day(request.at)), new="记宣讲",
        new_url=list_of("outreach-new", task),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def outreach_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = site_for(request, pk)
    task, standing = found.task, found.standing
    first = {"on": local_day(request.at), "speaker": request.actor.person_id}
    form = OutreachForm(request.POST or None, people=people_of(task), initial=first)

    def do(cleaned: dict) -> None:
        hold_outreach(task=task, standing=standing, by=request.actor, at=request.at, **cleaned)

    back = list_of("outreaches", task)
    return act_page(
        request, form, do, title="记宣讲", button="记下", back=back, done="记下了",
        crumbs=crumbs_of(task, ("宣讲", back)),
    )  # fmt: skip
