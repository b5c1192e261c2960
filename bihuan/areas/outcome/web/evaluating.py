"""整改成效评估 and the special evaluation: indicators, deductions, the leading group's word."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bihuan.areas.outcome.actions.approve_evaluation import approve_evaluation
from bihuan.areas.outcome.actions.deduct import deduct
from bihuan.areas.outcome.actions.drop_deduction import drop_deduction
from bihuan.areas.outcome.actions.hand_in_evaluation import hand_in_evaluation
from bihuan.areas.outcome.actions.send_evaluation import send_evaluation
from bihuan.areas.outcome.actions.start_evaluation import start_evaluation
from bihuan.areas.outcome.models import Deduction, Evaluation
from bihuan.areas.outcome.policies.evaluation import (
    may_approve_evaluation,
    may_deduct,
    may_send_evaluation,
    sees_evaluation,
)
from bihuan.areas.outcome.reads.evaluating import indicators_in, score_in, window_of
from bihuan.areas.outcome.reads.figures import figures_of
from bihuan.areas.outcome.words import NO_SECRETS
from bihuan.documents.reads import menu_of
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.forms import DayField
from bihuan.problems.models import Problem
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page

from .following import Here, hands, page_of, place_for, trail


class DeductionForm(forms.Form):
    indicator = forms.ChoiceField(label="指标")
    points = forms.DecimalField(label="扣几分", max_digits=4, decimal_places=1, min_value=Decimal("0.1"))
    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    problem = forms.ChoiceField(label="哪件问题", required=False)
    evidence = forms.CharField(
        label="其他依据", max_length=200, required=False, help_text="文件、记录的名称；选了问题可以不填"
    )

    def __init__(self, *args, indicators, problems, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = [
            (one.code, f"{one.title}（剩 {one.left:g} 分）") for one in indicators if not one.waits
        ]
        named = [(str(one.pk), f"{one.number} {one.aside[:40]}") for one in problems]
        self.fields["problem"].choices = [("", "——"), *named]


class HandInForm(forms.Form):
    text = forms.CharField(label="评估意见", widget=forms.Textarea(attrs={"rows": 6}), help_text=NO_SECRETS)


class ApproveForm(forms.Form):
    on = DayField(label="审定日期")
    document = forms.CharField(label="会议和文号", max_length=120)


def _for(request: HttpRequest, pk: int) -> tuple[Here, Evaluation]:
    row = get_object_or_404(Evaluation.objects.select_related("made_by"), pk=pk)
    found, row.feedback = place_for(request, row.feedback_id)
    if not sees_evaluation(row, found.standing):
        raise Http404
    return found, row


def _at(row: Evaluation) -> str:
    return reverse("outcome:evaluation", args=[row.pk])


def _trail(row: Evaluation) -> list[tuple[str, str]]:
    return [*trail(row.feedback), (str(row), _at(row))]


@view(needs=SIGNED_IN)
@require_POST
def start(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    found, feedback = place_for(request, pk)
    try:
        made = start_evaluation(feedback=feedback, kind=kind, **hands(found, request))
    except Refused as refused:
        messages.error(request, f"{refused.reason}。{refused.todo}")
        return HttpResponseRedirect(page_of(feedback))
    return redirect("outcome:evaluation", made.pk)


@require_safe
@view(needs=SIGNED_IN)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    found, row = _for(request, pk)
    deductions = row.deductions.select_related("problem", "made_by").order_by("pk")
    indicators = indicators_in(row.scheme, deductions)
    opens_on, last = window_of(row.feedback)
    day = local_day(request.at)
    context = {
        "page_title": str(row), "evaluation": row, "task": found.task, "indicators": indicators,
        "score": score_in(indicators), "opens_on": opens_on, "last": last, "day": day,
        "crumbs": trail(row.feedback), "figures": figures_of([row.feedback_id], day),
        "may_deduct": may_deduct(row, found.standing),
        "papers": menu_of([("outcome.evaluation", pk)], request.actor),
        "may_approve": may_approve_evaluation(row, found.standing),
        "may_send": may_send_evaluation(row, found.standing),
    }  # fmt: skip
    return render(request, "outcome/evaluation.html", context)


@view(needs=SIGNED_IN)
def deduction_new(request: HttpRequest, pk: int) -> HttpResponse:
    found, row = _for(request, pk)
    problems = Problem.objects.filter(pk__in=row.feedback.items.values("problem")).order_by("pk")
    indicators = indicators_in(row.scheme, row.deductions.all())
    form = DeductionForm(request.POST or None, indicators=indicators, problems=problems)

    def do(cleaned: dict) -> None:
        chosen = problems.filter(pk=cleaned.pop("problem") or 0).first()
        deduct(evaluation=row, problem=chosen, **cleaned, **hands(found, request))

    return act_page(
        request, form, do, title="扣分", button="扣分", back=_at(row), done="扣了", crumbs=_trail(row),
        checks=("不超过这项剩下的分", "有原因", "有依据"),
    )  # fmt: skip


@view(needs=SIGNED_IN)
@require_POST
def deduction_drop(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Deduction, pk=pk)
    found, row = _for(request, one.evaluation_id)
    one.evaluation = row
    try:
        drop_deduction(deduction=one, **hands(found, request))
    except Refused as refused:
        messages.error(request, f"{refused.reason}。{refused.todo}")
    return HttpResponseRedirect(_at(row))


@view(needs=SIGNED_IN)
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    found, row = _for(request, pk)

    def do(cleaned: dict) -> None:
        hand_in_evaluation(evaluation=row, **cleaned, **hands(found, request))

    return act_page(
        request, HandInForm(request.POST or None), do, title="交领导小组审定", button="交审定", back=_at(row),
        done="交了，得分和等次定下来了", crumbs=_trail(row), lead="交了以后不能再扣分，得分和等次按现在的扣分算。",
    )  # fmt: skip


@view(needs=SIGNED_IN)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    found, row = _for(request, pk)

    def do(cleaned: dict) -> None:
        approve_evaluation(evaluation=row, **cleaned, **hands(found, request))

    return act_page(
        request, ApproveForm(request.POST or None, initial={"on": local_day(request.at)}), do, title="记领导小组审定",
        button="记审定", back=_at(row), done="审定了", crumbs=_trail(row), checks=("不是评估的人自己记",),
    )  # fmt: skip


@view(needs=SIGNED_IN)
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    found, row = _for(request, pk)
    try:
        send_evaluation(evaluation=row, **hands(found, request))
        messages.success(request, "抄送了纪检机构和组织部门，单位看得到结果了")
    except Refused as refused:
        messages.error(request, f"{refused.reason}。{refused.todo}")
    return HttpResponseRedirect(_at(row))
