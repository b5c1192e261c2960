"""立行立改通知书: written by a member, issued by the leader; what came of each item stands in the loop."""

from __future__ import annotations

from django import forms
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.actions.issue_notice import issue_notice
from bihuan.areas.onsite.actions.verify_item import verify_item
from bihuan.areas.onsite.actions.withdraw_notice import withdraw_notice
from bihuan.areas.onsite.actions.write_notice import ItemDraft, write_notice
from bihuan.areas.onsite.models import ImmediateNotice
from bihuan.areas.onsite.policies.notices import may_verify_item, may_write_notice, notice_verdict
from bihuan.areas.onsite.reads.latest import latest_immediate
from bihuan.documents.reads import menu_of
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField, NodeField
from bihuan.org.models import Unit
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page
from bihuan.ui.lists import Column, Filter, Order

from .finding import frame, plain
from .site import crumbs_of, list_of, site_for, thing_for
from .tables import TaskList, looks, state_cell

_TITLE = "立行立改通知书"
MOST = 5


class ImmediatesPage(TaskList):
    model = ImmediateNotice
    title = _TITLE
    noun = "份"
    filters = (Filter("state", "状态", choices=states.NOTICE_STATES, method="in_state"),)
    columns = (
        Column("number", "编号", value=str, link=True, fixed=True, width=120, phone="title"),
        Column("document", "文号", phone="note"),
        Column("unit", "责任单位", value=lambda row: row.unit.shown, phone="note"),
        Column(
            "count", "问题", value=lambda row: f"{row.verified}/{row.count} 条核实", width=110, phone="note"
        ),
        Column("due_on", "期限", width=110, soft=True),
        Column("signed_at", "签收", width=110, soft=True),
        Column("state", "状态", cell=state_cell(states.NOTICE_STATES), width=110, phone="end"),
    )
    orders = (Order("number", "按编号", "-number"),)
    empty_title = "还没有通知书。"
    empty_text = "进驻期间能马上改的、重大事故隐患，发立行立改通知书，每条进入整改闭环。"

    def queryset(self) -> QuerySet:
        seen = ImmediateNotice.objects.listed_for(self.standing).select_related("unit")
        return seen.annotate(count=Count("items"), verified=Count("items__verified_at"))

    def row_url(self, row: ImmediateNotice) -> str:
        return reverse("onsite:immediate", args=[row.pk])


class WriteForm(forms.Form):
    """So many items as one paper carries; an empty pair is no item."""

    due_on = DayField(label="完成期限")

    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"unit": NodeField(Unit, day, label="责任单位"), **self.fields}
        for n in range(1, MOST + 1):
            area = forms.Textarea(attrs={"rows": 2})
            text = forms.CharField(label=f"第 {n} 条问题", max_length=500, widget=area, required=n == 1)
            self.fields[f"statement_{n}"] = text
            self.fields[f"demand_{n}"] = forms.CharField(label="整改要求", max_length=300, required=n == 1)
            self.fields[f"hazard_{n}"] = forms.BooleanField(label="重大事故隐患", required=False)

    def items(self) -> list[ItemDraft]:
        said = self.cleaned_data
        rows = [
            (said[f"statement_{n}"], said[f"demand_{n}"], said[f"hazard_{n}"]) for n in range(1, MOST + 1)
        ]
        return [ItemDraft(*row) for row in rows if row[0] or row[1]]


class IssueForm(forms.Form):
    document = forms.CharField(label="文号", max_length=60, help_text="如：晋岭巡一组立改〔2026〕1 号")


class VerifyForm(forms.Form):
    note = forms.CharField(label="核实情况", max_length=200, help_text="如：现场看过，护栏已补装")


