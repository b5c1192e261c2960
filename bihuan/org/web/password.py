"""Changing one's own password."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters

from bihuan.org.actions.change_password import change_password
from bihuan.org.passwords import days_of
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page


def _secret(label: str, autocomplete: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=200, strip=False, widget=widget)


class PasswordForm(forms.Form):
    old = _secret("现在的密码", "current-password")
    new = _secret("新密码", "new-password")
    again = _secret("再输一次新密码", "new-password")

    def clean_again(self) -> str:
        if self.cleaned_data.get("new") and self.cleaned_data["new"] != self.cleaned_data["again"]:
            raise ValidationError("两次输的不一样")
        return self.cleaned_data["again"]


def _rules() -> list[str]:
    """What will be checked, said beforehand. The list of common passwords says it in its own long way."""
    return [text if len(text) < 40 else "不是常见密码" for text in password_validators_help_texts()]


def _lead(first: bool, days: int | None) -> str:
    if first:
        return "初始密码只能用一次，换好才能进去。"
    return (
        f"现在的密码用了 {days} 天，本单位规定最多用 {settings.PASSWORD_DAYS} 天，换好才能进去。"
        if days
        else ""
    )


@view(needs=SIGNED_IN, guests=True)
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    first, days = request.user.must_change, days_of(request.user, request.at)

    def do(cleaned: dict) -> None:
        account = change_password(
            account=request.user, old=cleaned["old"], new=cleaned["new"], by=request.actor, at=request.at
        )
        update_session_auth_hash(request, account)

    return act_page(
        request,
        PasswordForm(request.POST or None),
        do,
        title="先换一个自己的密码" if first else "该换密码了" if days else "修改密码",
        button="保存",
        back="/",
        done="密码改好了",
        checks=_rules(),
        template="org/password.html" if first or days else "ui/act.html",
        lead=_lead(first, days),
    )
