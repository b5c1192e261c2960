"""Is it alive, is it well, how much: three addresses for the machines that look after this one."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bihuan.config import metrics
from bihuan.config.doctor import BAD, READY, examine_some
from bihuan.record import replica
from bihuan.ui.access import PUBLIC, view


@require_safe
@never_cache
@view(needs=PUBLIC)
def live(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database: a proxy must not restart us because that is away."""
    return JsonResponse({"live": True})


@require_safe
@never_cache
@view(needs=PUBLIC)
def ready(request: HttpRequest) -> HttpResponse:
    """The database is there and of this version: 200, else 503. Says which part, never why: strangers may ask.

    A replica that is not well is told under `look`, where there is one: the primary answers for it.
    """
    try:
        connection.ensure_connection()
        bad = [finding.name for finding in examine_some(READY, request.at) if finding.state == BAD]  # type: ignore[attr-defined]
        look = {"look": [] if replica.well() else ["只读副本"]} if replica.configured() else {}
    except DatabaseError:
        bad, look = ["数据库"], {}
    answer = {"ready": not bad, "bad": bad, **look}
    return JsonResponse(answer, status=503 if bad else 200, json_dumps_params={"ensure_ascii": False})


@require_safe
@never_cache
@view(needs=PUBLIC)
def figures(request: HttpRequest) -> HttpResponse:
    """The metrics, for whoever brings `BIHUAN_METRICS_TOKEN`; without one in the settings there is no such page."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(token.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    return HttpResponse(metrics.text(request.at), content_type="text/plain; version=0.0.4; charset=utf-8")  # type: ignore[attr-defined]


urlpatterns = [
    path("health/live", live, name="health-live"),
    path("health/ready", ready, name="health-ready"),
    path("metrics", figures, name="metrics"),
]