@require_safe
@view(needs=SIGNED_IN)
def immediates(request: HttpRequest, pk: int) -> HttpResponse:
    found = site_for(request, pk)
    task, standing = found.task, found.standing
    return ImmediatesPage.at_task(request, task, standing).response(
        request, **frame(found, "onsite:immediates"), may=may_write_notice(task, standing, local_day(request.at)), new="拟通知书",
        new_url=list_of("immediate-new", task),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def immediate_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = site_for(request, pk)
    task, standing = found.task, found.standing
    latest = latest_immediate(task)
    form = WriteForm(request.POST or None, day=local_day(request.at), initial={"due_on": latest})

    def do(cleaned: dict) -> str:
        made = write_notice(
            task=task, unit=cleaned["unit"], due_on=cleaned["due_on"], items=form.items(), standing=standing,
            by=request.actor, at=request.at,
        )  # fmt: skip
        return reverse("onsite:immediate", args=[made.pk])

    back = list_of("immediates", task)
    return act_page(
        request, form, do, title=f"拟{_TITLE}", button="交组长签发", back=back, done="拟好了，等组长签发",
        crumbs=crumbs_of(task, (_TITLE, back)), secret=True,
        checks=(f"责任单位属于{task.org.shown}", f"期限不晚于离场（{latest:%Y-%m-%d}）", "每条写问题和整改要求"),
        lead=f"组长签发以后，每条登记为立行立改的问题，由责任单位主要负责人签收。{words.NO_SECRETS}。",
    )  # fmt: skip


@require_safe
@view(needs=SIGNED_IN)
def immediate(request: HttpRequest, pk: int) -> HttpResponse:
    found, standing = thing_for(request, ImmediateNotice, pk, "unit", "written_by", "issued_by", "signed_by")
    items = list(found.items.select_related("problem", "verified_by").order_by("order"))
    for item in items:
        item.notice = found
    context = {
        "page_title": f"{found} {found.unit.shown}",
        "notice": found,
        "rows": [(item, may_verify_item(item, standing)) for item in items],
        "looks": looks(states.NOTICE_STATES),
        "papers": menu_of([("onsite.immediate", pk)], request.actor),
        "issue": notice_verdict("issue", found, standing),
        "withdraw": notice_verdict("withdraw", found, standing),
        "crumbs": crumbs_of(found.task, (_TITLE, list_of("immediates", found.task))),
    }
    return render(request, "onsite/immediate.html", context)


def _act(request: HttpRequest, pk: int, form: forms.Form, action, title: str, done: str, lead: str):
    found, standing = thing_for(request, ImmediateNotice, pk, "unit")
    back = reverse("onsite:immediate", args=[pk])

    def do(cleaned: dict) -> None:
        action(notice=found, standing=standing, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, form, do, title=f"{title}：{found}", button=title, back=back, done=done, lead=lead,
        crumbs=crumbs_of(found.task, (_TITLE, list_of("immediates", found.task))),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def immediate_issue(request: HttpRequest, pk: int) -> HttpResponse:
    lead = "签发以后不能改；每条登记为问题，归入本轮，责任单位主要负责人收到待签收的提示。"
    return _act(request, pk, IssueForm(request.POST or None), issue_notice, "签发", "签发了", lead)


@view(needs=SIGNED_IN)
def immediate_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    lead = "不发的通知书留在台账里，要改的另拟一份。"
    return _act(request, pk, plain(request), withdraw_notice, "不发", "记下了", lead)


@view(needs=SIGNED_IN)
def item_verify(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    found, standing = thing_for(request, ImmediateNotice, pk, "unit")
    item = get_object_or_404(found.items.select_related("problem"), order=order)
    item.notice = found

    def do(cleaned: dict) -> None:
        verify_item(item=item, standing=standing, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, VerifyForm(request.POST or None), do, title=f"核实第 {order} 条：{found}", button="核实", done="记下了",
        back=reverse("onsite:immediate", args=[pk]), lead=item.statement,
        crumbs=crumbs_of(found.task, (_TITLE, list_of("immediates", found.task))),
    )  # fmt: skip
