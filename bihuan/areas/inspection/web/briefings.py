"""情况通报: the office asks departments, each answers its own, the office and the team read."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from bihuan.areas.inspection import states
from bihuan.areas.inspection.actions.answer_briefing import LONGEST, answer_briefing
from bihuan.areas.inspection.actions.open_briefing import open_briefing, open_briefing_file
from bihuan.areas.inspection.actions.return_briefing import return_briefing
from bihuan.areas.inspection.models import Briefing
from bihuan.areas.inspection.policies import briefing_verdict
from bihuan.documents.reads import menu_of
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Missing
from bihuan.org.forms import DayField
from bihuan.org.permissions import Permission as P
from bihuan.org.policies import insist
from bihuan.ui import parts
from bihuan.ui.access import SIGNED_IN, confidential, view
from bihuan.ui.act import act_page
from bihuan.ui.lists import Choice, Column, Filter, ListPage, Order, View

from .finding import CRUMB, page_of
from .people import FilesField
from .preparation import preparation_page

ANSWERS = (P.INSPECTION_DEPARTMENT, P.INSPECTION_DISCIPLINE, P.INSPECTION_PERSONNEL)
SECRET = "不得录入国家秘密。内容加密保存，只有本部门、巡察办和承担这项任务的巡察组看得到，每次打开都有记录。"


def look_of(row: Briefing, day) -> tuple[str, str, str]:
    """(word, tone, icon) of where a briefing stands."""
    if row.is_late(day):
        return f"逾期 {(day - row.due_on).days} 天", "late", "alert-circle"
    if row.state == states.ANSWERED:
        return "已报", "good", "circle-check"
    return row.get_state_display(), "soon", "clock"


class AskedPage(ListPage):
    """本部门的，别的部门的不在这里。"""

    model = Briefing
    title = "请我通报的"
    noun = "件"
    filters = (
        Filter("state", "状态", choices=[Choice(*one) for one in states.BRIEFING_STATES], method="in_state"),
    )
    columns = (
        Column("org", "党组织", value="task.org.shown", link=True, fixed=True, phone="title"),
        Column("round", "轮次", value="task.round.name", phone="note", soft=True),
        Column("unit", "部门", value="unit.shown", width=120, phone="note"),
        Column("items", "条目", value=lambda row: f"{len(row.items)} 条", width=80),
        Column("due", "期限", value="due_on", width=120),
        Column(
            "state", "状态", value="get_state_display", width=120, phone="end",
            cell=lambda row, page: parts.state(*look_of(row, page.today)),
        ),
    )  # fmt: skip
    orders = (Order("due", "按期限", "-due_on", "pk"),)
    views = (View("all", "全部"), View("owed", "还要报的", "state=asked&state=returned"))
    empty_title = "没有请本部门通报的。"
    empty_text = "巡察办在进驻前请部门通报情况，请到本部门的列在这里。"

    def queryset(self) -> QuerySet:
        return Briefing.objects.asked_of(self.actor).select_related("task__org", "task__round", "unit")

    def row_url(self, row: Briefing) -> str:
        return reverse("inspection:briefing", args=[row.pk])


def briefing_for(request: HttpRequest, pk: int) -> Briefing:
    confidential(request)
    seen = Briefing.objects.visible_to(request.actor)
    return get_object_or_404(seen.select_related("task__round__rule_pack", "task__org", "unit"), pk=pk)


def _crumbs(request: HttpRequest, row: Briefing) -> list[tuple[str, str]]:
    """Where this reader came from: the office from the round, a department from its list, a team from its own page."""
    if request.actor.may(P.INSPECTION_PLAN):
        here = row.task.round
        return [CRUMB, (here.name, page_of(here)), ("巡前准备", preparation_page(here))]
    if any(request.actor.may(code) for code in ANSWERS):
        return [("请我通报的", reverse("inspection:briefings"))]
    return [("我的巡察", reverse("inspection:mine"))]


def page_of_briefing(row: Briefing) -> str:
    return reverse("inspection:briefing", args=[row.pk])


@require_safe
@view(needs=ANSWERS)
def briefings(request: HttpRequest) -> HttpResponse:
    return AskedPage.of(request).response(request)


@require_safe
@view(needs=SIGNED_IN)
def briefing(request: HttpRequest, pk: int) -> HttpResponse:
    row = briefing_for(request, pk)
    told = open_briefing(briefing=row, by=request.actor, at=request.at)
    context = {
        "page_title": f"情况通报：{row.task.org.shown}",
        "row": row,
        "told": told,
        "papers": menu_of([("inspection.briefing", pk)] if told else [], request.actor),
        "look": look_of(row, local_day(request.at)),
        "answer": briefing_verdict("answer", row, request.actor),
        "return": briefing_verdict("return", row, request.actor),
        "crumbs": _crumbs(request, row),
    }
    return render(request, "inspection/briefing.html", context)


class AnswerForm(forms.Form):
    """A text for each item, in its order."""

    def __init__(self, *args, items: list[str], before: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for number, item in enumerate(items):
            self.fields[f"text-{number}"] = forms.CharField(
                label=item, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
                initial=before[number] if number < len(before) else "",
            )  # fmt: skip
        self.fields["files"] = FilesField(
            label="附件", required=False, help_text="最多 10 个，和内容一样加密保存"
        )


@view(needs=ANSWERS)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    row = briefing_for(request, pk)
    insist(briefing_verdict("answer", row, request.actor))
    told = open_briefing(briefing=row, by=request.actor, at=request.at)
    before = [text for _, text in told[0].pairs] if told else []
    form = AnswerForm(request.POST or None, request.FILES or None, items=row.items, before=before)
    why = f"退回的理由：{told[0].reason}。" if told and told[0].reason else ""

    def do(cleaned: dict) -> None:
        texts = [cleaned[f"text-{number}"] for number in range(len(row.items))]
        answer_briefing(briefing=row, texts=texts, files=cleaned["files"], by=request.actor, at=request.at)

    return act_page(
        request, form, do, title=f"报情况通报：{row.task.org.shown}", button="报巡察办", back=page_of_briefing(row),
        done="报了", lead=f"{why}{SECRET}", crumbs=_crumbs(request, row), secret=True, multipart=True,
        checks=("每一条都写了，没有的写“无”", "附件打得开"),
    )  # fmt: skip


class ReturnForm(forms.Form):
    reason = forms.CharField(label="要补充什么", widget=forms.Textarea(attrs={"rows": 4}), max_length=1000)
    due_on = DayField(label="新的期限")


@view(needs=P.INSPECTION_PLAN)
def return_(request: HttpRequest, pk: int) -> HttpResponse:
    row = briefing_for(request, pk)

    def do(cleaned: dict) -> None:
        return_briefing(briefing=row, by=request.actor, at=request.at, **cleaned)

    form = ReturnForm(request.POST or None, initial={"due_on": local_day(request.at)})
    return act_page(
        request, form, do, title=f"退回补充：{row}", button="退回", back=page_of_briefing(row), done="退回了",
        lead="理由和答复一样加密保存，只有这个部门、巡察办和巡察组看得到。", crumbs=_crumbs(request, row), secret=True,
    )  # fmt: skip


@require_safe
@view(needs=SIGNED_IN)
def file(request: HttpRequest, pk: int, turn: int, order: int) -> HttpResponse:
    row = briefing_for(request, pk)
    one = get_object_or_404(row.answers.select_related("briefing__task__round"), turn=turn)
    try:
        content = open_briefing_file(answer=one, order=order, by=request.actor, at=request.at)
    except FileNotFoundError:
        raise Missing("文件内容找不到了", "请告诉系统管理员核对文件存储") from None
    response = HttpResponse(content.data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, content.name) or "attachment"
    return response
