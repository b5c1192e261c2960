"""Workbooks of this area: rows to correct, the report of an import, the office's own layout given back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bihuan.kernel.actor import Actor
from bihuan.paper.xlsx import Book, Col
from bihuan.problems import states
from bihuan.problems.models import Problem

from .models import LedgerImport, LedgerRow
from .reads import VERDICTS, cell_of

BLANK = (
    Col("序号", 6), Col("检查时间", 12), Col("责任单位", 16), Col("责任人", 10), Col("地点", 16), Col("问题描述", 44),
    Col("问题类别", 12), Col("等级", 8), Col("整改措施", 30), Col("整改期限", 14), Col("整改进度", 12),
    Col("完成日期", 12), Col("销号情况", 12), Col("备注", 20),
)


def blank_book() -> Path:
    """An empty ledger with the heads that are understood at once."""
    with Book() as book:
        book.sheet("问题台账", BLANK, heading="问题台账")
    return book.path


def correction_book(ledger: LedgerImport) -> Path:
    """The rows that were not taken, in the ledger's own columns, with what is wrong: to mend and load again."""
    columns = [Col(str(column["header"]).rpartition("/")[2], 16) for column in ledger.columns]
    rows = ledger.rows.filter(verdict__in=("fix", "skip")).order_by("order")
    with Book() as book:
        sheet = book.sheet("问题行", [*columns, Col("为什么没有导入", 40)])
        for row in rows.iterator():
            why = "；".join(f"{p['message']}，{p['todo']}" if p["todo"] else p["message"] for p in row.problems)
            sheet.add([*(cell_of(row, column) for column in ledger.columns), why])
    return book.path


def report_book(ledger: LedgerImport) -> Path:
    """Row by row: what was taken as which problem, what was guessed, what was left out and why."""
    columns = (
        Col("工作表", 14), Col("原表行", 8, kind="number"), Col("结果", 16), Col("问题编号", 24), Col("问题表述", 44),
        Col("推断", 44), Col("要处理", 44),
    )
    rows = ledger.rows.order_by("order").select_related("problem")
    with Book() as book:
        sheet = book.sheet("导入报告", columns, heading=f"{ledger.filename} 导入报告", above=_head(ledger))
        for row in rows.iterator():
            sheet.add(
                [
                    row.sheet, row.source_row, row.get_outcome_display() or VERDICTS[row.verdict][0],
                    row.problem.number if row.problem else "", row.values.get("statement") or "",
                    "；".join(guess["why"] for guess in row.guessed),
                    "；".join(problem["message"] for problem in row.problems),
                ]
            )
    return book.path


def _head(ledger: LedgerImport) -> list[str]:
    counts = "，".join(f"{word} {ledger.counts[code]} 行" for code, (word, _, _) in VERDICTS.items() if ledger.counts.get(code))
    return [f"共 {ledger.counts.get('all', 0)} 行：{counts}", *ledger.notes]


def own_layout_book(ledger: LedgerImport, problems: Iterable[Problem], *, actor: Actor) -> Path:
    """The office's own columns back, filled with what the problems are today.

    A column that was mapped shows today's value, a column that was kept shows what the ledger had. Rows are
    those of this import which the actor may see, then other problems given by the caller.
    """
    taken = ledger.rows.filter(outcome="taken", problem__in=Problem.objects.visible_to(actor)).order_by("order")
    columns = [_col(column) for column in ledger.columns]
    title = ledger.layout.get("title") or ledger.filename
    seen = set()
    with Book() as book:
        sheet = book.sheet("台账", columns, heading=title)
        for row in taken.select_related("problem__unit", "problem__lead", "problem__supervisor").iterator():
            seen.add(row.problem_id)
            sheet.add([_today(row, column) for column in ledger.columns])
        for problem in problems:
            if problem.pk not in seen:
                bare = LedgerRow(ledger=ledger, order=0, sheet="", source_row=0, problem=problem, values={})
                sheet.add([_today(bare, column) for column in ledger.columns])
    return book.path


def _col(column: dict[str, Any]) -> Col:
    group, _, label = str(column["header"]).rpartition("/")
    return Col(label, 40 if column["field"] in ("statement", "measure", "demand") else 14, group.replace("/", " "))


def _today(row: LedgerRow, column: dict[str, Any]) -> Any:
    """Today's value where the loop knows better than the file; else the cell as it was."""
    problem, code = row.problem, column["field"]
    if problem is None or code == "kept":
        return cell_of(row, column)
    if code == "unit" and row.values.get("unit_roles"):
        return cell_of(row, column)
    known = _KNOWN.get(code)
    value = known(problem) if known else None
    return cell_of(row, column) if value in (None, "") else value


def _said(table: tuple[tuple[str, str], ...], code: str) -> str:
    return dict(table)[code]


_KNOWN = {
    "statement": lambda p: p.statement,
    "found_at": lambda p: p.found_on,
    "found_by": lambda p: p.found_by_name,
    "unit": lambda p: p.unit.shown,
    "person": lambda p: p.lead.name if p.lead else p.lead_text,
    "equipment": lambda p: p.equipment,
    "category": lambda p: p.category,
    "basis": lambda p: p.basis,
    "grade": lambda p: "" if p.extras.get("等级（原文）") else _said(states.GRADE, p.grade),
    "demand": lambda p: p.demand,
    "cause": lambda p: p.cause,
    "result_standard": lambda p: p.goal,
    "due": lambda p: p.due_on,
    "timing": lambda p: _said(states.TIMING, p.timing),
    "progress": lambda p: _said(states.PROGRESS, p.progress),
    "closed_state": lambda p: _said(states.CLOSURE, p.closure) + ("（台账载明）" if p.taken_over and not p.closed_by_id and not p.is_open else ""),
    "done_at": lambda p: p.closed_at or p.stated_closed_on,
    "supervise_unit": lambda p: p.supervisor.shown if p.supervisor else "",
}
