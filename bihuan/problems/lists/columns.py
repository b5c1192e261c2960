"""Columns of the ledger: how a cell looks, and what it is in an export."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html

from bihuan.problems import states
from bihuan.problems.models import Problem
from bihuan.ui import parts
from bihuan.ui.lists import Column

from .looks import clock_of, look_of, source_label


def _clock_cell(row: Problem, page: Any):
    return parts.clock(clock_of(row, page.today))


def _statement_cell(row: Problem, page: Any):
    marks = [parts.tag("重复", "repeat")] if row.repeat_of_id else []
    marks += [parts.tag("限知悉", "lock", "soon")] if row.secrecy != "normal" else []
    marks += [parts.tag("推断", "wand", "busy")] if row.guessed else []
    return (
        format_html("{} " * len(marks) + "{}", *marks, row.statement[:120]) if marks else row.statement[:120]
    )


def _measures_cell(row: Problem, page: Any):
    if not row.measure_count:
        return ""
    proven = row.closure in states.DONE_WITH and row.closed_by_id is not None
    return parts.bar(row.measure_done, row.measure_count, "good" if proven else "busy")


def _state_cell(row: Problem, page: Any):
    return parts.state(*look_of(row, relapsed=row.pk in page.relapsed))


def _lead(row: Problem) -> str:
    return row.lead.name if row.lead else row.lead_text


COLUMNS = (
    Column(
        "clock", "时限", cell=_clock_cell, value="due_on", width=112, order="due", phone="top", fixed=True
    ),
    Column("number", "编号", width=154, order="number", soft=True, phone="note"),
    Column("statement", "问题表述（原文）", cell=_statement_cell, link=True, phone="title", fixed=True),
    Column("unit", "责任单位", value="unit.shown", width=84, soft=True, phone="note"),
    Column("lead", "责任人", value=_lead, width=62, soft=True, phone="note"),
    Column("timing", "整改类型", value="get_timing_display", width=70, soft=True),
    Column(
        "measures",
        "措施",
        cell=_measures_cell,
        value=lambda row: f"{row.measure_done}/{row.measure_count}",
        width=88,
    ),
    Column("state", "环节", cell=_state_cell, value="get_closure_display", width=96, phone="end"),
    Column("source", "来源", value=source_label, width=76, soft=True),
    Column("place", "地点", width=96, soft=True, shown=False),
    Column("grade", "等级", value="get_grade_display", width=52, soft=True, shown=False),
    Column("found", "发现日期", value="found_on", width=84, soft=True, shown=False),
    Column("due", "期限", value="due_on", width=84, soft=True, shown=False),
    Column("first_due", "首次期限", value="first_due_on", width=84, soft=True, shown=False),
    Column("supervisor", "督办部门", value="supervisor.shown", width=84, soft=True, shown=False),
    Column("progress", "整改进度", value="get_progress_display", width=84, soft=True, shown=False),
    Column("category", "类别", width=84, soft=True, shown=False),
    Column("raised", "登记时间", value="raised_at", width=84, order="new", soft=True, shown=False),
)
