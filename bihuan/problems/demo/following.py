"""What follows late and closed problems in the demo group: letters go out, are released and signed for; closed
problems are drawn by lot and looked at again. Everything by the ordinary actions, on working days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from bihuan.kernel.actor import SYSTEM, Actor
from bihuan.kernel.moment import CHINA, day_start, local_day
from bihuan.org.demo.group import Group
from bihuan.org.models import Person
from bihuan.org.reads import work_calendar
from bihuan.org.reads.nearest import WhoMay
from bihuan.problems import states
from bihuan.problems.actions.draw_lookback import draw_lookback
from bihuan.problems.actions.give_letters import give_letters
from bihuan.problems.actions.recheck import recheck
from bihuan.problems.actions.release_letter import release_letter
from bihuan.problems.actions.sign_letter import sign_letter
from bihuan.problems.models import Addressee, Letter, Lookback
from bihuan.problems.policies.letters import may_release
from bihuan.problems.policies.lookback import drawn_this_month

from . import texts
from .lives import Life

#: so many days before today the office began to send letters; the worker goes on from its first day
DAYS, WORKER_DAYS = 75, 14
#: a problem of a life that is looked at by itself is looked at before this
_OLD = timedelta(days=90)
_MORNING, _FORENOON = time(7, 36), time(10, 20)


class FollowUp:
    def __init__(self, group: Group, at: datetime) -> None:
        self.group, self.at = group, at
        self.calendar = work_calendar()

    def begin(self) -> Life:
        """Day by day until today: mornings the system, forenoons the people."""
        day = self.calendar.next_working(local_day(self.at) - timedelta(days=DAYS))
        while day <= local_day(self.at):
            t = yield datetime.combine(day, _MORNING, CHINA)
            if t < self.at - timedelta(days=WORKER_DAYS):
                give_letters(at=t)
            if not drawn_this_month(t):
                draw_lookback(by=SYSTEM, at=t, seed=f"demo-{day:%Y-%m}")
            t = yield datetime.combine(day, _FORENOON, CHINA)
            self._release(t, day)
            self._sign(t, day)
            self._look(t, day)
            day = self.calendar.next_working(day)

    def _actor(self, person_id: int) -> Actor:
        return self.group.actor(Person.objects.select_related("unit").get(pk=person_id))

    def _release(self, t: datetime, day: date) -> None:
        """Two working days later somebody of the department releases; the freshest wait on a desk."""
        before = day_start(self.calendar.add_working(day, -1))
        waiting = (
            Letter.objects.for_page().filter(state=Letter.State.WAITING, made_on__lt=before).order_by("id")
        )
        may = WhoMay("letter.release", day=day) if waiting.exists() else None
        for letter in waiting if may else ():
            home = letter.problem.supervisor.path if letter.problem.supervisor else ""
            for person in may.nearest(letter.unit.path or "", home=home or ""):
                by = self._actor(person)
                if may_release(letter, by):
                    release_letter(letter=letter, by=by, at=t)
                    break

    def _sign(self, t: datetime, day: date) -> None:
        """Most sign within three days; some letters lie."""
        out = Letter.objects.for_page().filter(state=Letter.State.ISSUED).order_by("id")
        for letter in out:
            random = Random(letter.number)
            days, lies = random.choice((1, 1, 2, 3)), random.random() < 0.2
            if lies or self.calendar.add_working(local_day(letter.issued_at), days) > day:
                continue
            to = Addressee.objects.filter(letter=letter, kind=Addressee.Kind.TO).order_by("id").first()
            if to is not None:
                text = random.choice(texts.RECEIPTS)
                sign_letter(letter=letter, by=self._actor(to.person_id), at=t, text=text)

    def _look(self, t: datetime, day: date) -> None:
        rows = Lookback.objects.select_related("problem__unit").filter(
            is_open=True,
            assignee__isnull=False,
            problem__closure=states.CLOSED,
            problem__closed_at__lt=t - _OLD,
        )
        for row in rows.order_by("id"):
            random = Random(f"look {row.problem.number}")
            if self.calendar.add_working(row.due_on, -random.randrange(1, 7)) > day or random.random() < 0.12:
                continue
            found, text = ("", texts.LOOKED_AT) if random.random() < 0.85 else texts.ON_PAPER
            recheck(
                problem=row.problem,
                passed=not found,
                found=found,
                text=text,
                by=self._actor(row.assignee_id),
                at=t,
            )
