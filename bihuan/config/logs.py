"""Logs for machines to read and for strangers to see: one JSON object a line, nothing of what people typed.

A line has time, level, logger and message; of an error its kind, its place in our code and the frames, with what
looks like content taken out of the message (`record.failures`). Addresses are logged as the pattern of the route,
without query: numbers of problems and names in searches stay out. Nobody is named; `who` is an account's number.
"""

from __future__ import annotations

import json
import logging
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from bihuan.record.failures import describe, without_content
from bihuan.registry import shelf

access = logging.getLogger("bihuan.access")
#: what a caller may hand on with `extra=`; anything else stays out
FIELDS = ("method", "route", "status", "ms", "who", "job", "kind", "request")
FRAMES = 12
#: answers that leave a line whatever the level: who was turned away, and who asks too often
REFUSED = (401, 403, 429)


class JsonLines(logging.Formatter):
    """One line a record. Messages of other libraries are cleaned, too: theirs may quote a value."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_content(_message(record)),
        }
        told |= {
            name: getattr(record, name) for name in FIELDS if hasattr(record, name) and name != "request"
        }
        if record.exc_info and record.exc_info[1] is not None:
            told["error"] = describe(record.exc_info[1])
            told["frames"] = _frames(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False, default=str)


def _message(record: logging.LogRecord) -> str:
    """Django's own lines about a request name its address: the route says enough."""
    if record.name.startswith("django.request") or record.name.startswith("django.security"):
        return record.getMessage().split(":")[0]
    return record.getMessage()


def _frames(problem: BaseException) -> list[str]:
    frames = traceback.extract_tb(problem.__traceback__)[-FRAMES:]
    return [f"{frame.filename.rsplit('/', 3)[-1]}:{frame.lineno} {frame.name}" for frame in frames]


def route_of(request: HttpRequest) -> str:
    """The pattern an address matched, or a dash: what was asked for is nobody's business here."""
    match = request.resolver_match
    return match.route if match else "-"


def watch(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Every answer leaves a line and is counted (`metrics`). At the doors for people without an account none does that
    went well: a line has a time, and so has a count that somebody collects every few seconds (ADR 27)."""
    from bihuan.config import metrics

    def middleware(request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = get_response(request)
        taken = time.perf_counter() - start
        if shelf.is_door(request.path) and response.status_code < 400:
            return response
        route = route_of(request)
        metrics.answered(request.method or "", route, response.status_code, taken)
        actor = getattr(request, "actor", None)
        told = {
            "method": request.method,
            "route": route,
            "status": response.status_code,
            "ms": round(taken * 1000, 1),
            "who": getattr(actor, "account_id", None),
        }
        access.log(
            logging.WARNING if response.status_code in REFUSED else logging.INFO, "answered", extra=told
        )
        return response

    return middleware
