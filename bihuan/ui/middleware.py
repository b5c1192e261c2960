"""What every answer carries, and what becomes of a refusal nobody caught."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_vary_headers

from bihuan.kernel.refused import Refused
from bihuan.registry import shelf

from .refusals import for_program, refusal

Get = Callable[[HttpRequest], HttpResponse]

# Nothing from elsewhere and nothing inline: a ledger cell that holds a script stays text. `data:` images are
# the arrows of the stylesheet, `blob:` images the photos just taken.
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def _keeps(request: HttpRequest, html: bool) -> str:
    """What a browser may keep. Empty: the answer has said so itself, or it is a file of the house."""
    if getattr(request, "confidential", False) or request.path.startswith(settings.API_PREFIX):
        return "no-store"
    return "" if not html else "no-store" if settings.NO_STORE else "private, no-cache"


def unseen(get_response: Get) -> Get:
    """At the doors for people without an account nobody is known: cookies, tokens and what tells one browser from
    another are taken off before anything else sees the request. Of the address there is left what counts it
    (`request.line`), for as long as the request takes."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.line = ""  # type: ignore[attr-defined]
        if not shelf.is_door(request.path):
            return get_response(request)
        given = request.META.get(settings.ADDRESS_HEADER, "") if settings.ADDRESS_HEADER else ""
        request.line = given or request.META.get("REMOTE_ADDR", "")  # type: ignore[attr-defined]
        for name in [name for name in request.META if name.startswith("HTTP_") and name not in _NEEDED]:
            del request.META[name]
        request.META["REMOTE_ADDR"] = ""
        request.__dict__.pop("headers", None)
        response = get_response(request)
        response.cookies.clear()
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return middleware


#: what a door needs of the headers: the name of the house, whether the way is closed to others
_NEEDED = ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO")


def headers(get_response: Get) -> Get:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        html = response.get("Content-Type", "").startswith("text/html")
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("X-Frame-Options", "DENY")
        response.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=(self)")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        keeps = _keeps(request, html)
        if keeps == "no-store":
            response["Cache-Control"] = keeps
        elif keeps:
            response.setdefault("Cache-Control", keeps)
        if html:
            # The same address answers a page or a part of it; the browser must not mix them up.
            patch_vary_headers(response, ["HX-Request", "X-Bihuan-Drawer"])
        return response

    return middleware


#: what pages are asked with; the API says for each operation what it takes
METHODS = ("GET", "HEAD", "POST")


def methods(get_response: Get) -> Get:
    """Whatever else is sent would reach a page that takes it for a GET, past what is done when one is read: a
    restricted problem asked for with OPTIONS or PUT would leave no mark."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method in METHODS or for_program(request):
            return get_response(request)
        return HttpResponseNotAllowed(METHODS)

    return middleware


def refusals(get_response: Get) -> Get:
    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refusal(request, exception) if isinstance(exception, Refused) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
