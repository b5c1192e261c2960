"""A command that arrives twice is done once.

Whoever sends a command over a wire may give it a key (`Idempotency-Key`, or the field that every form of ours
carries): after a broken line or a second click the same answer comes back and nothing is done again. What was
answered is kept in the transaction of the deed, so that both are there or neither.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

from bihuan.record import words
from bihuan.record.models import WireCommand

HEADER, FIELD = "Idempotency-Key", "_once"
KEY = re.compile(r"[\x21-\x7e]{8,80}")
#: the house changes things by POST alone; what no address takes is refused as such
CHANGING = ("POST",)
#: what of an answer is worth sending again; cookies and the rest belong to the moment
HEADERS = ("Content-Type", "Location", "HX-Redirect", "HX-Location", "HX-Trigger", "HX-Refresh", "ETag")
NOT_CONTENT = ("csrfmiddlewaretoken", FIELD)

Get = Callable[[HttpRequest], HttpResponse]


def once(get_response: Get) -> Get:
    def middleware(request: HttpRequest) -> HttpResponse:
        actor = request.actor  # type: ignore[attr-defined]
        if request.method not in CHANGING or actor.account_id is None:
            return get_response(request)
        given = request.headers.get(HEADER)
        if given is not None and not KEY.fullmatch(given):
            return _no(words.BAD_KEY, 400)
        key = given or _from_form(request)
        if not key:
            return get_response(request)
        mark = fingerprint(request)
        if not given:  # going back, changing the form and sending it again is another command
            key = f"{key[:40]}.{mark[:24]}"
        return _run(
            request, get_response, WireCommand(account_id=actor.account_id, key=key, fingerprint=mark)
        )

    return middleware


def _from_form(request: HttpRequest) -> str:
    form = (request.content_type or "").startswith(
        ("multipart/form-data", "application/x-www-form-urlencoded")
    )
    key = request.POST.get(FIELD, "") if form else ""
    return key if KEY.fullmatch(key) else ""


def fingerprint(request: HttpRequest) -> str:
    """A keyed hash over method, address and content; a form counts by its fields, not by how it was packed.

    Keyed because a form may hold a password: a plain hash of it, which stays in the database and its backups, could
    be tried through with a list of passwords a thousand times faster than what is kept of the password itself.
    """
    told = hmac.new(
        hashlib.sha256(f"{__name__}\n{settings.SECRET_KEY}".encode()).digest(),
        f"{request.method} {request.get_full_path()}\n".encode(),
        "sha256",
    )
    if (request.content_type or "").startswith("multipart/form-data") or request.POST:
        for name in sorted(set(request.POST) - set(NOT_CONTENT)):
            told.update(repr((name, request.POST.getlist(name))).encode())
        for name in sorted(request.FILES):
            for file in request.FILES.getlist(name):
                told.update(repr((name, file.name, file.size)).encode())
                told.update(hashlib.file_digest(file, "sha256").digest())
                file.seek(0)
    else:
        told.update(request.body)
    return told.hexdigest()


class _Undo(Exception):
    """Carries an answer out of a transaction whose deeds must not stay."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def _run(request: HttpRequest, get_response: Get, command: WireCommand) -> HttpResponse:
    """Answered before: the same answer. Otherwise done now, and the answer kept with the deed.

    Two that come at the same moment both try; the key lets one in, and the other gets the answer of the first. What a
    refusal leaves behind stays, as it does without a key: a wrong guess that was undone would not have been counted,
    a file that came with an incomplete form would be gone.
    """
    if before := _answered(command):
        return before
    try:
        with transaction.atomic():
            response = get_response(request)
            if response.status_code >= 500 or response.streaming:
                raise _Undo(response)
            refused = response.status_code >= 400
            if not refused and _is_answer(request, response):
                _keep(command, response, request)
                command.save(force_insert=True)
    except _Undo as undone:
        return _answered(command) or undone.response
    except IntegrityError:
        if before := _answered(command):
            return before
        raise
    return (refused and _answered(command)) or response


def _is_answer(request: HttpRequest, response: HttpResponse) -> bool:
    """A page that comes back to a form says what is missing: nothing was done, and what it shows is not kept."""
    return HEADER in request.headers or response.status_code != 200


def _keep(command: WireCommand, response: HttpResponse, request: HttpRequest) -> None:
    """A page that shows a secret once says `no-store`; of it only that it was answered is kept, never the secret."""
    if "no-store" in response.get("Cache-Control", ""):
        response = _no(words.SHOWN_ONCE, 409)
    command.status = response.status_code
    command.headers = {name: response[name] for name in HEADERS if name in response}
    command.body = response.content
    command.done_at = request.at  # type: ignore[attr-defined]


def _answered(command: WireCommand) -> HttpResponse | None:
    before = WireCommand.objects.filter(account_id=command.account_id, key=command.key).first()
    if before is None:
        return None
    if before.fingerprint != command.fingerprint:
        return _no(words.KEY_USED, 422)
    response = HttpResponse(bytes(before.body), status=before.status)
    for name, value in before.headers.items():
        response[name] = value
    response["Idempotent-Replayed"] = "true"
    return response


def _no(said: tuple[str, str], status: int) -> HttpResponse:
    reason, todo = said
    answer: dict[str, Any] = {"code": "invalid", "reason": reason, "todo": todo, "field": "", "fields": {}}
    return JsonResponse(answer, status=status, json_dumps_params={"ensure_ascii": False})
