"""The steps of a publication: each its own address."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from bihuan.publication import states
from bihuan.publication.actions.approve import approve
from bihuan.publication.actions.check import check
from bihuan.publication.actions.publish import publish
from bihuan.publication.actions.review import review
from bihuan.publication.actions.send_back import send_back
from bihuan.publication.actions.submit import submit
from bihuan.publication.actions.take_down import take_down
from bihuan.ui.access import view
from bihuan.ui.act import act_page

from .finding import CRUMB, PART, part_for


class WhyForm(forms.Form):
    why = forms.CharField(label="意见", widget=forms.Textarea(attrs={"rows": 3}), max_length=300)


class DownForm(forms.Form):
    why = forms.CharField(
        label="撤下的原因", widget=forms.Textarea(attrs={"rows": 3}), max_length=200,
        help_text="经办的人看得到，公开栏上不再显示这一件",
    )  # fmt: skip


def _press(request: HttpRequest, pk: int, action: Callable, done: str) -> HttpResponse:
    found = part_for(request, pk)
    action(publication=found, by=request.actor, at=request.at)
    messages.success(request, done)
    return redirect(found.get_absolute_url())


@require_POST
@view(needs=states.MAY_DRAFT)
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    return _press(request, pk, submit, "送出去了")


@require_POST
@view(needs=states.MAY_CHECK)
def checking(request: HttpRequest, pk: int) -> HttpResponse:
    return _press(request, pk, check, "核过了")


@require_POST
@view(needs=states.MAY_REVIEW)
def reviewing(request: HttpRequest, pk: int) -> HttpResponse:
    return _press(request, pk, review, "审过了")


@require_POST
@view(needs=states.MAY_APPROVE)
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    return _press(request, pk, approve, "批准了")


@require_POST
@view(needs=(states.MAY_DRAFT, states.MAY_REVIEW))
def publishing(request: HttpRequest, pk: int) -> HttpResponse:
    return _press(request, pk, publish, "公开了")


@view(needs=PART)
def returning(request: HttpRequest, pk: int) -> HttpResponse:
    found = part_for(request, pk)

    def do(cleaned: dict) -> None:
        send_back(publication=found, by=request.actor, at=request.at, **cleaned)

    page = found.get_absolute_url()
    return act_page(
        request, WhyForm(request.POST or None), do, title="退回改稿", button="退回", back=page, done="退回了",
        crumbs=[CRUMB, (found.title, page)], lead="退回以后看过的都不算，改好重新送。",
    )  # fmt: skip


@view(needs=(states.MAY_CHECK, states.MAY_REVIEW))
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    found = part_for(request, pk)

    def do(cleaned: dict) -> None:
        take_down(publication=found, by=request.actor, at=request.at, **cleaned)

    page = found.get_absolute_url()
    return act_page(
        request, DownForm(request.POST or None), do, title="提前撤下", button="撤下", back=page, done="撤下了",
        crumbs=[CRUMB, (found.title, page)], lead="撤下以后不能再放上去，要公开就重新起草。",
    )  # fmt: skip
