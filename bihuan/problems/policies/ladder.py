"""The series of letters (督办升级) as a rule pack states it, and from which deadline on each step is due.

A pack lists its steps in `escalate.series`: step, label, after_days, day_type, to, copy, colour, title, word,
release. What an older pack leaves out means what the shipped one writes down (`words.LETTERS`): working days,
the reminder to the owner, warning and accountability only by a person's hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bihuan.kernel.calendar import WORKING_DAYS, WorkCalendar
from bihuan.kernel.rules import Pack
from bihuan.problems import words

KEY = "escalate.series"
OWNER, HEAD, LEADER, SUPERVISOR = "owner", "head", "leader", "supervisor"
ROLES = (OWNER, HEAD, LEADER, SUPERVISOR)
#: papers of these colours ring at once; a plain reminder comes with the digest of the day
LOUD = ("yellow", "orange", "red")


@dataclass(frozen=True, slots=True)
class Rung:
    """One step. `after_days` counts days of `day_type` after the deadline, which itself is not counted."""

    rank: int
    step: str
    label: str
    after_days: int
    day_type: str
    to: str
    copies: tuple[str, ...]
    colour: str
    title: str
    word: str
    release: bool

    def latest_due(self, today: date, calendar: WorkCalendar, days: int | None = None) -> date:
        """The last deadline that is `after_days` (or `days`) behind on this day.

        In working days a deadline on a rest day ends on the next worked day, as the problem's page says
        (实际最迟): nobody is late on the first day they could hand in.
        """
        days = self.after_days if days is None else days
        if self.day_type == WORKING_DAYS:
            return calendar.add_working(today + timedelta(days=1), -days - 1)
        return today - timedelta(days=days)

    @property
    def urgent(self) -> bool:
        return self.colour in LOUD


def days_late(day_type: str, due: date, today: date, calendar: WorkCalendar) -> int:
    """How many days of this kind a deadline is behind; see `Rung.latest_due`."""
    if day_type == WORKING_DAYS:
        return calendar.working_between(calendar.actual_latest(due), today)
    return (today - due).days


def cells_of(rungs: tuple[Rung, ...], out: set[str]) -> list[tuple[str, str]]:
    """(word, css) of each step for a page; `out` are the steps whose letter went out: the last one is filled."""
    here = max((rung.rank for rung in rungs if rung.step in out), default=0)
    return [
        (rung.label, "is-here" if rung.rank == here else "is-past" if rung.rank < here else "")
        for rung in rungs
    ]


def ladder_of(pack: Pack) -> tuple[Rung, ...]:
    """The steps of a pack, in the order of their days; none where the pack has no series."""
    rows = [row for row in pack.value(KEY, ()) if _sound(row)]
    rows.sort(key=lambda row: row["after_days"])
    return tuple(_rung(rank, row) for rank, row in enumerate(rows, 1))


def _sound(row: Any) -> bool:
    """A step somebody edited into nonsense makes no letters; it must not stop the others."""
    return (
        isinstance(row, dict)
        and isinstance(row.get("step"), str)
        and isinstance(row.get("after_days"), int)
        and row["after_days"] >= 1
    )


def _rung(rank: int, row: dict[str, Any]) -> Rung:
    said = words.LETTERS.get(row["step"], words.OTHER_LETTER) | row
    label = str(said.get("label", row["step"]))[:20]
    return Rung(
        rank=rank,
        step=row["step"][:20],
        label=label,
        after_days=row["after_days"],
        day_type=said["day_type"],
        to=said["to"] if said["to"] in ROLES else HEAD,
        copies=tuple(role for role in said["copy"] if role in ROLES and role != said["to"]),
        colour=said["colour"],
        title=str(said.get("title") or words.letter_title(label))[:40],
        word=str(said.get("word") or label)[:20],
        release=bool(said["release"]) or row["step"] == words.ACCOUNTABILITY,
    )
