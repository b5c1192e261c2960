"""The daily round of reminders: T-7, T-3, T-1, T and the overdue series of each problem's pinned rule pack.

First the owner, from a certain stage also the head of the unit, then the supervising department. Each
stage once per problem, person and deadline: the row and the notice's key both say so. Long-term work is
never reminded by date, and while a verifier is at it there is nothing for the owner to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse

from bihuan.kernel.actor import SYSTEM, Actor
from bihuan.kernel.calendar import CALENDAR_DAYS, WorkCalendar
from bihuan.kernel.clock import read_clock
from bihuan.kernel.moment import local_day
from bihuan.kernel.rules import Pack
from bihuan.notify.actions.tell_all import tell_all
from bihuan.notify.models import Notice
from bihuan.org.models import PackVersion
from bihuan.org.reads import current_pack, values_of, work_calendar
from bihuan.org.reads.nearest import WhoMay
from bihuan.problems import states, words
from bihuan.problems.models import Problem, Reminder

from .cancel_reminders import reminder_key

#: A stage missed because no worker ran is made up for within so many days; after that it is no news.
GRACE = 2
_CHUNK = 300
_REMINDED = (states.ASSIGNED, states.PLANNING, states.PLAN_REVIEW, states.RECTIFYING)


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of one rule pack: days before and after the deadline, and from when on who else hears."""

    before: tuple[int, ...]
    overdue: tuple[int, ...]
    leader_from: int
    supervisor_from: int
    by_calendar: bool

    @classmethod
    def of(cls, pack: Pack) -> Series:
        """A pack that does not say how days are counted means working days."""
        said = pack.get("remind.before")
        return cls(
            before=tuple(pack.value("remind.before", ())),
            overdue=tuple(pack.value("remind.overdue", ())),
            leader_from=int(pack.value("remind.leader_from", 1)),
            supervisor_from=int(pack.value("remind.supervisor_from", 1)),
            by_calendar=said is not None and said.day_type == CALENDAR_DAYS,
        )

    def stage(self, due: date, today: date, calendar: WorkCalendar) -> int | None:
        """The stage that is due today: 7 is T-7, 0 the day itself, -3 the third day overdue; else None."""
        if self.by_calendar:
            left = (due - today).days
        elif not calendar.is_working(today):
            return None
        else:
            left = calendar.working_between(today, due)
        if due >= today:
            reached = min((n for n in self.before if n >= left), default=None)
            return reached if reached is not None and reached - left <= GRACE else None
        passed = max((n for n in self.overdue if n <= -left), default=None)
        return -passed if passed is not None and -left - passed <= GRACE else None


@dataclass(frozen=True, slots=True)
class _Round:
    """What one round needs to know once."""

    at: datetime
    today: date
    calendar: WorkCalendar
    series: dict[int | None, Series]
    rectify: WhoMay
    heads: WhoMay
    supervisors: WhoMay

    def due_today(self, problem: Problem) -> Iterator[tuple[int, str, int]]:
        """(person, why they hear of it, stage) for one problem."""
        pinned = self.series.get(problem.rule_pack_id) or self.series[None]
        stage = pinned.stage(problem.due_on, self.today, self.calendar)
        if stage is None:
            return
        path = problem.unit.path or ""
        for person in [problem.lead_id] if problem.lead_id else self.rectify.nearest(path):
            yield person, "", stage
        if -stage >= pinned.leader_from:
            for person in self.heads.nearest(path):
                yield person, words.OF_YOUR_UNIT, stage
        if -stage >= pinned.supervisor_from:
            home = problem.supervisor.path or "" if problem.supervisor else ""
            for person in self.supervisors.nearest(path, home=home):
                yield person, words.YOU_SUPERVISE, stage


def give_reminders(*, at: datetime, by: Actor = SYSTEM) -> int:
    """Give what is due on the day of `at`; returns how many reminders were new. Safe to run twice.

    Queries: a dozen for the round, and about six for every 300 problems.
    """
    turn = _prepare(at)
    longest = max((max((*s.before, *s.overdue), default=0) for s in turn.series.values()), default=0)
    span = timedelta(days=2 * longest + 30)
    asked = (
        Problem.objects.filter(is_open=True, closure__in=_REMINDED)
        .filter(due_on__gte=turn.today - span, due_on__lte=turn.today + span)
        .exclude(timing="long_term")
        .select_related("unit", "supervisor")
        .order_by("id")
    )
    return sum(_give(chunk, turn, by) for chunk in _chunks(asked.iterator(chunk_size=_CHUNK)))


def _prepare(at: datetime) -> _Round:
    today = local_day(at)
    pinned = PackVersion.objects.filter(pk__in=Problem.objects.open().values("rule_pack_id"))
    series: dict[int | None, Series] = {version.pk: Series.of(values_of(version)) for version in pinned}
    series[None] = Series.of(values_of(current_pack("problems", today)))
    return _Round(
        at, today, work_calendar(), series,
        WhoMay("problem.rectify", day=today), WhoMay("problem.reown_own", day=today),
        WhoMay("problem.assign", day=today),
    )  # fmt: skip


def _chunks(problems: Iterable[Problem]) -> Iterator[list[Problem]]:
    chunk: list[Problem] = []
    for problem in problems:
        chunk.append(problem)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


@transaction.atomic
def _give(chunk: list[Problem], turn: _Round, by: Actor) -> int:
    wanted: dict[tuple[int, int, date, str], tuple[Problem, str]] = {}
    for problem in chunk:
        for person, whose, stage in turn.due_today(problem):
            wanted.setdefault((problem.pk, person, problem.due_on, _word(stage)), (problem, whose))
    if not wanted:
        return 0
    given = set(
        Reminder.objects.filter(problem_id__in={key[0] for key in wanted}).values_list(
            "problem_id", "person_id", "due_on", "stage"
        )
    )
    fresh = {key: value for key, value in wanted.items() if key not in given}
    Reminder.objects.bulk_create(
        [Reminder(problem_id=p, person_id=who, due_on=due, stage=stage, given_on=turn.today)
         for p, who, due, stage in fresh],
        ignore_conflicts=True,
    )  # fmt: skip
    notices = [_notice(problem, key, whose, turn) for key, (problem, whose) in fresh.items()]
    return tell_all(notices=notices, at=turn.at, by=by)


def _word(stage: int) -> str:
    """T-7, T, T+3: as offices write it."""
    return "T" if stage == 0 else f"T{-stage:+d}"


def _notice(problem: Problem, key: tuple[int, int, date, str], whose: str, turn: _Round) -> Notice:
    _, person, due, stage = key
    clock = read_clock(due, turn.today, problem.timing)
    return Notice(
        person_id=person,
        key=reminder_key(problem.pk, due, stage),
        text=words.remind_text(clock.words, problem.number, problem.unit.shown, whose),
        url=reverse("problems:page", args=[problem.number]),
        tone=clock.tone,
        detail=words.excerpt(problem.statement, problem.secrecy),
        urgent=problem.is_major and problem.is_overdue(turn.today),
    )
