"""The daily round of letters (督办升级): what is due goes out, or waits for the person who releases it.

One step at a time: a step follows the one before it, and not sooner than the series says after that one went
out, so that an old backlog is not called to account on the first morning. Each step once per problem,
deadline, round and unit: the constraint says so, and whoever runs first holds the others back (`wait_for_turn`)
until its chunk is written. A chunk first writes to its problems, so that a step taken at the same moment comes
either before (then the problem is no longer found) or after (then the step itself ends the letter).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from bihuan.kernel.actor import SYSTEM, Actor
from bihuan.kernel.calendar import WorkCalendar
from bihuan.kernel.moment import day_start, local_day
from bihuan.org.models import PackVersion
from bihuan.org.reads import current_pack, values_of, work_calendar
from bihuan.org.reads.nearest import WhoMay
from bihuan.problems import words
from bihuan.problems.models import Addressee, Letter, Problem
from bihuan.problems.models.letters import HELD
from bihuan.problems.policies.ladder import HEAD, LEADER, OWNER, Rung, days_late, ladder_of
from bihuan.problems.policies.letters import URGED
from bihuan.problems.querysets import ProblemQuery
from bihuan.record.actions.append_first import append_first

from .end_letters import end_stale_letters
from .give_number import take_numbers, wait_for_turn
from .tell_letters import tell_letters

#: everybody who gives letters goes through this one gate
GATE = "letters"
#: no round writes more: what is left goes out the next working day
MOST = 3000
CHUNK = 300
_OUT = (Letter.State.ISSUED, Letter.State.RECEIVED)


@dataclass(slots=True)
class _Round:
    """What one round needs to know once; people are asked for when the first letter needs them."""

    at: datetime
    by: Actor
    today: date
    calendar: WorkCalendar
    _may: dict[str, WhoMay] = field(default_factory=dict)

    def may(self, permission: str) -> WhoMay:
        if permission not in self._may:
            self._may[permission] = WhoMay(permission, day=self.today)
        return self._may[permission]

    def people(self, role: str, problem: Problem) -> list[int]:
        """Who stands in this role towards the problem; where there is nobody, whoever comes nearest."""
        path = problem.unit.path or ""
        if role == OWNER:
            return [problem.lead_id] if problem.lead_id else self.may("problem.rectify").nearest(path)
        if role == HEAD:
            return self.may("problem.reown_own").nearest(path) or self.people(OWNER, problem)
        if role == LEADER:
            return self.may("letter.lead").nearest(path) or self.people(HEAD, problem)
        home = problem.supervisor.path or "" if problem.supervisor else ""
        return self.may("problem.assign").nearest(path, home=home)


def give_letters(*, at: datetime, by: Actor = SYSTEM, most: int = MOST) -> int:
    """Make what is due on the day of `at`; returns how many letters are new. Safe to run twice.

    A rest day makes none: papers go out on working days. About a dozen queries for every 300 letters.
    """
    end_stale_letters(at=at)
    turn = _Round(at, by, local_day(at), work_calendar())
    if not turn.calendar.is_working(turn.today):
        return 0
    made = 0
    for pack, rung, before in _rungs(turn.today):
        while made < most:
            fresh = _give(turn, pack, rung, before, min(CHUNK, most - made))
            made += fresh
            if fresh < CHUNK:
                break
    tell_letters(at=at)
    return made


def _rungs(today: date) -> Iterator[tuple[int | None, Rung, Rung | None]]:
    """(pinned pack, step, the step before it), the last step first: nobody climbs two in one round."""
    pinned = PackVersion.objects.filter(
        pk__in=Problem.objects.open().filter(due_on__lt=today).values("rule_pack_id")
    )
    ladders = {version.pk: ladder_of(values_of(version)) for version in pinned}
    ladders[None] = ladder_of(values_of(current_pack("problems", today)))  # type: ignore[index]
    for pack, ladder in ladders.items():
        for rung, before in reversed(list(zip(ladder, (None, *ladder), strict=False))):
            yield pack, rung, before


def due_letters(
    rung: Rung, before: Rung | None, today: date, calendar: WorkCalendar, pack: int | None
) -> ProblemQuery:
    """Problems for which this step is due: overdue so far, the unit at it, and the step before long enough out."""
    same = Letter.objects.filter(
        problem=OuterRef("pk"), round=OuterRef("round"), due_on=OuterRef("due_on"), unit=OuterRef("unit")
    )
    rows = (
        Problem.objects.filter(is_open=True, closure__in=URGED, rule_pack=pack)
        .filter(due_on__lte=rung.latest_due(today, calendar))
        .exclude(timing="long_term")
        .filter(~Exists(same.filter(step=rung.step, ended__in=HELD)))
    )
    if before is not None:
        gap = max(rung.after_days - before.after_days, 1)
        last = rung.latest_due(today, calendar, gap)
        long_enough = same.filter(step=before.step, state__in=_OUT, issued_at__lt=day_start(_after(last)))
        rows = rows.filter(Exists(long_enough))
    return rows.order_by("due_on", "id")


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


@transaction.atomic
def _give(turn: _Round, pack: int | None, rung: Rung, before: Rung | None, most: int) -> int:
    wait_for_turn(head=GATE)
    due = due_letters(rung, before, turn.today, turn.calendar, pack)
    ids = list(due.values_list("pk", flat=True)[:most])
    if not ids:
        return 0
    Problem.objects.filter(pk__in=ids).update(version=F("version"))
    problems = list(due.filter(pk__in=ids).select_related("unit", "supervisor"))
    letters = Letter.objects.bulk_create(_letters(turn, rung, problems))
    Addressee.objects.bulk_create(
        [one for letter in letters for one in _addressees(turn, rung, letter)], batch_size=500
    )
    append_first(
        kind="letter.made" if rung.release else "letter.issued",
        by=turn.by,
        at=turn.at,
        streams=[(letter.stream, letter.unit_id, said_of(letter)) for letter in letters],
    )
    return len(ids)


def said_of(letter: Letter) -> dict:
    """What the event of making or issuing keeps."""
    return {
        "number": letter.problem.number,
        "letter": letter.number or "",
        "step": letter.step,
        "due": str(letter.due_on),
        "days": letter.days,
    }


def _letters(turn: _Round, rung: Rung, problems: list[Problem]) -> list[Letter]:
    year = turn.today.year
    numbers: list[str | None] = [None] * len(problems)
    if not rung.release:
        taken = take_numbers(head=f"{rung.word}〔{year}〕", count=len(problems))
        numbers = [words.letter_number(rung.word, year, number) for number in taken]
    return [
        Letter(
            problem=problem,
            round=problem.round,
            due_on=problem.due_on,
            unit=problem.unit,
            step=rung.step,
            rank=rung.rank,
            label=rung.label,
            title=rung.title,
            word=rung.word,
            colour=rung.colour,
            addressed=rung.to,
            days=days_late(rung.day_type, problem.due_on, turn.today, turn.calendar),
            day_type=rung.day_type,
            number=number,
            state=Letter.State.WAITING if rung.release else Letter.State.ISSUED,
            made_on=turn.at,
            issued_at=None if rung.release else turn.at,
        )
        for problem, number in zip(problems, numbers, strict=True)
    ]


def _addressees(turn: _Round, rung: Rung, letter: Letter) -> Iterator[Addressee]:
    """Whom it goes to, then the copies; nobody twice."""
    there: set[int] = set()
    for kind, roles in ((Addressee.Kind.TO, (rung.to,)), (Addressee.Kind.COPY, rung.copies)):
        for role in roles:
            for person in turn.people(role, letter.problem):
                if person not in there:
                    there.add(person)
                    yield Addressee(letter=letter, person_id=person, kind=kind, role=role)
