"""Units, people and roles from Excel: upload, a verdict per row, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.kernel.moment import local_day
from bihuan.org.actions.import_people import import_people
from bihuan.org.actions.import_roles import import_roles
from bihuan.org.actions.import_units import import_units
from bihuan.org.exports import template
from bihuan.org.permissions import Permission as P
from bihuan.org.policies import judge_people, judge_roles, judge_units
from bihuan.org.reading.sheets import PEOPLE_COLUMNS, UNIT_COLUMNS, read_sheet
from bihuan.ui.access import view
from bihuan.ui.act import act_page

_KEPT = "org-import"
_NEEDS = (P.ORG_MANAGE, P.GRANT_MANAGE)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Kind:
    label: str
    columns: dict
    needed: tuple[str, ...]
    judge: Callable
    take: Callable
    permission: str
    measure: str


KINDS = {
    "units": Kind(
        "单位",
        UNIT_COLUMNS,
        ("单位编码", "单位名称", "上级"),
        judge_units,
        import_units,
        P.ORG_MANAGE,
        "个单位",
    ),
    "people": Kind(
        "人员", PEOPLE_COLUMNS, ("工号", "姓名", "单位"), judge_people, import_people, P.ORG_MANAGE, "人"
    ),
    "roles": Kind(
        "授权",
        PEOPLE_COLUMNS,
        ("工号", "姓名", "单位", "角色"),
        judge_roles,
        import_roles,
        P.GRANT_MANAGE,
        "条授权",
    ),
}


class UploadForm(forms.Form):
    file = forms.FileField(label="表", help_text=".xlsx、.xls 或 .csv，最大 20 MB")

    def __init__(self, *args, kinds: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"] = forms.ChoiceField(label="导入什么", choices=kinds)
        self.order_fields(["what", "file"])


@view(needs=_NEEDS)
def upload(request: HttpRequest) -> HttpResponse:
    kinds = [(code, kind.label) for code, kind in KINDS.items() if request.actor.may(kind.permission)]

    def do(cleaned: dict) -> str:
        kind, file = KINDS[cleaned["what"]], cleaned["file"]
        rows = read_sheet(file.read(), file.name, kind.columns, kind.needed)
        request.session[_KEPT] = {"what": cleaned["what"], "name": file.name, "rows": rows}
        return reverse("org:import-check")

    form = UploadForm(request.POST or None, request.FILES or None, kinds=kinds)
    return act_page(
        request,
        form,
        do,
        title="从 Excel 导入单位和人员",
        button="看每行的结果",
        back=reverse("org:settings"),
        done="读完了，还没有写入",
        multipart=True,
        template="org/import.html",
        crumbs=[("组织", reverse("org:home"))],
        kinds=kinds,
    )


@view(needs=_NEEDS)
def check(request: HttpRequest) -> HttpResponse:
    kept = request.session.get(_KEPT)
    if not kept or not request.actor.may(KINDS[kept["what"]].permission):
        return HttpResponseRedirect(reverse("org:import"))
    kind = KINDS[kept["what"]]
    verdicts, _ = kind.judge([(number, row) for number, row in kept["rows"]])
    count = {what: sum(v.what == what for v in verdicts) for what in ("new", "same", "wrong")}
    wanted = request.GET.get("what", "")
    shown = [v for v in verdicts if not wanted or v.what == wanted]
    page = {
        "kind": kind,
        "name": kept["name"],
        "count": count,
        "total": len(verdicts),
        "verdicts": shown[:500],
        "more": max(0, len(shown) - 500),
        "wanted": wanted,
    }
    return render(request, "org/import_check.html", page)


@view(needs=_NEEDS)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    kept = request.session.get(_KEPT)
    if not kept or not request.actor.may(KINDS[kept["what"]].permission):
        raise Http404
    kind = KINDS[kept["what"]]
    rows = [(number, row) for number, row in kept["rows"]]
    made = kind.take(rows=rows, on=local_day(request.at), by=request.actor, at=request.at)
    del request.session[_KEPT]
    messages.success(request, f"导入了 {made} {kind.measure}")
    return HttpResponseRedirect(reverse("org:grants" if kept["what"] == "roles" else "org:home"))


@view(needs=_NEEDS)
def empty_sheet(request: HttpRequest, what: str) -> HttpResponse:
    response = HttpResponse(template(what), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{what}.xlsx"'
    return response
