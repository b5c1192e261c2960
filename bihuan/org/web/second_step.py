"""The second page of a sign-in: a code of the telephone, a recovery code, or a passkey."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bihuan.kernel.refused import Refused
from bihuan.org.actions.try_secret import Locked
from bihuan.org.actions.use_code import use_code
from bihuan.org.reads import second_of
from bihuan.ui.access import PUBLIC, view
from bihuan.ui.refusals import into_form

from .entering import LDAP, OIDC, enter, halfway, passkeys_work


class CodeForm(forms.Form):
    code = forms.CharField(
        label="动态码",
        max_length=40,
        help_text="手机上的 6 位数字；手机不在身边，输一个备用码",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "text",
                "autofocus": True,
                "spellcheck": "false",
            }
        ),
    )


@view(needs=PUBLIC)
@never_cache
@sensitive_post_parameters("code")
def second_step(request: HttpRequest) -> HttpResponse:
    found = halfway(request)
    if found is None:
        return HttpResponseRedirect("/signin/")
    account, noted = found
    second, status = second_of(account), 200
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            used = use_code(account=account, code=form.cleaned_data["code"], at=request.at)
        except Refused as refused:
            into_form(form, refused)
            status = 429 if isinstance(refused, Locked) else 400
        else:
            return enter(request, account, with_second(noted["way"], used), noted["next"])
    told = {
        "form": form if second.totp else None,
        "passkeys": bool(second.passkeys),
        "passkeys_work": passkeys_work(request),
        "name": account.person.name,
    }
    return render(request, "org/second_step.html", told, status=status)


def with_second(way: str, used: str) -> str:
    """How the visit stands in the record: first step and second."""
    return f"{way}_{used}" if way in (OIDC, LDAP) else f"password_{used}" if used == "passkey" else used
