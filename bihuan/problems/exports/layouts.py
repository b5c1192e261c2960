"""What stands in an export: columns of the standard ledger and of the three lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bihuan.paper.xlsx import Book, Col, Sheet
from bihuan.problems.lists import Ledger, source_label
from bihuan.problems.models import Measure, Problem

_DATES = {"clock", "found", "due", "first_due"}
_PROGRESS_BAR = "measures"


class ExportedLedger(Ledger):
    """The ledger with all its columns loaded, narrowed to chosen rows where some were chosen."""

    picked: Sequence[int] = ()

    def queryset(self) -> Any:
        rows = super().queryset().defer(None).select_related("closed_by", "submitted_by")
        rows = rows.prefetch_related("assisting")
        return rows.filter(pk__in=self.picked) if self.picked else rows

    def prepare(self, rows: list[Problem]) -> list[Problem]:
        """Also the measures themselves, one query a chunk."""
        rows = super().prepare(rows)
        kept: dict[int, list[Measure]] = {row.pk: [] for row in rows}
        for measure in (
            Measure.objects.filter(problem__in=kept).select_related("owner").order_by("problem", "order")
        ):
            kept[measure.problem_id].append(measure)
        for row in rows:
            row.all_measures = kept[row.pk]
        return rows


def _name(person: Any, text: str = "") -> str:
    return person.name if person else text


def _unit(row: Problem) -> str:
    return row.unit.name


def _assisting(row: Problem) -> str:
    return "、".join(unit.shown for unit in row.assisting.all())


def _measure_lines(row: Problem) -> str:
    """Every measure with its owner and day, in one cell, as offices keep it."""
    lines = []
    for m in row.all_measures:
        tail = "，".join(
            part for part in (_name(m.owner, m.owner_text), m.due_on.isoformat() if m.due_on else "") if part
        )
        lines.append(f"{m.order}. {m.text}" + (f"（{tail}）" if tail else ""))
    return "\n".join(lines)


def _closed_words(row: Problem) -> str:
    """How it ended; what only a ledger says is never written as verified here."""
    if row.taken_over and not row.is_open and row.closed_by_id is None:
        return "原台账载明已完成，未在本系统核验"
    return row.get_closure_display()


def _closed_on(row: Problem) -> Any:
    return row.closed_at or row.stated_closed_on


STANDARD: tuple[tuple[Col, Any], ...] = (
    (Col("编号", 20), lambda r: r.number),
    (Col("问题表述", 44, "问题"), lambda r: r.statement),
    (Col("来源", 12, "问题"), source_label),
    (Col("发现日期", 12, "问题", "date"), lambda r: r.found_on),
    (Col("发现人", 10, "问题"), lambda r: r.found_by_name),
    (Col("地点", 16, "问题"), lambda r: r.place),
    (Col("依据", 20, "问题"), lambda r: r.basis),
    (Col("类别", 12, "问题"), lambda r: r.category),
    (Col("等级", 8, "问题"), lambda r: r.get_grade_display()),
    (Col("责任单位", 16, "责任"), _unit),
    (Col("责任人", 10, "责任"), lambda r: _name(r.lead, r.lead_text)),
    (Col("配合单位", 14, "责任"), _assisting),
    (Col("督办部门", 14, "责任"), lambda r: r.supervisor.shown if r.supervisor else ""),
    (Col("整改类型", 10, "整改"), lambda r: r.get_timing_display()),
    (Col("整改要求", 24, "整改"), lambda r: r.demand),
    (Col("整改措施", 40, "整改"), _measure_lines),
    (Col("首次期限", 12, "整改", "date"), lambda r: r.first_due_on),
    (Col("现期限", 12, "整改", "date"), lambda r: r.due_on),
    (Col("整改进度", 12, "整改"), lambda r: r.get_progress_display()),
    (Col("环节", 14, "销号"), _closed_words),
    (Col("申请销号", 17, "销号", "moment"), lambda r: r.submitted_at),
    (Col("申请人", 10, "销号"), lambda r: _name(r.submitted_by)),
    (Col("销号日期", 17, "销号", "moment"), _closed_on),
    (Col("核验人", 10, "销号"), lambda r: _name(r.closed_by)),
)
_NUMBER = Col("序号", 6, kind="number")
PROBLEMS = (
    _NUMBER, Col("编号", 20), Col("问题表述", 56), Col("来源", 12), Col("发现日期", 12, kind="date"), Col("依据", 24),
    Col("类别", 12), Col("等级", 8), Col("责任单位", 16),
)  # fmt: skip
TASKS = (
    _NUMBER, Col("编号", 20), Col("问题表述", 36), Col("措施序号", 9, kind="number"), Col("整改措施", 48), Col("结果标准", 28),
    Col("完成时限", 12, kind="date"), Col("自报完成", 10, kind="percent"), Col("环节", 14),
)  # fmt: skip
DUTIES = (
    _NUMBER, Col("编号", 20), Col("问题表述", 36), Col("责任单位", 16), Col("责任人", 10), Col("措施责任人", 18),
    Col("配合单位", 16), Col("督办部门", 16), Col("期限", 12, kind="date"),
)  # fmt: skip


class Sheets:
    """The sheets of one layout, filled row by row."""

    def __init__(self, book: Book, page: ExportedLedger, layout: str, above: Sequence[str]) -> None:
        self.page, self.layout = page, layout
        self.chosen = page.export_columns()
        self.drawn: list[Sheet] = [
            book.sheet(title, columns, heading=heading, above=above)
            for title, heading, columns in self._plan()
        ]

    def _plan(self) -> list[tuple[str, str, Sequence[Col]]]:
        if self.layout == "lists":
            return [
                ("问题清单", "问题清单", PROBLEMS),
                ("任务清单", "任务清单", TASKS),
                ("责任清单", "责任清单", DUTIES),
            ]
        if self.layout == "standard":
            return [("台账", "问题整改台账", (_NUMBER, *(column for column, _ in STANDARD)))]
        return [("台账", "问题台账", (_NUMBER, *(_as_col(column) for column in self.chosen)))]

    def add(self, number: int, row: Problem) -> None:
        if self.layout == "lists":
            self._add_to_lists(number, row)
        elif self.layout == "standard":
            self.drawn[0].add([number, *(read(row) for _, read in STANDARD)])
        else:
            self.drawn[0].add([number, *(column.plain(row) for column in self.chosen)])

    def _add_to_lists(self, number: int, row: Problem) -> None:
        problems, tasks, duties = self.drawn
        problems.add(
            [
                number,
                row.number,
                row.statement,
                source_label(row),
                row.found_on,
                row.basis,
                row.category,
                row.get_grade_display(),
                _unit(row),
            ]
        )
        for m in row.all_measures:
            tasks.add(
                [
                    tasks.added + 1,
                    row.number,
                    row.statement,
                    m.order,
                    m.text,
                    m.standard,
                    m.due_on,
                    m.percent / 100,
                    _closed_words(row),
                ]
            )
        owners = dict.fromkeys(_name(m.owner, m.owner_text) for m in row.all_measures)
        duties.add(
            [
                number,
                row.number,
                row.statement,
                _unit(row),
                _name(row.lead, row.lead_text),
                "、".join(name for name in owners if name),
                _assisting(row),
                row.supervisor.shown if row.supervisor else "",
                row.due_on,
            ]
        )


def _as_col(column: Any) -> Col:
    """A column of the page as one of a sheet: the statement wide, days as days."""
    kind = "date" if column.key in _DATES else "moment" if column.key == "raised" else "text"
    width = 52 if not column.width else max(8, column.width / 7)
    return Col("期限" if column.key == "clock" else column.label, width, kind=kind)
