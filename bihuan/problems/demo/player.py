"""Plays all lives in the order of time, and lets the worker do its part for the last fortnight.

Older deliveries are called off in bulk: those messages would have been read long ago.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db import transaction

from bihuan.kernel.moment import CHINA, local_day
from bihuan.kernel.refused import Refused
from bihuan.problems.actions.ask_papers import PRINT
from bihuan.record.actions.append import REACTION
from bihuan.record.actions.fire_ticks import fire_ticks
from bihuan.record.models import Job
from bihuan.record.worker import run_until_idle

from .lives import Life

FRESH = timedelta(days=14)
OLD_NEWS = "读过的旧消息"
_CHUNK = 50
_MORNING = time(7, 35)


class Player:
    """`refusals` collects what the loop said no to: none in a sound demo, and never a reason to stop.

    With a later `at` it plays on from where it was.
    """

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.fresh_from = at - FRESH
        self.steps = 0
        self.refusals: list[str] = []
        self._heap: list[tuple[datetime, int, Life]] = []
        self._order = 0
        self._worker_at: datetime | None = None

    def add(self, lives: Iterable[Life]) -> None:
        for life in lives:
            self._push(next(life), life)

    def play(self) -> None:
        """Everything up to `at`, in transactions of some fifty steps."""
        while self._heap and self._heap[0][0] <= self.at:
            with transaction.atomic():
                for _ in range(_CHUNK):
                    if not (self._heap and self._heap[0][0] <= self.at):
                        break
                    self._step()
        self._work_until(self.at)

    def _push(self, when: datetime, life: Life) -> None:
        self._order += 1
        heapq.heappush(self._heap, (when, self._order, life))

    def _step(self) -> None:
        when, _, life = heapq.heappop(self._heap)
        if when >= self.fresh_from:
            self._work_until(when)
        try:
            again = _resume(life, when)
        except Refused as refusal:
            self.refusals.append(f"{when:%Y-%m-%d %H:%M} {refusal}")
        else:
            if again is not None:
                self._push(max(again, when + timedelta(minutes=1)), life)
        self.steps += 1

    def _work_until(self, when: datetime) -> None:
        """Deliveries at the full hour and the morning round of each day, up to `when`."""
        if self._worker_at is None:
            self._begin_working()
        while (turn := self._next_turn()) <= when:
            self._papers_later()
            fire_ticks(at=turn)
            run_until_idle(at=turn)
            self._worker_at = turn
        self._papers_later()
        if when == self.at:
            run_until_idle(at=when)

    def _papers_later(self) -> None:
        """Papers take half a second each: the worker of the running house makes them when it starts."""
        later = self.at + timedelta(minutes=1)
        Job.objects.filter(kind=PRINT, state=Job.State.WAITING).update(run_at=later)

    def _begin_working(self) -> None:
        start = self.fresh_from
        call_off_old_news(self.at)
        fire_ticks(at=start)
        self._worker_at = start

    def _next_turn(self) -> datetime:
        """Four turns a day are enough: the morning round, noon, evening, late."""
        last = self._worker_at.astimezone(CHINA)
        for hour in (_MORNING, time(11, 50), time(15, 10), time(19, 0)):
            turn = datetime.combine(local_day(last), hour, CHINA)
            if turn > last:
                return turn
        return datetime.combine(local_day(last) + timedelta(days=1), _MORNING, CHINA)


def call_off_old_news(at: datetime) -> None:
    """Of what happened more than a fortnight ago nobody is told now: they would have read it long ago."""
    start = at - FRESH
    Job.objects.filter(kind=REACTION, state=Job.State.WAITING, run_at__lt=start).update(
        state=Job.State.CANCELLED, message=OLD_NEWS, finished_on=start
    )


def _resume(life: Life, when: datetime) -> datetime | None:
    """When it goes on, None at its end."""
    try:
        return life.send(when)
    except StopIteration:
        return None
