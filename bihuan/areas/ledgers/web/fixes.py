"""Corrections during the dry run: each changes the wishes and reads the file anew."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.areas.ledgers import wishes
from bihuan.areas.ledgers.actions.correct_import import correct_import
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.reading.fields import FIELDS
from bihuan.areas.ledgers.reads import row_cells
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid
from bihuan.kernel.text import fold
from bihuan.org.models import Person, Unit
from bihuan.ui.access import view

from .pages import IMPORT, own


def _correct(request: HttpRequest, ledger: LedgerImport, wished: dict[str, Any], said: str) -> HttpResponse:
    ledger = correct_import(ledger=ledger, wishes=wished, by=request.actor, at=request.at)
    left = ledger.counts.get("fix", 0)
    messages.success(request, f"{said}，{f'还有 {left} 行要处理' if left else '没有要处理的行了'}。")
    return redirect(reverse("ledgers:page", args=[ledger.pk]) + ("?verdict=fix" if left else ""))


@view(needs=IMPORT)
def row(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """One row with every cell: what was read and what was guessed; a changed cell is a correction."""
    ledger = own(request, pk)
    found = get_object_or_404(ledger.rows.select_related("problem"), order=order)
    if request.method == "POST":
        wished = ledger.wishes
        for column in ledger.columns:
            text = request.POST.get(f"cell-{column['index']}")
            if text is not None and text != request.POST.get(f"was-{column['index']}"):
                wished = wishes.with_cell(
                    wished, found.sheet, found.source_row, column["index"], text.strip()
                )
        return _correct(request, ledger, wished, f"第 {found.source_row} 行已更正")
    context = {"ledger": ledger, "row": found, "cells": row_cells(ledger, found)}
    return render(request, "ledgers/row.html", context)


@view(needs=IMPORT)
@require_POST
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which field each column is. A field taken twice leaves the earlier column as it is kept."""
    ledger = own(request, pk)
    wished = ledger.wishes
    for column in ledger.columns:
        code = request.POST.get(f"field-{column['index']}")
        if code and code != column["field"] and (code in FIELDS or code == "kept"):
            wished = wishes.with_column(wished, column["index"], code)
    return _correct(request, ledger, wished, "列的对应已更正")


@view(needs=IMPORT)
@require_POST
def layout(request: HttpRequest, pk: int) -> HttpResponse:
    """Which sheets hold problems, and which rows are the header of one."""
    ledger = own(request, pk)
    wished = dict(ledger.wishes)
    sheets = [sheet["name"] for sheet in ledger.layout.get("sheets", [])]
    use, heads = dict(wished.get("use", {})), dict(wished.get("header_rows", {}))
    for place, sheet in enumerate(sheets):
        use[sheet] = f"use-{place}" in request.POST
        given = request.POST.get(f"head-{place}", "").replace("，", ",").replace("、", ",").split(",")
        rows = [part.strip() for part in given if part.strip()]
        if not all(part.isdigit() and int(part) > 0 for part in rows):
            raise Invalid(f"“{sheet}”的表头行要写行号", "例如 2 或 2、3")
        if rows:
            heads[sheet] = [int(part) for part in rows]
    return _correct(request, ledger, {**wished, "use": use, "header_rows": heads}, "版面已更正")


@view(needs=IMPORT)
@require_POST
def names(request: HttpRequest, pk: int) -> HttpResponse:
    """Names that were not found: matched, created, or kept as words; one by one or all at once."""
    ledger = own(request, pk)
    kind = request.POST.get("kind", "")
    if kind not in ("units", "people"):
        raise Http404
    everything = request.POST.get("all", "")
    chosen = {}
    for place, name in enumerate(ledger.names.get(kind, {})):
        decision = everything or request.POST.get(f"name-{place}", "").strip()
        if decision:
            chosen[name] = _decision(kind, decision, request)
    return _correct(
        request, ledger, wishes.with_names(ledger.wishes, kind, chosen), f"已定 {len(chosen)} 个名称"
    )


def _decision(kind: str, given: str, request: HttpRequest) -> str:
    """A code, or the name or number of somebody who exists."""
    if given in (wishes.NEW, wishes.HOME, wishes.TEXT):
        return given
    day = local_day(request.at)
    word = given.split("（")[0].strip()
    if kind == "units":
        found = [
            u
            for u in Unit.objects.open_on(day)
            if fold(word) in (fold(u.name), fold(u.short_name), fold(u.code))
        ]
    else:
        people = Person.objects.here_on(day)
        found = list(people.filter(staff_no=word)) or list(people.filter(name=word))
    if len(found) != 1:
        what = "没有" if not found else f"有 {len(found)} 个"
        raise Invalid(f"组织里{what}“{word}”", "从提示里选一个，同名的填工号或编码")
    return str(found[0].pk)


@view(needs=IMPORT)
@require_POST
def skipping(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave rows out (they go into the correction file), or take them back in."""
    ledger = own(request, pk)
    back = request.POST.get("back") == "1"
    found = ledger.rows.order_by("order")
    found = (
        found.filter(order=request.POST["order"])
        if request.POST.get("order")
        else found.filter(verdict="fix")
    )
    rows = list(found.values_list("sheet", "source_row"))
    wished = wishes.with_skipped(ledger.wishes, rows, skip=not back)
    said = f"{len(rows)} 行{'重新列入' if back else '不导入，留在问题行清单里'}"
    return _correct(request, ledger, wished, said)
