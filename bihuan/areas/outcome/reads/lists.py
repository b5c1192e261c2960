"""The three lists of a plan (问题、任务、责任) over the problems of a feedback, what is wrong with them, and what changed
between two editions. The lists live in the loop; nothing of them is kept twice but what was handed in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.areas.outcome import words
from bihuan.areas.outcome.models import Feedback, FeedbackItem
from bihuan.problems import states as loop
from bihuan.problems.models import Measure

_VAGUE, _MEASURABLE = re.compile(words.VAGUE), re.compile(words.MEASURABLE)


@dataclass(frozen=True, slots=True)
class Line:
    """One problem of the feedback with its measures, in the order of the feedback."""

    place: int
    item: FeedbackItem
    measures: list[Measure]

    @property
    def problem(self) -> Any:
        return self.item.problem


@dataclass(frozen=True, slots=True)
class PlanFault:
    """四不放过: what the machine finds lacking; `kind` is problem, measure, deadline or duty."""

    place: int
    kind: str
    text: str


def lines_of(feedback: Feedback) -> list[Line]:
    """Two queries, however many problems."""
    rows = feedback.items.defer("sealed").filter(kind="problem").order_by("order")
    rows = rows.select_related("problem__unit", "problem__lead", "focus").prefetch_related(
        "problem__measures__owner"
    )
    return [
        Line(place, item, sorted(item.problem.measures.all(), key=lambda one: one.order) if item.problem else [])
        for place, item in enumerate(rows, 1)
    ]  # fmt: skip


def measures_said(line: Line) -> str:
    """The measures in one text, for who judges them beside the field: what, with which result, by whom, until when."""
    return words.AFTER_MEASURE.join(
        words.measure_said(one.order, one.text, one.standard, one.owner.name if one.owner else "", one.due_on)
        for one in line.measures
    )


def faults_in(lines: Sequence[Line], leaders: Collection[int], end: date) -> list[PlanFault]:
    """Pure. `leaders` are ids of the班子; `end` is the end of the concentrated period."""
    found = []
    for line in lines:
        if line.problem is None or line.problem.closure == loop.VOID:
            text = words.NOT_RAISED if line.problem is None else words.VOIDED
            found.append(PlanFault(line.place, "problem", text))
            continue
        for kind, text in (*_measures(line), *_deadlines(line, end), *_duties(line, leaders)):
            found.append(PlanFault(line.place, kind, text))
    return found


def _measures(line: Line) -> list[tuple[str, str]]:
    if not line.measures:
        return [("measure", words.NO_MEASURE)]
    bad = [one.order for one in line.measures if is_vague(one.text, one.standard)]
    return [("measure", words.vague(bad))] if bad else []


def is_vague(text: str, standard: str) -> bool:
    """No result to look at, or a promise whose result cannot be measured."""
    if not standard.strip():
        return True
    return bool(_VAGUE.search(text)) and not _MEASURABLE.search(standard)


def _deadlines(line: Line, end: date) -> list[tuple[str, str]]:
    long_term = line.problem.timing == "long_term"
    found = []
    if long_term and not line.problem.stage_goals.strip():
        found.append(words.NO_STAGES)
    if not long_term and line.problem.due_on is None:
        found.append(words.NO_DUE)
    none = [one.order for one in line.measures if one.due_on is None]
    late = [one.order for one in line.measures if one.due_on and one.due_on > end and not long_term]
    if none:
        found.append(words.measures_without(none, words.NO_MEASURE_DUE))
    if late:
        found.append(words.measures_without(late, words.BEYOND))
    return [("deadline", text) for text in found]


def _duties(line: Line, leaders: Collection[int]) -> list[tuple[str, str]]:
    found = []
    if line.problem.lead_id is None:
        found.append(words.NO_LEAD)
    elif line.problem.lead_id not in leaders:
        found.append(words.LEAD_NOT_LEADING)
    none = [one.order for one in line.measures if one.owner_id is None]
    if none:
        found.append(words.measures_without(none, words.NO_MEASURE_OWNER))
    return [("duty", text) for text in found]


def snapshot(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The lists as they are handed in: ids, days and the words of the measures."""
    return [
        {
            "item": line.item.pk, "problem": line.problem.number, "lead": line.problem.lead_id,
            "unit": line.problem.unit_id, "timing": line.problem.timing, "due": _day(line.problem.due_on),
            "goal": line.problem.goal, "stages": line.problem.stage_goals,
            "measures": [
                {"text": one.text, "standard": one.standard, "owner": one.owner_id, "due": _day(one.due_on)}
                for one in line.measures
            ],
        }
        for line in lines
    ]  # fmt: skip


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def changes_between(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[tuple[int, list[str]]]:
    """(place in the later edition, what changed in words), only where something did."""
    known = {row["item"]: row for row in before}
    found = []
    for place, row in enumerate(after, 1):
        old = known.get(row["item"], {})
        said = [label for key, label in words.CHANGED if old.get(key) != row[key]]
        counts = _moved(old.get("measures", []), row["measures"])
        if any(counts):
            said.append(words.measures_changed(*counts))
        if said:
            found.append((place, said))
    return found


def _moved(before: Sequence[Any], after: Sequence[Any]) -> tuple[int, int, int]:
    """(added, gone, reworded), by place in the list."""
    both = min(len(before), len(after))
    reworded = sum(before[n] != after[n] for n in range(both))
    return len(after) - both, len(before) - both, reworded
