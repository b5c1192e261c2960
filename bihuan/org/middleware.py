"""Every request knows who acts and when: `request.actor` and `request.at`, asked for nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from bihuan.kernel.actor import NOBODY, Actor
from bihuan.kernel.refused import Stale
from bihuan.ui.refusals import refusal

from .reads import actor_for
from .words import OTHER_TAB

SEEN, RENEW_SECONDS = "seen", 60
#: header in which a page names the account it was made for
WHOSE = "X-Bihuan-Account"


def _actor(request: HttpRequest, at) -> Actor:
    account = request.user
    if not account.is_authenticated or not account.is_active:
        return NOBODY
    actor = actor_for(account.person, at=at)
    return replace(actor, account_id=account.pk) if actor.is_person else NOBODY


def _elsewhere(request: HttpRequest) -> bool:
    """An initial password opens two doors only: to change it, and out."""
    return request.path not in (reverse("org:password"), reverse("org:signout"))


def _to_password(request: HttpRequest) -> HttpResponse:
    url = reverse("org:password")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _of_another(request: HttpRequest) -> bool:
    """A page says whose it is when its scripts send something: an old tab must not act for who signed in since.

    Plain forms need no such word: a new sign-in makes their proof of origin void.
    """
    whose = request.headers.get(WHOSE)
    signed = request.user.is_authenticated and request.method not in ("GET", "HEAD", "OPTIONS")
    return bool(whose) and signed and whose != str(request.user.pk)


def _keep_alive(request: HttpRequest) -> None:
    """Renew the session once a minute, not on every page: a page that only reads must not wait to write."""
    now = int(request.at.timestamp())
    if now - request.session.get(SEEN, 0) >= RENEW_SECONDS:
        request.session[SEEN] = now


def who_and_when(get_response: Callable[[HttpRequest], HttpResponse]):
    def middleware(request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()
        request.actor = _actor(request, request.at)
        if request.actor.is_person:
            _keep_alive(request)
        if request.actor.is_person and request.user.must_change and _elsewhere(request):
            return _to_password(request)
        if _of_another(request):
            return refusal(request, Stale(*OTHER_TAB))
        return get_response(request)

    return middleware
