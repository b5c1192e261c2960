"""Asking to read one talk or complaint, and deciding it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bihuan.areas.onsite.actions.ask_consent import ask_consent
from bihuan.areas.onsite.actions.decide_consent import decide_consent
from bihuan.areas.onsite.models import Complaint, Consent, Talk
from bihuan.areas.onsite.policies import may_grant_consent
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page

from .finding import crumbs, hands, here, thing_for

_TERM = timedelta(days=7)
_KINDS: dict[str, type[Any]] = {"talk": Talk, "complaint": Complaint}


class AskForm(forms.Form):
    reason = forms.CharField(
        label="用途", max_length=200, help_text="写明为什么要看；组长同意以后在期限内能打开"
    )


class DecideForm(forms.Form):
    verdict = forms.ChoiceField(label="决定", choices=(("yes", "同意"), ("no", "不同意")))
    until = DayField(label="看到哪天为止", required=False)
    why = forms.CharField(label="不同意的原因", max_length=200, required=False)


@view(needs=SIGNED_IN)
def ask(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    if kind not in _KINDS:
        raise Http404
    found, one = thing_for(request, _KINDS[kind], pk)
    back = reverse(f"onsite:{kind}", args=[pk])

    def do(cleaned: dict[str, Any]) -> None:
        ask_consent(thing=one, **cleaned, **hands(found, request))

    return act_page(
        request, AskForm(request.POST or None), do, title=f"申请调阅：{one}", button="申请", back=back,
        done="申请了，等组长同意", crumbs=crumbs(found, (str(one), back)),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Consent.objects.select_related("asked_by"), pk=pk)
    found = here(request, one.task_id)
    if may_grant_consent(one, found.standing).hidden:
        raise Http404
    back = reverse("onsite:task", args=[one.task_id])

    def do(cleaned: dict[str, Any]) -> None:
        until = cleaned["until"] or local_day(request.at) + _TERM if cleaned["verdict"] == "yes" else None
        decide_consent(consent=one, until=until, why=cleaned["why"], **hands(found, request))

    form = DecideForm(request.POST or None, initial={"until": local_day(request.at) + _TERM})
    return act_page(
        request, form, do, title=f"定调阅：{one.label}", button="记下", back=back, done="记下了",
        lead=f"{one.asked_by}申请看{one.label}，用途：{one.reason}。", crumbs=crumbs(found),
    )  # fmt: skip
