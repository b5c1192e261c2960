"""Corrections during the dry run: each changes the wishes and reads the file anew."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from bihuan.areas.ledgers import wishes, words
from bihuan.areas.ledgers.actions.correct_import import correct_import
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.policies import may_open_units
from bihuan.areas.ledgers.reading.fields import FIELDS
from bihuan.areas.ledgers.reads.names import waiting_names
from bihuan.areas.ledgers.reads.sheet import row_cells
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid
from bihuan.kernel.text import fold, half_width
from bihuan.org.models import Person, Unit
from bihuan.ui.access import view

from .pages import IMPORT, own

#: findings that are settled by saying who is meant, once for all rows
_NAMES = ("unknown_unit", "several_units", "beyond_reach", "unknown_person", "several_people")


def _correct(request: HttpRequest, ledger: LedgerImport, wished: dict[str, Any], said: str) -> HttpResponse:
    ledger = correct_import(ledger=ledger, wishes=wished, by=request.actor, at=request.at)
    if ledger.state == LedgerImport.State.READING:
        messages.success(request, f"{said}，正在重新识别。")
        return redirect("ledgers:page", pk=ledger.pk)
    left = ledger.counts.get("fix", 0)
    messages.success(request, f"{said}，{f'还有 {left} 行要处理' if left else '没有要处理的行了'}。")
    return redirect("ledgers:page", pk=ledger.pk)


@view(needs=IMPORT)
def row(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """One row with every cell: what was read and what was guessed; a changed cell is a correction."""
    ledger = own(request, pk)
    found = get_object_or_404(ledger.rows.select_related("problem"), order=order)
    if request.method == "POST":
        wished = ledger.wishes
        for cell in row_cells(ledger, found):
            text = request.POST.get(f"cell-{cell.index}")
            if text is not None and _plain(text) != _plain(cell.value):
                wished = wishes.with_cell(wished, found.sheet, found.source_row, cell.index, text.strip())
        return _correct(request, ledger, wished, f"第 {found.source_row} 行已更正")
    cells = row_cells(ledger, found)
    wanted = {problem["value"] for problem in found.problems if problem["code"] in _NAMES}
    shown = {cell.problem for cell in cells}
    context = {
        "ledger": ledger,
        "remarks": [problem for problem in found.problems if problem["message"] not in shown],
        "row": found,
        "original": (found.values.get("kept") or {}).get(words.ORIGINAL, ""),
        "may_open": may_open_units(request.actor),
        "faulty": [cell for cell in cells if cell.blocking],
        "cells": [cell for cell in cells if not cell.blocking],
        "waiting": [
            group for name in wanted for group in waiting_names(ledger, local_day(request.at), only=name)
        ],
    }
    return render(request, "ledgers/row.html", context)


def _plain(text: str) -> str:
    """As a form gives it back: browsers send line ends as two characters."""
    return text.replace("\r\n", "\n").strip()


@view(needs=IMPORT)
@require_POST
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which field each column is. A field taken twice leaves the earlier column as it is kept."""
    ledger = own(request, pk)
    wished = ledger.wishes
    for place, column in enumerate(ledger.columns):
        code = request.POST.get(f"field-{place}")
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
    everything, only = request.POST.get("all", ""), request.POST.get("only", "")
    chosen = {}
    for place, name in enumerate(name for name in ledger.names.get(kind, {}) if not only or name == only):
        how, typed = request.POST.get(f"how-{place}", ""), request.POST.get(f"name-{place}", "").strip()
        if decision := everything or typed or how:
            chosen[name] = _decision(kind, decision, typed and not everything, request)
    if not chosen:
        messages.info(request, "一个名称也没有定。选一种办法，或写上组织里的名称。")
        return redirect("ledgers:page", pk=pk)
    return _correct(
        request, ledger, wishes.with_names(ledger.wishes, kind, chosen), f"已定 {len(chosen)} 个名称"
    )


def _decision(kind: str, given: str, typed: object, request: HttpRequest) -> str:
    """What was chosen: a decision or the id of an offer; or, typed, the name or number of somebody who exists."""
    if not typed:
        if given not in (wishes.NEW, wishes.HOME, wishes.TEXT) and not given.isdecimal():
            raise Invalid("没有这种办法", "从列出的办法里选一种")
        return given
    day = local_day(request.at)
    name, _, rest = half_width(given).partition("(")
    word, number = name.strip(), rest.rstrip(") ").strip()
    if kind == "units":
        found = [
            u
            for u in Unit.objects.open_on(day)
            if fold(given) in (fold(u.name), fold(u.short_name), fold(u.code))
        ]
    else:
        people = Person.objects.here_on(day)
        found = list(people.filter(staff_no=number or word)) or list(people.filter(name=word))
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
    one = request.POST.get("order", "")
    if one and not (one.isdecimal() and len(one) < 10):
        raise Http404
    found = found.filter(order=one) if one else found.filter(verdict="fix")
    rows = list(found.values_list("sheet", "source_row"))
    wished = wishes.with_skipped(ledger.wishes, rows, skip=not back)
    said = f"{len(rows)} 行{'重新列入' if back else '不导入，留在问题行清单里'}"
    return _correct(request, ledger, wished, said)
