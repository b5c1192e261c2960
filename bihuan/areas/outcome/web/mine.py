"""巡察整改, for the inspected: the feedback of one's own organisation, the clock, the problems, what is due next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.areas.outcome.reads.mine import own_of, problems_of
from bihuan.kernel.moment import local_day
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import confidential, view

from .feedback import clock_rows


@require_safe
@view(needs=P.PROBLEM_RECTIFY)
def mine(request: HttpRequest) -> HttpResponse:
    """Those of the organisations this person answers for; never the report, the drafts, or who found what."""
    confidential(request)
    day = local_day(request.at)
    rows = [
        {
            "own": own,
            "feedback": own.feedback,
            "next": own.next_day(day),
            "clock": clock_rows(own.feedback),
            "problems": problems_of(own.feedback, request.actor)
            .select_related("unit", "lead")
            .order_by("pk"),
        }
        for own in own_of(request.actor, day)
    ]
    return render(
        request, "outcome/mine.html", {"page_title": "巡察整改", "rows": rows, "day": day, "today": day}
    )
