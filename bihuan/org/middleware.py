"""Every request knows who acts and when: `request.actor` and `request.at`, asked for nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from bihuan.kernel.actor import NOBODY, Actor
from bihuan.kernel.refused import Stale
from bihuan.ui.refusals import refusal, told

from .access import BEGUN, ELSEWHERE, MISSING, SEEN, WAY
from .actions.use_token import WINDOW_S, NotLetIn, use_token
from .passwords import days_of
from .reads import actor_for
from .words import OTHER_HAT, OTHER_TAB

RENEW_SECONDS = 60
#: header in which a page names the account it was made for
WHOSE = "X-Bihuan-Account"


def _actor(request: HttpRequest, at) -> Actor:
    account = request.user
    if not account.is_authenticated or not account.is_active:
        return NOBODY
    if _too_long_ago(request):
        logout(request)
        return NOBODY
    actor = actor_for(account.person, at=at)
    return replace(actor, account_id=account.pk) if actor.is_person else NOBODY


def _too_long_ago(request: HttpRequest) -> bool:
    """The idle limit alone lets a stolen session live for as long as it is used."""
    began, most = request.session.get(BEGUN), settings.SESSION_MOST_SECONDS
    return bool(most and began) and request.at.timestamp() - began > most


def _owes_password(request: HttpRequest) -> bool:
    """An initial password, or one that has served longer than the house allows."""
    return request.user.must_change or days_of(request.user, request.at) is not None


def _owed(request: HttpRequest) -> str:
    """Where this person must go first: an initial password opens two doors only, to change it and out; and who
    must have a second step and has none opens only those where one is set up. Empty: nowhere."""
    session, outside = request.session, request.path == reverse("org:signout")
    if not session.get(WAY, "").startswith(ELSEWHERE) and _owes_password(request):
        url = reverse("org:password")
        return "" if outside or request.path == url else url
    if session.get(MISSING):
        url = reverse("org:second")
        return "" if outside or request.path.startswith((url, reverse("org:password"))) else url
    return ""


def _to(url: str, request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _of_another(request: HttpRequest) -> tuple[str, str] | None:
    """A page says whose it is when its scripts send something: an old tab must not act for who signed in since, nor
    under a hat that was not on when it was opened. The words of the refusal, or None.

    Plain forms need no such word: a new sign-in or a change of hats makes their proof of origin void.
    """
    whose = request.headers.get(WHOSE)
    if not whose or not request.user.is_authenticated or request.method in ("GET", "HEAD", "OPTIONS"):
        return None
    account, _, hat = whose.partition(":")
    if account != str(request.user.pk):
        return OTHER_TAB
    actor = request.actor
    return OTHER_HAT if actor.is_person and hat != (actor.hat.code if actor.hats else "") else None


def _keep_alive(request: HttpRequest) -> None:
    """Renew the session once a minute, not on every page: a page that only reads must not wait to write."""
    now = int(request.at.timestamp())
    if now - request.session.get(SEEN, 0) >= RENEW_SECONDS:
        request.session[SEEN] = now
        request.session.setdefault(BEGUN, now)  # begun before there was a limit


def _let_in(request: HttpRequest, text: str) -> HttpResponse | None:
    """A program comes in with its token: no session, no cookie, hence no forged form either. The answer, if not."""
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    request.actor = NOBODY
    try:
        address = request.META.get("REMOTE_ADDR", "")
        request.token, request.actor = use_token(text=text, address=address, at=request.at)
    except NotLetIn as refused:
        response = told(refused, 429 if refused.guessing else 401)
        response["WWW-Authenticate"] = "Bearer"
        if refused.guessing:
            response["Retry-After"] = str(WINDOW_S)
        return response
    return None


def who_and_when(get_response: Callable[[HttpRequest], HttpResponse]):
    def middleware(request: HttpRequest) -> HttpResponse:
        request.at, request.token = timezone.now(), None
        kind, _, text = request.headers.get("Authorization", "").partition(" ")
        if request.path.startswith(settings.API_PREFIX) and kind.lower() == "bearer":
            return _let_in(request, text.strip()) or get_response(request)
        request.actor = _actor(request, request.at)
        if request.actor.is_person:
            _keep_alive(request)
        if request.actor.is_person and (url := _owed(request)):
            return _to(url, request)
        if other := _of_another(request):
            return refusal(request, Stale(*other))
        return get_response(request)

    return middleware
