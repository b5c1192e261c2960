"""登录验证: what stands beside my password. Set up, looked at and taken away by oneself."""

from __future__ import annotations

import io

import segno
from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe  # safe because: see `_picture`
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.access import MISSING
from bihuan.org.actions.confirm_totp import confirm_totp
from bihuan.org.actions.end_passkey import end_passkey
from bihuan.org.actions.end_session import end_session
from bihuan.org.actions.end_sessions import end_sessions
from bihuan.org.actions.end_totp import end_totp
from bihuan.org.actions.make_recovery_codes import make_recovery_codes
from bihuan.org.actions.reset_factors import reset_factors
from bihuan.org.actions.start_totp import start_totp
from bihuan.org.codes import address
from bihuan.org.models import Account, Passkey
from bihuan.org.permissions import Permission as P
from bihuan.org.reads import OpenSession, must_have_second, open_sessions, second_card
from bihuan.org.sessions import kept_as
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.refusals import into_form

from .again import ask_again, proven
from .entering import passkeys_work, proved

HOUSE = "闭环"


class ConfirmForm(forms.Form):
    code = forms.CharField(
        label="手机上现在显示的 6 位数字",
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


@view(needs=SIGNED_IN, guests=True)
@never_cache
def second(request: HttpRequest) -> HttpResponse:
    told = {
        "card": second_card(request.user),
        "required": must_have_second(request.actor.person_id, local_day(request.at)),
        "missing": MISSING in request.session,
        "passkeys_work": passkeys_work(request),
        "places": _places(request),
    }
    return render(request, "org/second.html", told)


def _places(request: HttpRequest) -> list[OpenSession]:
    return open_sessions(request.user, at=request.at, here=kept_as(request.session.session_key))


@view(needs=SIGNED_IN, guests=True)
@never_cache
@sensitive_post_parameters("code")
@proven
def totp(request: HttpRequest) -> HttpResponse:
    account: Account = request.user
    secret = start_totp(account=account, by=request.actor, at=request.at)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = confirm_totp(
                account=account, code=form.cleaned_data["code"], by=request.actor, at=request.at
            )
        except Refused as refused:
            into_form(form, refused)
        else:
            request.session.pop(MISSING, None)
            return _codes(request, codes, "动态口令启用了")
    told = {
        "form": form,
        "picture": _picture(address(secret, name=account.username, house=HOUSE)),
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
    }
    response = render(request, "org/totp.html", told, status=400 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def _picture(text: str) -> SafeString:
    """The QR code as SVG with presentation attributes only: no style, nothing the content policy forbids."""
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out,
        kind="svg",
        scale=5,
        border=2,
        dark="#000",
        light="#fff",
        xmldecl=False,
        svgclass=None,
        lineclass=None,
    )
    # safe because segno draws numbers only: nothing that was typed stands in it as text
    return mark_safe(out.getvalue().decode())  # noqa: S308


def _codes(request: HttpRequest, codes: list[str], what: str) -> HttpResponse:
    """The recovery codes on one page that no cache keeps and no address leads back to."""
    response = render(request, "org/codes.html", {"codes": codes, "what": what})
    response["Cache-Control"] = "no-store"
    return response


@view(needs=SIGNED_IN, guests=True)
@require_POST
@proven
def codes(request: HttpRequest) -> HttpResponse:
    made = make_recovery_codes(account=request.user, by=request.actor, at=request.at)
    return _codes(request, made, "换了一组备用码，原来的作废")


def _back(request: HttpRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("org:second"))


@view(needs=SIGNED_IN, guests=True)
@require_POST
@proven
def totp_end(request: HttpRequest) -> HttpResponse:
    end_totp(account=request.user, by=request.actor, at=request.at)
    return _back(request, "动态口令停用了，备用码也作废了")


@view(needs=SIGNED_IN, guests=True)
@require_POST
def passkey_end(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Passkey.objects.select_related("account"), pk=pk, account=request.user)
    if not proved(request):
        return ask_again(request)
    end_passkey(passkey=found, by=request.actor, at=request.at)
    return _back(request, f"“{found.name}”删去了")


@view(needs=SIGNED_IN, guests=True)
@require_POST
@proven
def sessions_end(request: HttpRequest) -> HttpResponse:
    account = end_sessions(account=request.user, by=request.actor, at=request.at)
    update_session_auth_hash(request, account)
    return _back(request, "在别处的登录都退出了，只剩这一处")


@view(needs=SIGNED_IN, guests=True)
@require_POST
def session_end(request: HttpRequest, mark: str) -> HttpResponse:
    place = next((one for one in _places(request) if one.mark == mark and not one.here), None)
    if place is None:
        raise Http404
    if not proved(request):
        return ask_again(request)
    end_session(account=request.user, key=place.key, by=request.actor, at=request.at)
    return _back(request, "那一处退出了")


@view(needs=P.GRANT_MANAGE)
@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """By the security administrator, from the page of the person."""
    account = get_object_or_404(Account, person_id=pk)
    reset_factors(account=account, by=request.actor, at=request.at)
    messages.success(request, f"{account.person.name}的第二步验证清除了，下次用密码登录后重新设置")
    return HttpResponseRedirect(reverse("org:person", args=[pk]))
