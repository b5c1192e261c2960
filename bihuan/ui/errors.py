"""Pages for what went wrong: what is the case, what did not happen, what to do. Never an English trace."""

from __future__ import annotations

import logging
import secrets

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from bihuan.kernel.refused import Invalid, Missing, Refused

from .access import Forbidden
from .refusals import back_url, for_program, told

log = logging.getLogger("bihuan.errors")


def _page(request: HttpRequest, status: int, **said) -> HttpResponse:
    return render(request, "ui/page_error.html", {"back": back_url(request), **said}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if for_program(request):
        return told(Invalid("这个请求读不懂", "核对地址、请求头和内容"), 400)
    return _page(
        request,
        400,
        title="这个请求读不懂，什么也没有改。",
        lead="可能是网址不完整，或者一次交的内容太多。",
        icon_name="file-alert",
        tone="late",
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    said: dict = {"lead": "您现在的岗位没有这项权限。不是出错。"}
    if isinstance(exception, Forbidden):
        said = {
            "lead": exception.reason,
            "rows": [("谁能看", exception.who)] if exception.who else [],
            "instead": exception.instead,
            "after": [("能申请吗", exception.ask)] if exception.ask else [],
        }
    return _page(request, 403, title="这一页您看不了。", icon_name="lock", tone="", **said)


def not_found(request: HttpRequest, exception: Http404 | None = None) -> HttpResponse:
    if for_program(request):
        return told(Missing("没有这个地址，或不在您能看的范围里", "核对地址"), 404)
    return _page(
        request,
        404,
        title="没有这一页。",
        lead="网址可能写错了，内容可能已经撤下，或者不在您能看的范围里。",
        icon_name="search",
        tone="",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's proof of origin no longer fits, mostly after signing in again in another tab."""
    return _page(
        request,
        403,
        title="这一页放得太久，没有提交成功。",
        lead="填的内容还在这台电脑上。返回表单，再提交一次。",
        icon_name="refresh",
        tone="soon",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500, drawn without the usual context: whatever broke may break there again."""
    number = f"CW-{secrets.token_hex(3).upper()}"
    # The route, not the address: that one may hold a number, a search, or the key of a calendar.
    match = request.resolver_match
    log.error("error page shown: %s %s", number, match.route if match else "-")
    if for_program(request):
        return told(
            Refused("系统出错了，这一步没有办成", f"过一会儿再试；还不行，把编号 {number} 告诉管理员"), 500
        )
    context = {
        "title": "系统出错了，这一步没有办成。",
        "lead": "填的内容还在这台电脑上。过一会儿再试；还不行，把下面的编号告诉管理员。",
        "icon_name": "alert-triangle",
        "tone": "late",
        "number": number,
        "back": "/",
        "bare": True,
    }
    return HttpResponse(render_to_string("ui/page_error.html", context), status=500)
