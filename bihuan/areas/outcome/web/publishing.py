"""Making the rectification public: what is left out and why, and the draft."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bihuan.areas.outcome.actions.ask_exemption import ask_exemption
from bihuan.areas.outcome.actions.decide_exemption import decide_exemption
from bihuan.areas.outcome.actions.publish_outcome import publish_outcome
from bihuan.areas.outcome.models import Exemption, FeedbackItem
from bihuan.areas.outcome.words import EXEMPT_GROUNDS
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page

from .following import hands, page_of, place_for, trail


class AskForm(forms.Form):
    ground = forms.ChoiceField(label="情形", choices=EXEMPT_GROUNDS)
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class DecideForm(forms.Form):
    granted = forms.TypedChoiceField(
        label="决定", choices=(("yes", "同意不公开"), ("no", "应当公开")), widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
    )  # fmt: skip
    answer = forms.CharField(
        label="理由", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class PublishForm(forms.Form):
    contact = forms.CharField(label="意见反映渠道", max_length=120, help_text="电话或信箱")


@view(needs=SIGNED_IN)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(FeedbackItem.objects.select_related("problem"), pk=pk, kind="problem")
    found, item.feedback = place_for(request, item.feedback_id)

    def do(cleaned: dict) -> None:
        ask_exemption(item=item, **cleaned, **hands(found, request))

    return act_page(
        request, AskForm(request.POST or None), do, title="申请不公开", button="申请", back=page_of(item.feedback),
        done="申请了，等领导小组定", crumbs=trail(item.feedback), lead=item.problem.aside if item.problem else "",
    )  # fmt: skip


@view(needs=SIGNED_IN)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Exemption.objects.select_related("item__problem", "asked_by"), pk=pk)
    found, row.item.feedback = place_for(request, row.item.feedback_id)

    def do(cleaned: dict) -> None:
        decide_exemption(exemption=row, **cleaned, **hands(found, request))

    problem = row.item.problem
    lead = f"{problem.number} {problem.aside.rstrip('。')}。{row.asked_by}申请：{row.get_ground_display()}。{row.reason}"
    return act_page(
        request, DecideForm(request.POST or None), do, title="定是否公开", button="定", back=page_of(row.item.feedback),
        done="定了", crumbs=trail(row.item.feedback), lead=lead,
    )  # fmt: skip


@view(needs=SIGNED_IN)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    found, feedback = place_for(request, pk)

    def do(cleaned: dict) -> str:
        made = publish_outcome(feedback=feedback, **cleaned, **hands(found, request))
        return reverse("publication:page", args=[made.pk])

    return act_page(
        request, PublishForm(request.POST or None), do, title="整改情况公开", button="生成公开稿",
        back=page_of(feedback), done="公开稿生成了，改好以后送核", crumbs=trail(feedback),
        checks=("巡察办收到了党组织整改情况报告", "不公开的申请都定了", "公开稿里没有不公开的问题"),
    )  # fmt: skip
