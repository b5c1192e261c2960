"""The notices of the person who is signed in; nobody sees another's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from bihuan.notify.actions.mark_read import mark_read
from bihuan.notify.models import Line
from bihuan.notify.reads import lines_by_day
from bihuan.ui.access import SIGNED_IN, view


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) <= 18 else None


@require_GET
@view(needs=SIGNED_IN)
def notices(request: HttpRequest) -> HttpResponse:
    before = _number(request.GET.get("before"))
    days, more = lines_by_day(request.actor, before=before)
    newest = days[0].lines[0].pk if days else 0
    context = {"days": days, "more": more, "before": before, "newest": newest, "page_title": "通知"}
    return render(request, "notify/notices.html", context)


@require_POST
@view(needs=SIGNED_IN)
def read(request: HttpRequest) -> HttpResponse:
    """Up to the newest line the page had shown: what came in meanwhile has not been read."""
    mark_read(by=request.actor, at=request.at, up_to=_number(request.POST.get("up_to")))
    return redirect("notify:notices")


@require_GET
@view(needs=SIGNED_IN)
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """Opening a line is reading it. Another person's line does not exist."""
    found = get_object_or_404(Line.objects.of(request.actor.person_id), pk=pk)
    mark_read(by=request.actor, at=request.at, only=found.pk)
    return redirect(found.url)
