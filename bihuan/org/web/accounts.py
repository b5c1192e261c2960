"""Accounts: who can sign in. The system administrator opens them; what they may then do is not decided here."""

from __future__ import annotations

from axes.utils import reset as unlock
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.kernel.moment import local_day
from bihuan.org.actions.close_account import close_account
from bihuan.org.actions.open_account import open_account
from bihuan.org.actions.reopen_account import reopen_account
from bihuan.org.actions.reset_password import reset_password
from bihuan.org.forms import PersonField
from bihuan.org.models import Account
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import view
from bihuan.ui.act import act_page
from bihuan.ui.lists import Choice, Column, Filter, ListPage, Order, View
from bihuan.ui.parts import state

from .entering import one_spelling


def _state(row: Account, page: ListPage):
    if not row.is_active:
        return state("停用", "calm", "ban")
    return (
        state("等首次登录", "soon", "hourglass") if row.must_change else state("启用", "good", "circle-check")
    )


class AccountsPage(ListPage):
    model = Account
    title = "账号"
    noun = "个账号"
    template = "org/accounts.html"
    filters = (
        Filter("active", "状态", choices=[Choice("yes", "启用"), Choice("no", "停用")]),
        Filter("text", "登录名、姓名", kind="text", method="matching"),
    )
    columns = (
        Column("username", "登录名", link=True, width=150, fixed=True, phone="title"),
        Column("name", "姓名", value="person.name", width=120, phone="note"),
        Column(
            "unit", "单位", value=lambda row: row.person.unit.shown if row.person.unit else "", phone="note"
        ),
        Column("state", "状态", value="is_active", cell=_state, width=130, phone="end"),
        Column("last_login", "上次登录", width=130, soft=True),
        Column("password_set_on", "密码设定", width=130, soft=True),
    )
    orders = (Order("name", "按登录名", "username"),)
    views = (View("yes", "启用", "active=yes"), View("no", "停用", "active=no", counted=False))

    def queryset(self) -> QuerySet:
        return Account.objects.all()

    def row_url(self, row: Account) -> str:
        return reverse("org:account", args=[row.pk])


class NewAccountForm(forms.Form):
    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = PersonField(day, label="给谁开")
        self.fields["username"] = forms.CharField(
            label="登录名", max_length=40, required=False, help_text="不填就用工号"
        )


def _once(request: HttpRequest, what: str, account: Account, clear: str) -> HttpResponse:
    """The password on one page that no cache keeps and no address leads back to."""
    response = render(request, "org/secret.html", {"what": what, "account": account, "clear": clear})
    response["Cache-Control"] = "no-store"
    return response


@view(needs=P.ACCOUNT_MANAGE)
def accounts(request: HttpRequest) -> HttpResponse:
    return AccountsPage.of(request).response(request)


@view(needs=P.ACCOUNT_MANAGE)
def account(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Account, pk=pk)
    return render(
        request, "org/account.html", {"account": found, "own": found.person_id == request.actor.person_id}
    )


@view(needs=P.ACCOUNT_MANAGE)
def new(request: HttpRequest) -> HttpResponse:
    initial = {"person": request.GET.get("person", "")}

    def do(cleaned: dict) -> HttpResponse:
        made, clear = open_account(by=request.actor, at=request.at, **cleaned)
        return _once(request, "账号开好了", made, clear)

    form = NewAccountForm(request.POST or None, day=local_day(request.at), initial=initial)
    return act_page(
        request,
        form,
        do,
        title="开账号",
        button="开账号",
        back=reverse("org:accounts"),
        done="",
        crumbs=[("账号", reverse("org:accounts"))],
        lead="初始密码只显示一次，本人第一次登录必须换掉。能办什么由安全管理员另外授权。",
    )


@view(needs=P.ACCOUNT_MANAGE)
@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Account, pk=pk)
    clear = reset_password(account=found, by=request.actor, at=request.at)
    # the page a locked person meets promises that a new password lets them in
    unlock(username=one_spelling(found.username))
    return _once(request, "密码重置了", found, clear)


@view(needs=P.ACCOUNT_MANAGE)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Account, pk=pk)
    clear = reopen_account(account=found, by=request.actor, at=request.at)
    unlock(username=one_spelling(found.username))
    return _once(request, "账号重新启用了", found, clear)


@view(needs=P.ACCOUNT_MANAGE)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Account, pk=pk)
    close_account(account=found, by=request.actor, at=request.at)
    messages.success(request, f"{found.person.name}的账号停用了")
    return HttpResponseRedirect(reverse("org:account", args=[pk]))
