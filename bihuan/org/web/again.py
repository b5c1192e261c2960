"""再确认一次是本人: before a way of signing in is changed, who sits there shows that it is still they."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.actions.note_visit import note_visit
from bihuan.org.actions.try_secret import forgive, try_secret
from bihuan.org.reads import second_of
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.refusals import into_form

from .entering import other_doors, prove, proved, safe_next


class AgainForm(forms.Form):
    password = forms.CharField(
        label="密码",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


def proven(inner: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For views below `@view`: asks for the proof first and comes back."""

    @wraps(inner)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return inner(request, *args, **kwargs) if proved(request) else ask_again(request)

    return guarded


def ask_again(request: HttpRequest) -> HttpResponse:
    back = request.path if request.method == "GET" else reverse("org:second")
    return HttpResponseRedirect(f"{reverse('org:again')}?{urlencode({'next': back})}")


@view(needs=SIGNED_IN, guests=True)
@never_cache
@sensitive_post_parameters("password")
def again(request: HttpRequest) -> HttpResponse:
    form, account = AgainForm(request.POST or None), request.user
    if request.method == "POST" and form.is_valid():
        try:
            _check(request, form.cleaned_data["password"])
        except Refused as refused:
            into_form(form, refused)
        else:
            prove(request)
            return HttpResponseRedirect(safe_next(request))
    told = {
        "form": form,
        "next": safe_next(request),
        "doors": other_doors(request),
        "passkeys": bool(second_of(account).passkeys),
    }
    return render(request, "org/again.html", told, status=400 if form.errors else 200)


def _check(request: HttpRequest, password: str) -> None:
    account = request.user
    try_secret(account=account, at=request.at, field="password")
    found = authenticate(request, username=account.username, password=password)
    request.axes_locked_out = False  # the sentence stands in the form here, not on the page of the sign-in
    if found is None or found.pk != account.pk:
        note_visit(account=account, visit="sign_in_failed", by=request.actor, at=request.at)
        raise Invalid("密码不对", "再输一次", field="password")
    forgive(account)
