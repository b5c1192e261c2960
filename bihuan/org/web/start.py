"""The first start: the group and its three administrators; then the four steps."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from bihuan.org.actions.enter_first import FirstAdministrator, enter_first
from bihuan.org.models import Account
from bihuan.org.roles import ADMINISTRATORS, ROLES
from bihuan.ui.access import PUBLIC, SIGNED_IN, view
from bihuan.ui.act import act_page

from .first_steps import first_steps


class StartForm(forms.Form):
    group_name = forms.CharField(label="集团全称", max_length=80)
    short_name = forms.CharField(label="简称", max_length=40, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for role in ADMINISTRATORS:
            label = ROLES[role].label
            self.fields[f"{role}_name"] = forms.CharField(label=f"{label}姓名", max_length=40)
            self.fields[f"{role}_no"] = forms.CharField(label=f"{label}工号", max_length=30)

    def admin_rows(self) -> list:
        return [
            {"role": ROLES[role], "name": self[f"{role}_name"], "no": self[f"{role}_no"]}
            for role in ADMINISTRATORS
        ]


@view(needs=PUBLIC)
def start(request: HttpRequest) -> HttpResponse:
    if Account.objects.exists():
        return HttpResponseRedirect("/start/steps/" if request.actor.is_person else "/signin/")

    def do(cleaned: dict) -> HttpResponse:
        admins = [
            FirstAdministrator(cleaned[f"{role}_name"], cleaned[f"{role}_no"]) for role in ADMINISTRATORS
        ]
        made = enter_first(
            group_name=cleaned["group_name"],
            short_name=cleaned["short_name"],
            administrators=admins,
            at=request.at,
        )
        rows = [
            (ROLES[role], account, clear) for role, (account, clear) in zip(ADMINISTRATORS, made, strict=True)
        ]
        response = render(request, "org/start_done.html", {"rows": rows})
        response["Cache-Control"] = "no-store"
        return response

    return act_page(
        request,
        StartForm(request.POST or None),
        do,
        title="开始使用闭环",
        button="建好，看初始密码",
        back="/signin/",
        done="",
        template="org/start.html",
    )


@view(needs=SIGNED_IN)
def steps(request: HttpRequest) -> HttpResponse:
    return render(request, "org/steps.html", {"steps": first_steps(request.actor, request.at)})
