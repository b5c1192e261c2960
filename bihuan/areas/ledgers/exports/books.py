"""Workbooks of one import: an empty ledger, the rows to correct, the report."""

from __future__ import annotations

from pathlib import Path

from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.reads.changes import changes_said
from bihuan.areas.ledgers.reads.sheet import filled_cell
from bihuan.areas.ledgers.words import VERDICTS
from bihuan.paper.xlsx import Book, Col

BLANK = (
    Col("序号", 6),
    Col("检查时间", 12),
    Col("责任单位", 16),
    Col("责任人", 10),
    Col("地点", 16),
    Col("问题描述", 44),
    Col("问题类别", 12),
    Col("等级", 8),
    Col("整改措施", 30),
    Col("整改期限", 14),
    Col("整改进度", 12),
    Col("完成日期", 12),
    Col("销号情况", 12),
    Col("备注", 20),
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
            why = "；".join(
                f"{p['message']}，{p['todo']}" if p["todo"] else p["message"] for p in row.problems
            )
            sheet.add([*(filled_cell(row, column) for column in ledger.columns), why])
    return book.path


def report_book(ledger: LedgerImport) -> Path:
    """Row by row: what was taken as which problem, what was guessed, what was left out and why."""
    columns = (
        Col("工作表", 14),
        Col("原表行", 8, kind="number"),
        Col("结果", 16),
        Col("问题编号", 24),
        Col("问题表述", 44),
        Col("推断", 44),
        Col("要处理", 44),
        *((Col("新旧变化", 60),) if ledger.previous_id else ()),
    )
    rows = ledger.rows.order_by("order").select_related("problem").prefetch_related("matches")
    with Book() as book:
        sheet = book.sheet("导入报告", columns, heading=f"{ledger.filename} 导入报告", above=_head(ledger))
        for row in rows.iterator(chunk_size=500):
            changes = ["；".join(changes_said(match) for match in row.matches.all())]
            sheet.add(
                [
                    row.sheet,
                    row.source_row,
                    row.get_outcome_display() or VERDICTS[row.verdict][0],
                    row.problem.number if row.problem else "",
                    row.values.get("statement") or "",
                    "；".join(guess["why"] for guess in row.guessed),
                    "；".join(problem["message"] for problem in row.problems),
                    *(changes if ledger.previous_id else ()),
                ]
            )
        gone = ledger.matches.filter(kind="gone").select_related("problem", "base").order_by("pk")
        for match in gone.iterator(chunk_size=500):
            said = [match.get_kind_display(), match.problem.number, match.problem.statement, "", ""]
            sheet.add(["", None, *said, changes_said(match)])
    return book.path


def _head(ledger: LedgerImport) -> list[str]:
    counts = "，".join(
        f"{word} {ledger.counts[code]} 行"
        for code, (word, _, _) in VERDICTS.items()
        if ledger.counts.get(code)
    )
    return [f"共 {ledger.counts.get('all', 0)} 行：{counts}", *ledger.notes]
