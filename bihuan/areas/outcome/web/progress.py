"""The concentrated period: whose rectification one follows, the leaders' meeting, the reports."""

from __future__ import annotations

from django import forms
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.outcome.actions.hand_in_rect_report import hand_in_rect_report
from bihuan.areas.outcome.actions.hold_life_meeting import hold_life_meeting
from bihuan.areas.outcome.actions.note_rect_reading import note_rect_reading
from bihuan.areas.outcome.actions.receive_rect_report import receive_rect_report
from bihuan.areas.outcome.models import ClockDay, Feedback, RectificationPlan
from bihuan.areas.outcome.policies.progress import may_receive_rect_report, reading_bodies
from bihuan.areas.outcome.reads.figures import figures_of
from bihuan.areas.outcome.reads.rectifying import feedbacks_open_to
from bihuan.areas.outcome.words import NO_SECRETS, READERS, STAGES, TWO_REPORTS
from bihuan.documents.reads import menu_of
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField, PersonField
from bihuan.problems import states as loop
from bihuan.ui.access import SIGNED_IN, confidential, view
from bihuan.ui.act import act_page
from bihuan.ui.lists import Column, ListPage, Order

from .following import hands, page_of, place_for, report_of, trail

_DONE = Q(items__problem__closure__in=loop.DONE_WITH, items__problem__closed_by__isnull=False)

_PAPERS = {"org": "outcome.rectification_report", "head": "outcome.head_report"}


class FollowPage(ListPage):
    """The feedbacks whose rectification this person follows."""

    model = Feedback
    title = "巡察整改"
    noun = "家"
    columns = (
        Column("org", "党组织", value=lambda row: row.task.org.shown, link=True, fixed=True, phone="title"),
        Column("round", "轮次", value=lambda row: str(row.task.round), soft=True, phone="note"),
        Column("received_on", "签收", width=130, soft=True),
        Column("plan", "整改方案", value=lambda row: _plan_words(row), width=110),
        Column("done", "已完成", value=lambda row: f"{row.done}/{row.total}", width=90, phone="end"),
        Column("end", "集中整改期满", width=130, soft=True, phone="note"),
    )
    orders = (Order("received", "最近签收", "-received_on"),)
    empty_title = "没有要跟踪的整改。"
    empty_text = "反馈意见签收以后，被巡察党组织的整改方案、报告和进度都在这里。"

    def queryset(self) -> QuerySet:
        end = ClockDay.objects.filter(feedback=OuterRef("pk"), code="concentrated").values("due_on")
        problems = Q(items__problem__isnull=False) & ~Q(items__problem__closure=loop.VOID)
        return (
            feedbacks_open_to(self.actor)
            .defer("sealed")
            .select_related("task__org", "task__round", "plan")
            .annotate(
                total=Count("items", filter=problems, distinct=True),
                done=Count("items", filter=_DONE, distinct=True),
                end=Subquery(end),
                org_order=F("task__org__order"),
            )
        )

    def row_url(self, row: Feedback) -> str:
        return reverse("outcome:rectification", args=[row.pk])


def _plan_words(row: Feedback) -> str:
    return row.plan.get_state_display() if hasattr(row, "plan") else "还没有编"


class LifeForm(forms.Form):
    on = DayField(label="召开日期")

    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chair"] = PersonField(day, label="主持人")
        self.fields["present"] = forms.IntegerField(label="到会人数", min_value=1)
        self.fields["note"] = forms.CharField(
            label="查摆的主要问题和承诺", widget=forms.Textarea(attrs={"rows": 6}), help_text=NO_SECRETS
        )


class ReportForm(forms.Form):
    stage = forms.ChoiceField(label="阶段", choices=STAGES)
    kind = forms.ChoiceField(label="文件", choices=TWO_REPORTS)
    text = forms.CharField(
        label="正文", widget=forms.Textarea(attrs={"rows": 14}), help_text=f"件数由系统统计，不用写。{NO_SECRETS}"
    )  # fmt: skip


class ReceiveForm(forms.Form):
    on = DayField(label="收到日期")


class ReadingForm(forms.Form):
    body = forms.ChoiceField(label="作为")
    note = forms.CharField(
        label="阅处意见", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, bodies, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [(code, label) for code, label in READERS if code in bodies]


@require_safe
@view(needs=SIGNED_IN)
def followed(request: HttpRequest) -> HttpResponse:
    confidential(request)
    return FollowPage.of(request).response(request)


@view(needs=SIGNED_IN)
def life_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    found, feedback = place_for(request, pk)
    day = local_day(request.at)

    def do(cleaned: dict) -> None:
        hold_life_meeting(feedback=feedback, **cleaned, **hands(found, request))

    return act_page(
        request, LifeForm(request.POST or None, day=day, initial={"on": day}), do, title="记专题民主生活会",
        button="记下", back=page_of(feedback), done="记下了", crumbs=trail(feedback),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def report_new(request: HttpRequest, pk: int) -> HttpResponse:
    found, feedback = place_for(request, pk)
    now = figures_of([feedback.pk], local_day(request.at))

    def do(cleaned: dict) -> None:
        hand_in_rect_report(feedback=feedback, **cleaned, **hands(found, request))

    plan = RectificationPlan.objects.filter(feedback=feedback).first()
    mine = plan is not None and plan.head_id == request.actor.person_id
    first = {"kind": "head" if mine else "org"}
    counted = f"{now.total} 件，已销号 {now.done} 件，基本完成 {now.basically} 件，没有完成 {now.rest} 件"
    said = f"自报完成、还没有核验的 {now.said} 件不算完成。" if now.said else ""
    return act_page(
        request, ReportForm(request.POST or None, initial=first), do, title="报送整改报告", button="报送",
        back=page_of(feedback), done="报送了", crumbs=trail(feedback),
        lead=f"随报告记下今天的统计：{counted}。{said}",
    )  # fmt: skip


@require_safe
@view(needs=SIGNED_IN)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    found, row = report_of(request, pk)
    done = {one.body for one in row.readings.all()}
    context = {
        "page_title": str(row), "report": row, "task": found.task, "crumbs": trail(row.feedback),
        "readings": row.readings.select_related("read_by").order_by("pk"),
        "may_receive": may_receive_rect_report(row, found.standing),
        "papers": menu_of([(_PAPERS[row.kind], pk)], request.actor),
        "may_read": row.received_on and set(reading_bodies(found.standing)) - done,
    }  # fmt: skip
    return render(request, "outcome/rectification_report.html", context)


@view(needs=SIGNED_IN)
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    found, row = report_of(request, pk)

    def do(cleaned: dict) -> None:
        receive_rect_report(report=row, **cleaned, **hands(found, request))

    back = reverse("outcome:rectification-report", args=[row.pk])
    return act_page(
        request, ReceiveForm(request.POST or None, initial={"on": local_day(request.at)}), do, title=f"签收：{row}",
        button="签收", back=back, done="签收了", crumbs=trail(row.feedback),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    found, row = report_of(request, pk)
    form = ReadingForm(request.POST or None, bodies=reading_bodies(found.standing))

    def do(cleaned: dict) -> None:
        note_rect_reading(report=row, **cleaned, **hands(found, request))

    back = reverse("outcome:rectification-report", args=[row.pk])
    return act_page(
        request, form, do, title=f"阅：{row}", button="记下阅处", back=back, done="记下了",
        crumbs=trail(row.feedback),
    )  # fmt: skip
