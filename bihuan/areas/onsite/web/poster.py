"""The sheet with the QR code, to be printed and posted beside the announcement."""

from __future__ import annotations

import io

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe  # safe because see `_drawn`
from django.views.decorators.http import require_safe

from bihuan.areas.inspection import states as rounds
from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.reads.door import address_of, takes_in
from bihuan.documents.reads import menu_of
from bihuan.kernel.moment import local_day
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import view

from .finding import CRUMB

#: pixels a module of the picture that goes into an office's own paper; a reader needs four around it
SCALE, QUIET = 20, 4


def _posted(request: HttpRequest):
    seen = Task.objects.visible_to(request.actor).standing().filter(announcement__isnull=False)
    return seen.exclude(round__state=rounds.ARCHIVED).select_related("round", "org", "announcement")


def _drawn(text: str) -> SafeString:
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", scale=1, border=QUIET, dark="#000", light="#fff", xmldecl=False, svgclass=None,
        lineclass=None, omitsize=True,
    )  # fmt: skip
    # safe because segno draws numbers only: nothing that was typed stands in it as text
    return mark_safe(out.getvalue().decode())  # noqa: S308


@require_safe
@view(needs=P.INSPECTION_PLAN)
def posters(request: HttpRequest) -> HttpResponse:
    """Tasks whose announcement is posted, those that still take something in first."""
    day = local_day(request.at)
    rows = [
        (task, takes_in(task, day)) for task in _posted(request).order_by("-announcement__posted_on", "pk")
    ]
    rows.sort(key=lambda row: not row[1])
    return render(
        request, "onsite/posters.html", {"page_title": "受理二维码", "rows": rows, "crumbs": [CRUMB]}
    )


@require_safe
@view(needs=P.INSPECTION_PLAN)
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    task = get_object_or_404(_posted(request), pk=pk)
    address = address_of(task)
    context = {
        "page_title": f"受理二维码：{task}",
        "task": task,
        "posted": task.announcement,
        "papers": menu_of([("inspection.announcement", pk)], request.actor),
        "address": address,
        "picture": _drawn(address),
        "crumbs": [CRUMB, ("受理二维码", reverse("onsite:posters"))],
    }
    return render(request, "onsite/poster.html", context)


@require_safe
@view(needs=P.INSPECTION_PLAN)
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The code alone, as PNG, for an office's own paper."""
    task = get_object_or_404(_posted(request), pk=pk)
    out = io.BytesIO()
    segno.make(address_of(task), error="m").save(out, kind="png", scale=SCALE, border=QUIET)
    answer = HttpResponse(out.getvalue(), content_type="image/png")
    answer["Content-Disposition"] = f'attachment; filename="qr-{task.pk}.png"'
    return answer
