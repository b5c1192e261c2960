"""封存: the seals, their digest for the printer or another house, and the check of everything."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.record.actions.enqueue import enqueue
from bihuan.record.actions.seal import seal
from bihuan.record.digest import digest_text, grouped
from bihuan.record.models import Event, Job, Seal
from bihuan.record.policies import AUDIT_VIEW, audit_scope
from bihuan.record.verify import VERIFY
from bihuan.record.web.jobs import shown
from bihuan.ui.access import view

SHOWN = 12


def _whole_house(request: HttpRequest) -> None:
    """Seals cover everything; whoever audits a part of the group has no use for them."""
    if audit_scope(request.actor) is not None:  # type: ignore[attr-defined]
        raise Http404


def _last_check(request: HttpRequest) -> Job | None:
    return Job.objects.of_kinds([VERIFY]).order_by("-id").first()


@view(needs=AUDIT_VIEW)
def seals(request: HttpRequest) -> HttpResponse:
    _whole_house(request)
    newest = list(Seal.objects.order_by("-number")[:SHOWN])
    last = newest[0] if newest else None
    check = _last_check(request)
    context: dict[str, Any] = {
        "seals": newest,
        "last": last,
        "words": grouped(last.hash) if last else "",
        "waiting": Event.objects.filter(pk__gt=last.last_id if last else 0).count(),
        "check": check,
        "job": shown(check) if check else None,
        "faults": check.result.get("faults", []) if check and check.is_finished else [],
        "more": check.result.get("more", 0) if check and check.is_finished else 0,
    }
    return render(request, "record/seals.html", context)


@require_POST
@view(needs=AUDIT_VIEW)
def check(request: HttpRequest) -> HttpResponse:
    """Ask for the check of everything; one that is under way is enough."""
    _whole_house(request)
    if not Job.objects.of_kinds([VERIFY]).unfinished().exists():
        enqueue(kind=VERIFY, payload={}, by=request.actor, at=request.at)  # type: ignore[attr-defined]
    messages.success(request, "已开始核对，可以离开本页，回来看结果。")
    return redirect("record:seals")


@require_POST
@view(needs=AUDIT_VIEW)
def digest(request: HttpRequest) -> HttpResponse:
    """Seal what is new and hand out the digest as a text file."""
    _whole_house(request)
    at = request.at  # type: ignore[attr-defined]
    seal(at=at)
    text = digest_text(at)
    if not text:
        raise Refused("还没有可封存的记录", "有了第一条记录以后再导出")
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="seal-digest-{local_day(at)}.txt"'
    return response
