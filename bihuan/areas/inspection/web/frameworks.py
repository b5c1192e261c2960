"""关注重点: what a regular inspection looks at, and the topics of special ones."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.inspection.actions.keep_framework import keep_framework
from bihuan.areas.inspection.models import Framework
from bihuan.areas.inspection.policies import may_plan
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import view
from bihuan.ui.act import act_page

from .finding import CRUMB


class FrameworkForm(forms.Form):
    title = forms.CharField(label="名称", max_length=60)
    special = forms.BooleanField(label="是专项巡察的专题", required=False)
    items = forms.CharField(label="重点", widget=forms.Textarea(attrs={"rows": 8}), help_text="一行写一条")
    source = forms.CharField(label="依据", max_length=120, required=False)


@require_safe
@view(needs=P.INSPECTION_VIEW)
def frameworks(request: HttpRequest) -> HttpResponse:
    found = Framework.objects.prefetch_related("items").order_by("special", "title")
    rows = [(one, sorted(one.items.all(), key=lambda item: item.order)) for one in found]
    context = {"page_title": "关注重点", "rows": rows, "may_plan": may_plan(request.actor), "crumbs": [CRUMB]}
    return render(request, "inspection/frameworks.html", context)


@view(needs=P.INSPECTION_PLAN)
def new(request: HttpRequest) -> HttpResponse:
    def do(cleaned: dict) -> None:
        items = cleaned.pop("items").splitlines()
        keep_framework(items=items, by=request.actor, at=request.at, **cleaned)

    back = reverse("inspection:frameworks")
    return act_page(
        request, FrameworkForm(request.POST or None), do, title="定关注重点", button="保存", back=back,
        done="保存了", crumbs=[CRUMB, ("关注重点", back)], checks=("名称没有用过",),
    )  # fmt: skip
