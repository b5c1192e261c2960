"""Making an export: in the worker, row by row, with the rights the asker has at that moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.http import QueryDict

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import CHINA, local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import Person
from bihuan.org.reads import actor_for
from bihuan.paper.xlsx import Book, Col
from bihuan.problems.actions.note_read import note_read
from bihuan.problems.lists.letters import LetterRegister
from bihuan.problems.models import Problem
from bihuan.record.actions.enqueue import HAT
from bihuan.record.actions.keep_file import keep_file
from bihuan.record.replica import from_replica
from bihuan.ui.lists.columns import text_of

from .ask import LABELS, LETTERS
from .layouts import ExportedLedger, Sheets

EVERY = 100


def run_export(run: Any) -> None:
    """Handler of the job. Leaves {"file", "name", "rows"} as result; a second run makes the same again."""
    payload = run.payload
    person = Person.objects.select_related("unit").get(pk=payload["person"])
    actor = actor_for(person, at=run.at, wear=payload.get(HAT))
    if not actor.may("export"):
        raise Refused("导出的权限已经收回，没有导出", "请安全管理员核对授权")
    params = QueryDict(payload["query"])
    name = f"{LABELS[payload['layout']].replace('、', '')}_{local_day(run.at):%Y%m%d}.xlsx"
    if payload["layout"] == LETTERS:
        register = LetterRegister(actor=actor, at=run.at, params=params)
        path, rows = make_register(register)
        secret = Problem.objects.filter(pk__in=register.filtered().order_by().values("problem"))
    else:
        page = ExportedLedger(actor=actor, at=run.at, params=params)
        page.picked = payload.get("picked") or ()
        path, rows = make_book(
            page,
            layout=payload["layout"],
            told=lambda done, total: run.progress(done, total, f"已写 {done} 件"),
        )
        secret = page.filtered()
    restricted = secret.exclude(secrecy="normal").order_by("pk")
    note_read(problems=restricted, by=actor, at=run.at, via="export")
    try:
        with path.open("rb") as content:
            stored = keep_file(content=content, name=name, by=actor, at=run.at)
    finally:
        path.unlink(missing_ok=True)
    run.progress(rows, rows, f"共 {rows} 件")
    run.result = {"file": stored.pk, "name": name, "rows": rows}


@from_replica
def make_book(
    page: ExportedLedger, *, layout: str, told: Callable[[int, int], Any] = lambda done, total: None
) -> tuple[Path, int]:
    """The workbook of what this page lists, in a temporary file that the caller takes away, and its rows.

    `told` hears how many rows of how many are written.
    """
    total = page.filtered().order_by().count()
    with Book() as book:
        sheets = Sheets(book, page, layout, [_says(page, total), _made_by(page.actor, page.at)])
        number = 0
        for number, row in enumerate(page.each(), 1):
            sheets.add(number, row)
            if number % EVERY == 0:
                told(number, total)
    return book.path, number


@from_replica
def make_register(page: LetterRegister) -> tuple[Path, int]:
    """The register of letters: every number ever given, those that became void included."""
    columns = page.export_columns([column.key for column in page.columns])
    with Book() as book:
        sheet = book.sheet(
            page.title,
            [Col(column.label, 40 if not column.width else max(10, column.width // 7)) for column in columns],
            heading=LABELS[LETTERS],
            above=[page.sentence.text, _made_by(page.actor, page.at)],
        )
        rows = 0
        for values in page.export_rows(columns):
            sheet.add([text_of(value, page.today) for value in values])
            rows += 1
    return book.path, rows


def _says(page: ExportedLedger, total: int) -> str:
    """The sentence above the list; chosen rows say so instead of the filter."""
    if page.picked:
        return f"所选 {total} 件，{page.order.label}。"
    return page.sentence.text


def _made_by(actor: Actor, moment: datetime) -> str:
    at = moment.astimezone(CHINA)
    return f"{actor.unit_name}{actor.name} {at.year}年{at.month}月{at.day}日 {at:%H:%M} 导出，只含导出人能看的问题。不得录入国家秘密。"
