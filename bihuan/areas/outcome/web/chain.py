"""The steps of a report, each by its form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from bihuan.areas.outcome.actions.approve_report import approve_report
from bihuan.areas.outcome.actions.check_facts import check_facts
from bihuan.areas.outcome.actions.hand_in_report import hand_in_report
from bihuan.areas.outcome.actions.issue_report import issue_report
from bihuan.areas.outcome.actions.pass_leading import pass_leading
from bihuan.areas.outcome.actions.pass_office import pass_office
from bihuan.areas.outcome.actions.pass_team import pass_team
from bihuan.areas.outcome.actions.return_report import return_report
from bihuan.areas.outcome.actions.say_opinion import say_opinion
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page

from .finding import crumbs, hands, page_of, report_for
from .writing import SECRETS

_CITED = "每条问题都引用组长签过的现行版底稿"


class DayForm(forms.Form):
    on = DayField(label="日期")


class PassForm(DayForm):
    text = forms.CharField(
        label="意见", widget=forms.Textarea(attrs={"rows": 3}), max_length=5000, required=False
    )


class DecideForm(PassForm):
    document = forms.CharField(
        label="会议和文号", max_length=120, help_text="如：党委常委会会议纪要〔2026〕9 号"
    )
    field_order = ("on", "document", "text")


class TextForm(forms.Form):
    text = forms.CharField(label="意见", widget=forms.Textarea(attrs={"rows": 4}), max_length=5000)


def _act(
    request: HttpRequest,
    pk: int,
    form_class: type[forms.Form],
    action: Callable[..., Any],
    title: str,
    *,
    lead: str = SECRETS,
    checks: tuple[str, ...] = (),
) -> HttpResponse:
    found, one = report_for(request, pk)

    def do(cleaned: dict[str, Any]) -> None:
        action(report=one, **cleaned, **hands(found, request))

    data = request.POST if request.method == "POST" else None
    form = form_class(data, initial={"on": local_day(request.at)})
    return act_page(
        request, form, do, title=f"{title}：{one}", button=title, back=page_of(one), done=f"{title}，记下了",
        lead=lead, checks=checks, secret=True, crumbs=crumbs(found, (str(one), page_of(one))),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    lead = "交出以后不能再改，退回才能改；交出的这一稿留底。"
    checks = ("总体评价、意见建议写了", "每条的现象、定性、责任、依据写了", _CITED)
    return _act(request, pk, forms.Form, hand_in_report, "交组务会", lead=lead, checks=checks)


@view(needs=SIGNED_IN)
def team(request: HttpRequest, pk: int) -> HttpResponse:
    lead = f"通过以后送巡察办审核，巡察办、领导小组、纪检和组织部门可以看。{SECRETS}"
    return _act(request, pk, PassForm, pass_team, "记组务会通过", lead=lead, checks=(_CITED,))


@view(needs=SIGNED_IN)
def office(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, PassForm, pass_office, "审核通过", checks=(_CITED, "不是本组的人审"))


@view(needs=SIGNED_IN)
def leading(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, PassForm, pass_leading, "记领导小组审议", checks=(_CITED,))


@view(needs=SIGNED_IN)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, DecideForm, approve_report, "记党委审定", checks=(_CITED, "不是写报告的人记"))


@view(needs=SIGNED_IN)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    lead = "只在看得到报告的人里印发。专题报告印发以后，送达的部门看得到。"
    return _act(request, pk, DayForm, issue_report, "印发", lead=lead, checks=(_CITED,))


@view(needs=SIGNED_IN)
def return_(request: HttpRequest, pk: int) -> HttpResponse:
    lead = f"退回以后从组务会重新走一遍，前面的审核不再算数。{SECRETS}"
    return _act(request, pk, TextForm, return_report, "退回修改", lead=lead)


@view(needs=SIGNED_IN)
def say(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, TextForm, say_opinion, "提意见")


@view(needs=SIGNED_IN)
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    lead = "和单位主要负责人只核对事实，不给报告文本，不谈定性。这里只记日期，可以不办。"
    return _act(request, pk, DayForm, check_facts, "记核对事实", lead=lead)
