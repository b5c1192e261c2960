"""The thread as the page shows it: a sentence for every event, with its files side by side."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.kernel.moment import CHINA
from bihuan.problems.lists.telling import Named, told_of
from bihuan.problems.models import Problem
from bihuan.problems.reads import Thread, ThreadRow

from .evidence import evidence_of

SHOWN_AT_FIRST = 5


def who_words(row: ThreadRow, year: int) -> str:
    """段志远，热轧厂，11月18日 16:42; the year stands there when it is another one."""
    local = row.event.occurred_at.astimezone(CHINA)
    when = f"{local.month}月{local.day}日 {local:%H:%M}"
    when = when if local.year == year else f"{local.year}年{when}"
    unit = row.by.unit.shown if row.by and row.by.unit else ""
    name = row.by.name if row.by else "系统" if row.event.by_kind == "system" else "已注销的人员"
    return "，".join(part for part in (name, unit, when) if part)


def item_of(row: ThreadRow, problem: Problem, thread: Thread, year: int) -> dict[str, Any]:
    """One event for `ui/parts/thread.html`."""
    told = told_of(row.event, Named(thread.people, thread.units, thread.others))
    return {
        "key": f"e{row.event.seq}",
        "code": told.code,
        "title": told.title,
        "tone": told.tone,
        "icon": told.icon,
        "note": told.note,
        "text": told.text,
        "who": who_words(row, year),
        "late": row.event.late,
        **evidence_of(row, problem, thread.before),
        "day": row.event.occurred_at.astimezone(CHINA),
    }


def show_thread(
    problem: Problem, thread: Thread, day: date, only: str = "", *, whole: bool = False
) -> dict[str, Any]:
    """{items, folded, folded_words, only, count}. `only` is evidence or word: the filter of the panel; `whole`
    folds nothing, for paper."""
    items = [item_of(row, problem, thread, day.year) for row in thread.rows]
    count = len(items)
    if only == "evidence":
        items = [item for item in items if item["photos"] or item["files"]]
    elif only == "word":
        items = [item for item in items if item["code"] in ("commented", "reminded", "rejected", "returned")]
    fold = len(items) > SHOWN_AT_FIRST + 1 and not only and not whole
    first, rest = (items[:SHOWN_AT_FIRST], items[SHOWN_AT_FIRST:]) if fold else (items, [])
    words = "，".join(f"{item['title']} {item['day'].month}月{item['day'].day}日" for item in rest[:6])
    return {"items": first, "folded": rest, "folded_words": words, "only": only, "count": count}
