"""Making an export: in the worker, row by row, with the rights the asker has at that moment."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import CHINA, local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import Person
from bihuan.org.reads import actor_for
from bihuan.paper.xlsx import Book
from bihuan.record.actions.keep_file import keep_file

from .ask import LAYOUTS
from .layouts import ExportedLedger, Sheets

EVERY = 100


def run_export(run: Any) -> None:
    """Handler of the job. Leaves {"file", "name", "rows"} as result; a second run makes the same again."""
    payload = run.payload
    person = Person.objects.select_related("unit").get(pk=payload["person"])
    actor = actor_for(person, at=run.at)
    if not actor.may("export"):
        raise Refused("导出的权限已经收回，没有导出", "请安全管理员核对授权")
    page = ExportedLedger(actor=actor, at=run.at, params=QueryDict(payload["query"]))
    page.picked = payload.get("picked") or ()
    total = page.filtered().order_by().count()
    book = Book()
    try:
        with book:
            rows = _write(book, page, payload["layout"], total, run)
        name = f"{LAYOUTS[payload['layout']].replace('、', '')}_{local_day(run.at):%Y%m%d}.xlsx"
        with book.path.open("rb") as content:
            stored = keep_file(content=content, name=name, by=actor, at=run.at)
    finally:
        book.path.unlink(missing_ok=True)
    run.progress(total, total, f"共 {rows} 件")
    run.result = {"file": stored.pk, "name": name, "rows": rows}


def _write(book: Book, page: ExportedLedger, layout: str, total: int, run: Any) -> int:
    sheets = Sheets(book, page, layout, [_says(page, total), _made_by(page.actor, run)])
    number = 0
    for number, row in enumerate(page.each(), 1):
        sheets.add(number, row)
        if number % EVERY == 0:
            run.progress(number, total, f"已写 {number} 件")
    return number


def _says(page: ExportedLedger, total: int) -> str:
    """The sentence above the list; chosen rows say so instead of the filter."""
    if page.picked:
        return f"所选 {total} 件，{page.order.label}。"
    return page.sentence.text


def _made_by(actor: Actor, run: Any) -> str:
    at = run.at.astimezone(CHINA)
    return f"{actor.unit_name}{actor.name} {at.year}年{at.month}月{at.day}日 {at:%H:%M} 导出，只含导出人能看的问题。不得录入国家秘密。"
