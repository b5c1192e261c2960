"""Signing in and out. Five failures lock the name for a quarter of an hour; every visit is written down."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from axes.models import AccessAttempt
from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from bihuan.kernel.actor import NOBODY
from bihuan.kernel.refused import Refused
from bihuan.org.actions.note_visit import note_visit
from bihuan.org.actions.use_code import use_code
from bihuan.org.models import Account
from bihuan.org.reads import Second, demo_places, second_of
from bihuan.ui.access import PUBLIC, SIGNED_IN, view
from bihuan.ui.refusals import sentence

from .entering import DEMO_DOOR, enter, may_enter, one_spelling, other_doors, proceed, safe_next, way_of

ONLY_PASSKEY = "这个账号还要用通行密钥验证，点“换人登录”到登录页办，填的内容会留着。"


class SignInForm(forms.Form):
    username = forms.CharField(
        label="登录名",
        max_length=40,
        help_text="一般是工号",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label="密码",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def _page(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    places = demo_places(request.at) if settings.DEMO else []
    told = {"form": form, "next": safe_next(request), "places": places, "doors": other_doors(request)}
    return render(request, "org/signin.html", told, status=status)


@view(needs=PUBLIC)
@never_cache
@sensitive_post_parameters("password")
def signin(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        if request.actor.is_person:
            return HttpResponseRedirect(safe_next(request))
        if not Account.objects.exists():
            return HttpResponseRedirect("/start/")
        return _page(request, SignInForm())
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    account = authenticate(
        request, username=form.cleaned_data["username"].strip(), password=form.cleaned_data["password"]
    )
    if account is None or not may_enter(account, request.at):
        return _failed(request, form)
    if (request.POST.get("again") or str(account.pk)) != str(account.pk):
        form.add_error(
            None, "这一页是另一个账号填的，不能用您的账号接着交。重新打开这一页，再用自己的账号办。"
        )
        return _page(request, form, status=409)
    if request.POST.get("again") and (second := second_of(account)):
        return _again(request, account, second)
    return proceed(request, account, way_of(account))


def _again(request: HttpRequest, account: Account, second: Second) -> HttpResponse:
    """The small window over a form has no room for a second page: it sends the code along with the password.

    428 asks for the code; where there is none to ask for, only the sign-in page itself helps (409)."""
    code = request.POST.get("code", "")
    if not second.totp:
        return HttpResponse(ONLY_PASSKEY, status=409, content_type="text/plain; charset=utf-8")
    if not code:
        return HttpResponse(status=428)
    try:
        way = use_code(account=account, code=code, at=request.at)
    except Refused as refused:
        return HttpResponse(sentence(refused), status=422, content_type="text/plain; charset=utf-8")
    return enter(request, account, way)


def _failed(request: HttpRequest, form: SignInForm) -> HttpResponse:
    """The same sentence whether name or password is wrong: nobody learns here who has an account."""
    account = Account.objects.filter(username=form.cleaned_data["username"].strip()).first()
    locked = getattr(request, "axes_locked_out", False)
    if account:
        note_visit(account=account, visit="locked" if locked else "sign_in_failed", by=NOBODY, at=request.at)
    form.add_error(None, "登录名或密码不对。再试一次，忘了密码请系统管理员重置。")
    return _page(request, form)


def locked_out(request: HttpRequest, original_response=None, credentials: dict | None = None) -> HttpResponse:
    """What a locked name meets, with the minutes left."""
    name = (credentials or {}).get("username") or request.POST.get("username", "")
    form = SignInForm(request.POST)
    form.is_valid()
    form.add_error(
        None,
        f"连续输错 {settings.AXES_FAILURE_LIMIT} 次，这个登录名锁住了。{_minutes_left(name, request)} 分钟后再试，"
        "或请系统管理员重置密码。",
    )
    return _page(request, form, status=429)


def counted_name(request: HttpRequest, credentials: dict | None) -> str:
    """The name the lock counts by. A directory takes `wang`, `WANG` and full-width letters for one person: each
    spelling must not bring five more guesses."""
    return one_spelling((credentials or {}).get("username") or request.POST.get("username", ""))


def no_address(request: HttpRequest) -> None:
    """The lock counts by name; where somebody sits is not kept."""


def _minutes_left(name: str, request: HttpRequest) -> int:
    last = AccessAttempt.objects.filter(username=one_spelling(name)).order_by("-attempt_time").first()
    whole = timedelta(hours=settings.AXES_COOLOFF_TIME)
    left = min(whole, last.attempt_time + whole - request.at) if last else whole
    return max(1, ceil(left.total_seconds() / 60))


@view(needs=PUBLIC)
@require_POST
def signin_as(request: HttpRequest) -> HttpResponse:
    """One click into a demo role. There is no such address outside the demo group."""
    if not settings.DEMO:
        raise Http404
    wanted = request.POST.get("account", "")
    if wanted not in {str(place.account_id) for place in demo_places(request.at)}:
        raise Http404
    account = get_object_or_404(Account, pk=wanted, is_active=True)
    return proceed(request, account, DEMO_DOOR)


@view(needs=SIGNED_IN, guests=True)
@require_POST
def signout(request: HttpRequest) -> HttpResponse:
    note_visit(account=request.user, visit="signed_out", by=request.actor, at=request.at)
    logout(request)
    # Going back after signing out must show nothing. Drafts stay: they are the person's own, under their account.
    return HttpResponseRedirect("/signin/", headers={"Clear-Site-Data": '"cache"'})
