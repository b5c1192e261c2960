"""Who may open a view. Every view says what it needs; a guard walks the addresses and fails on one that does not.

Signed out leads to the sign-in page and back; a person without the permission meets a 404, as if there were
nothing, unless the view says `forbid=True` (then 403 with a reason, where the page's existence is no secret).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

PUBLIC = "-public-"
SIGNED_IN = "-signed-in-"
#: an address of the API: an access token, and then what each operation asks for
TOKEN = "-token-"


class Forbidden(PermissionDenied):
    """A 403 page that helps: `who` may see it, what the reader may see `instead` ((label, url) pairs), how to `ask`."""

    def __init__(
        self, reason: str, *, who: str = "", instead: Iterable[tuple[str, str]] = (), ask: str = ""
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.who = who
        self.instead = tuple(instead)
        self.ask = ask


def _came_from(request: HttpRequest) -> str:
    """Where to return to after signing in: a sent form returns to the page that held it."""
    if request.method in ("GET", "HEAD") and not request.headers.get("HX-Request"):
        return request.get_full_path()
    referer = urlsplit(request.headers.get("Referer", ""))
    if referer.netloc == request.get_host():
        return referer.path + (f"?{referer.query}" if referer.query else "")
    return "/"


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """A redirect for a page; a bare 401 for a fragment, upon which the page asks for the password over the form."""
    if request.headers.get("HX-Request"):
        return HttpResponse("登录过期了，请重新登录。", status=401, content_type="text/plain; charset=utf-8")
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': _came_from(request)})}")


def confidential(request: HttpRequest) -> None:
    """What this request shows stays in no cache: the next at this computer may not see it (`ui.middleware`)."""
    request.confidential = True  # type: ignore[attr-defined]


def _may(actor, needs: str | tuple[str, ...]) -> bool:
    return any(actor.may(code) for code in (needs if isinstance(needs, tuple) else (needs,)))


def view(
    needs: str | tuple[str, ...], *, forbid: bool = False, guests: bool = False
) -> Callable[[Callable], Callable]:
    """Declares what a view needs: a permission code, a tuple of which one is enough, SIGNED_IN or PUBLIC. What everybody
    who is signed in may open is for the people of the house; a visitor (`Actor.guest`) only where `guests` says so."""

    def declare(inner: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if needs != PUBLIC:
                if not request.actor.is_person:
                    return ask_to_sign_in(request)
                if needs != SIGNED_IN and not _may(request.actor, needs):
                    if forbid:
                        raise Forbidden("您现在的岗位没有这项权限。")
                    raise Http404
                if needs == SIGNED_IN and request.actor.guest and not guests:
                    raise Http404
            return inner(request, *args, **kwargs)

        guarded.needs = needs  # type: ignore[attr-defined]
        guarded.guests = guests  # type: ignore[attr-defined]
        return guarded

    return declare
