"""业务线: which categories of the ledger belong together under one leader."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.actions.end_line import end_line
from bihuan.org.actions.keep_line import keep_line
from bihuan.org.models import BusinessLine
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page
from bihuan.ui.refusals import sentence


class LineForm(forms.Form):
    title = forms.CharField(label="业务线", max_length=40, help_text="如：安全环保")
    categories = forms.CharField(
        label="包括的类别",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="每行一个，和台账“类别”一栏写的一字不差",
    )

    def clean_categories(self) -> list[str]:
        return self.cleaned_data["categories"].splitlines()


def _crumbs() -> list[tuple[str, str]]:
    return [("领导分管", reverse("org:portfolios")), ("业务线", reverse("org:lines"))]


@require_safe
@view(needs=SIGNED_IN)
def lines(request: HttpRequest) -> HttpResponse:
    rows = BusinessLine.objects.filter(ended_on=None).order_by("pk")
    context = {"page_title": "业务线", "lines": rows, "manages": request.actor.may(P.ORG_MANAGE)}
    return render(request, "org/lines.html", context)


@view(needs=P.ORG_MANAGE)
def new(request: HttpRequest) -> HttpResponse:
    return _page(request, None, "设业务线", {})


@view(needs=P.ORG_MANAGE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(BusinessLine, pk=pk, ended_on=None)
    said = {"title": found.title, "categories": "\n".join(found.categories)}
    return _page(request, found, f"改业务线：{found}", said)


def _page(request: HttpRequest, line: BusinessLine | None, title: str, initial: dict) -> HttpResponse:
    def do(cleaned: dict) -> None:
        keep_line(line=line, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, LineForm(request.POST or None, initial=initial), do, title=title, button="存下",
        back=reverse("org:lines"), done="存下了", crumbs=_crumbs(), checks=("名称没有重复", "至少写一个类别"),
    )  # fmt: skip


@require_POST
@view(needs=P.ORG_MANAGE)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(BusinessLine, pk=pk)
    try:
        end_line(line=found, on=local_day(request.at), by=request.actor, at=request.at)
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, f"业务线“{found}”停用了，原来的分管记录还在。")
    return HttpResponseRedirect(reverse("org:lines"))
