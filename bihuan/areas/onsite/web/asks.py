"""提请协助 and 巡中促: what the team asks of departments and pushes units to do, and what they answered."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.actions.send_ask import send_ask
from bihuan.areas.onsite.actions.send_back_ask import send_back_ask
from bihuan.areas.onsite.actions.settle_ask import settle_ask
from bihuan.areas.onsite.actions.withdraw_ask import withdraw_ask
from bihuan.areas.onsite.models import Ask
from bihuan.areas.onsite.policies import may_read
from bihuan.areas.onsite.policies.asks import ask_verdict, may_send
from bihuan.areas.onsite.reads.files import files_of
from bihuan.areas.onsite.reads.latest import ASK, in_days
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField, NodeField
from bihuan.org.models import Unit
from bihuan.ui.access import SIGNED_IN, confidential, view
from bihuan.ui.act import act_page
from bihuan.ui.lists import Column, Filter, Order, View

from .finding import frame, plain
from .site import crumbs_of, list_of, site_for, thing_for
from .tables import TaskList, looks, state_cell

_TITLE = "协助和督促"


class AsksPage(TaskList):
    model = Ask
    title = _TITLE
    noun = "件"
    filters = (
        Filter("kind", "类别", choices=words.ASK_KINDS, method="of_kind"),
        Filter("state", "状态", choices=states.ASK_STATES, method="in_state"),
    )
    columns = (
        Column("number", "编号", value=str, link=True, fixed=True, width=110, phone="title"),
        Column("kind", "类别", value=lambda row: row.get_kind_display(), width=170, phone="note"),
        Column("to", "收件单位", value=lambda row: row.to.shown, phone="note"),
        Column("asked_at", "发出", width=110, soft=True),
        Column("due_on", "期限", width=110, soft=True, phone="note"),
        Column("answered_at", "答复", width=110, soft=True),
        Column("state", "状态", cell=state_cell(states.ASK_STATES), width=120, phone="end"),
    )
    orders = (Order("new", "按发出时间", "-asked_at"), Order("due", "按期限", "due_on"))
    views = (
        View("help", "提请协助", "kind=data&kind=expert&kind=earlier"),
        View("push", "巡中促", "kind=push"),
    )
    empty_title = "还没有发出。"
    empty_text = "要数据、要专业人员、要以前的检查结论，提请部门协助；该马上办的事，用巡中促。"

    def queryset(self) -> QuerySet:
        return Ask.objects.listed_for(self.standing).select_related("to")

    def row_url(self, row: Ask) -> str:
        return reverse("onsite:ask", args=[row.pk])


class SendForm(forms.Form):
    kind = forms.ChoiceField(label="类别", choices=words.ASK_KINDS)
    ask = forms.CharField(
        label="要什么、办什么", widget=forms.Textarea(attrs={"rows": 6}), max_length=4000,
        help_text=f"封存保管，只有巡察组和收件单位看得到。{words.NO_SECRETS}。",
    )  # fmt: skip
    due_on = DayField(label="答复期限")

    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        to = NodeField(Unit, day, label="发给哪个单位")
        self.fields = {"kind": self.fields["kind"], "to": to, **self.fields}


class BackForm(forms.Form):
    why = forms.CharField(label="还缺什么", widget=forms.Textarea(attrs={"rows": 4}), max_length=1000)
    due_on = DayField(label="新的期限")


@require_safe
@view(needs=SIGNED_IN)
def asks(request: HttpRequest, pk: int) -> HttpResponse:
    found = site_for(request, pk)
    task, standing = found.task, found.standing
    return AsksPage.at_task(request, task, standing).response(
        request, **frame(found, "onsite:asks"), may=may_send(task, standing, local_day(request.at)), new="提请协助或督促",
        new_url=list_of("ask-new", task),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def ask_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = site_for(request, pk)
    task, standing = found.task, found.standing
    day = local_day(request.at)
    first = {"due_on": in_days(task, ASK, day), "kind": request.GET.get("kind", "")}

    def do(cleaned: dict) -> None:
        send_ask(task=task, standing=standing, by=request.actor, at=request.at, **cleaned)

    back = list_of("asks", task)
    return act_page(
        request, SendForm(request.POST or None, day=day, initial=first), do, title="提请协助或督促", button="发出",
        back=back, done="发出了", crumbs=crumbs_of(task, (_TITLE, back)), secret=True,
        checks=("协助请求发给职能部门，不发给被巡察单位", "期限在今天以后"),
        lead="收件单位只看得到发给自己的这一件。部门由联系人、负责人答复，被巡察单位由负责人、联络员答复。",
    )  # fmt: skip


@require_safe
@view(needs=SIGNED_IN)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    confidential(request)
    found, standing = thing_for(request, Ask, pk, "to", "asked_by", "answered_by", "settled_by")
    may = may_read(found, standing)
    said = read_closed(things=[found], standing=standing, by=request.actor, at=request.at)[0] if may else {}
    context = {
        "page_title": str(found),
        "ask": found,
        "said": said,
        "unread": may,
        "looks": looks(states.ASK_STATES),
        "files": [(reverse("onsite:file", args=["ask", pk, one.order]), one) for one in files_of(found)],
        "crumbs": crumbs_of(found.task, (_TITLE, list_of("asks", found.task))),
        **{step: ask_verdict(step, found, standing) for step in ("settle", "send_back", "withdraw")},
    }
    return render(request, "onsite/ask.html", context)


def _act(request: HttpRequest, pk: int, form: forms.Form, action, title: str, done: str, lead: str):
    found, standing = thing_for(request, Ask, pk)
    back = reverse("onsite:ask", args=[pk])

    def do(cleaned: dict) -> None:
        action(ask=found, standing=standing, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, form, do, title=f"{title}：{found}", button=title, back=back, done=done, lead=lead, secret=True,
        crumbs=crumbs_of(found.task, (_TITLE, list_of("asks", found.task))),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def ask_settle(request: HttpRequest, pk: int) -> HttpResponse:
    lead = "看过答复、核实过情况再了结；了结以后不能再退回。"
    return _act(request, pk, plain(request), settle_ask, "核实了结", "了结了", lead)


@view(needs=SIGNED_IN)
def ask_back(request: HttpRequest, pk: int) -> HttpResponse:
    lead = "收件单位看得到写的内容，按新的期限重新答复。"
    return _act(request, pk, BackForm(request.POST or None), send_back_ask, "退回重答", "退回了", lead)


@view(needs=SIGNED_IN)
def ask_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    lead = "撤回以后，收件单位不再看到这一件。"
    return _act(request, pk, plain(request), withdraw_ask, "撤回", "撤回了", lead)
