"""The picture of a round: its tasks as bars over its weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bihuan.areas.inspection.models import Round, Task
from bihuan.areas.inspection.words import MODES

#: so many columns at most carry a date; a longer round is marked by fortnights or months
MOST_MARKS = 12


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One task. `left` and `width` are shares of the whole in per cent; `tone` is planned, here, gone or late."""

    task: Task
    left: float
    width: float
    tone: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`groups` are (heading, rows); `marks` are (share in per cent, day); `today` is a share, or None outside."""

    groups: list[tuple[str, list[ChartRow]]]
    marks: list[tuple[float, date]]
    today: float | None


def chart_of(round: Round, tasks: list[Task], day: date) -> Chart:
    """Pure: no query. Tasks keep their order within the mode."""
    first, last = round.starts_on, round.ends_on
    for task in tasks:
        first = min(first, task.entered_on or task.from_day)
        last = max(last, task.left_on or task.to_day)
    days = (last - first).days + 1

    def share(when: date) -> float:
        return _two_decimals(100 * (when - first).days / days)

    def row(task: Task) -> ChartRow:
        start = task.entered_on or task.from_day
        return ChartRow(task, share(start), _two_decimals(100 * task.days / days), _tone(task, day))

    groups = []
    for code, label in MODES:
        own = [row(task) for task in tasks if task.mode == code]
        if own:
            groups.append((label, own))
    step = max(7, -(-days // MOST_MARKS // 7) * 7)
    marks = [(share(when), when) for n in range(0, days, step) if (when := first + timedelta(days=n))]
    return Chart(groups, marks, share(day) if first <= day <= last else None)


def _two_decimals(value: float) -> float:
    return float(f"{value:.2f}")


def _tone(task: Task, day: date) -> str:
    if task.left_on is not None:
        return "gone"
    if task.entered_on is not None:
        return "here"
    return "late" if task.is_late(day) else "planned"
