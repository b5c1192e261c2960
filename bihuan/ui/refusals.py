"""A command that was refused, turned into what the asker can read: page, word at the edge, or JSON."""

from __future__ import annotations

import json

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from bihuan.kernel.refused import Refused

STATUS = {"refused": 403, "stale": 409, "invalid": 400, "missing": 404}
TITLES = {"stale": "刚才有人先办了，这一步没有办成。", "missing": "没有找到。"}


def back_url(request: HttpRequest) -> str:
    """The page the person came from, if it is ours; the front page otherwise."""
    referer = request.headers.get("Referer", "")
    try:
        host = request.get_host()
    except DisallowedHost:  # the error page about it must not fail over it
        return "/"
    ours = url_has_allowed_host_and_scheme(referer, {host}, require_https=request.is_secure())
    return referer if ours else "/"


def sentence(refused: Refused) -> str:
    """Reason and way out as one running text."""
    ends = "。？"
    parts = [part if part[-1:] in ends else f"{part}。" for part in (refused.reason, refused.todo) if part]
    return "".join(parts)


def into_form(form, refused: Refused) -> None:
    """Puts the refusal where the person looks: at the field it names, or above the form. Nothing typed is lost."""
    named = refused.field if refused.field in form.fields else None
    form.add_error(named, sentence(refused))


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json") or for_program(request)


def for_program(request: HttpRequest) -> bool:
    """The API answers in JSON whatever was asked for, its wrong addresses included."""
    return request.path.startswith(settings.API_PREFIX)


def told(refused: Refused, status: int) -> JsonResponse:
    """A refusal as programs read it; the same shape everywhere."""
    words = {
        "code": refused.code,
        "reason": refused.reason,
        "todo": refused.todo,
        "field": refused.field,
        "fields": {},
    }
    return JsonResponse(words, status=status, json_dumps_params={"ensure_ascii": False})


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The answer to a refused command: 403 refused, 409 stale, 400 invalid, 404 missing."""
    status = STATUS.get(refused.code, 400)
    if wants_json(request):
        return told(refused, status)
    if request.headers.get("HX-Request") and not request.headers.get("X-Bihuan-Drawer"):
        response = HttpResponse(status=status)
        said = {"words": refused.reason, "more": refused.todo, "kind": "error"}
        response["HX-Trigger"] = json.dumps({"b-say": said})
        return response
    page = {
        "title": TITLES.get(refused.code, "这一步没有办成，什么也没有改。"),
        "lead": refused.reason,
        "rows": [("怎么办", refused.todo)] if refused.todo else [],
        "tone": "soon" if refused.code == "stale" else "late",
        "icon_name": "refresh" if refused.code == "stale" else "ban",
        "back": back_url(request),
    }
    return render(request, "ui/page_error.html", page, status=status)
