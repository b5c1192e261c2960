"""People of the upper level look at the rectification: a check that is over, and one that runs now, with its sheet and a pack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from bihuan.areas.outcome.actions.ask_pack import ask_pack
from bihuan.areas.outcome.actions.note_check_read import note_check_read
from bihuan.areas.outcome.actions.open_check import open_check
from bihuan.areas.outcome.actions.prolong_check import prolong_check
from bihuan.areas.outcome.actions.say_check_verdict import say_check_verdict
from bihuan.areas.outcome.models import CheckVisit, Feedback
from bihuan.areas.outcome.reads.checking import checked_of
from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.moment import CHINA, local_day
from bihuan.org.actions.add_person import add_person
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.actions.open_account import open_account
from bihuan.org.actions.open_unit import open_unit
from bihuan.org.demo.group import Group
from bihuan.org.demo.rights import PASSWORD
from bihuan.org.models import Person

from .texts import CHECK_BODY, CHECK_LONGER, CHECK_NOTES, CHECK_PEOPLE, CHECK_UNIT

#: days: how long ago each began, and how long it lasts
_OVER, _NOW, _TERM, _AHEAD = 70, 2, 5, 30
_PAGES = ("task", "plan", "reports", "evaluation")


class Visiting:
    """`looked_at` are feedbacks whose rectification is over, the oldest first."""

    def __init__(self, group: Group, now: datetime, looked_at: Sequence[Feedback]) -> None:
        self.group, self.now, self.looked_at = group, now, list(looked_at)
        self.office = group.actor(group.person("高文静"))
        self.people: list[Person] = []

    def live(self) -> None:
        """A visit of one organisation long ago; now one of the next two."""
        today = local_day(self.now)
        self._arrive(today - timedelta(days=_OVER + 10), today + timedelta(days=_AHEAD))
        self._visit(self.looked_at[:1], today - timedelta(days=_OVER), 6, false=False)
        running = self._visit(self.looked_at[1:3], today - timedelta(days=_NOW), 9, false=True)
        longer = running.until_on + timedelta(days=3)
        prolong_check(visit=running, until_on=longer, why=CHECK_LONGER, by=self.office, at=self._at(today, 8))
        task = running.tasks.order_by("pk").first()
        asker = self.group.actor(self.people[0])
        ask_pack(visit=running, task=task, by=asker, at=self.now - timedelta(minutes=5))

    def _arrive(self, since: date, until: date) -> None:
        """A unit for those who come, their accounts and their one role, to the end of what was agreed."""
        at = self._at(since, 9)
        said = {"on": since, "by": SYSTEM, "at": at}
        unit = open_unit(
            code="SJJC", name=CHECK_UNIT, kind="department", parent=self.group.units["JT"], **said
        )
        for name, username, staff_no, title in CHECK_PEOPLE:
            person = add_person(staff_no=staff_no, name=name, unit=unit, title=title, **said)
            grant_role(
                role="upper_checker", unit=self.group.units["JT"], person=person, from_day=since, to_day=until,
                by=SYSTEM, at=at,
            )  # fmt: skip
            open_account(
                person=person, username=username, password=PASSWORD, must_change=False, by=SYSTEM, at=at
            )
            self.people.append(person)

    def _visit(self, feedbacks: Sequence[Feedback], day: date, number: int, *, false: bool) -> CheckVisit:
        made = open_check(
            body=CHECK_BODY, document=f"国资巡函〔{day.year}〕{number} 号", tasks=[one.task for one in feedbacks],
            members=self.people, from_on=day, until_on=day + timedelta(days=_TERM), by=self.office,
            at=self._at(day, 8),
        )  # fmt: skip
        for n, feedback in enumerate(feedbacks):
            self._look(made, feedback, day + timedelta(days=n), false=false and n == 0)
        return made

    def _look(self, visit: CheckVisit, feedback: Feedback, day: date, *, false: bool) -> None:
        by = self.group.actor(self.people[1])
        said = {"visit": visit, "by": by}
        for n, page in enumerate(_PAGES):
            note_check_read(page=page, task=feedback.task_id, at=self._at(day, 9 + n), **said)
        for n, line in enumerate(checked_of(feedback.task).lines[: len(CHECK_NOTES)]):
            verdict, note = CHECK_NOTES[n]
            if verdict == "false" and not false:
                verdict, note = CHECK_NOTES[0]
            at = {"number": line.problem.number, "at": self._at(day, 14 + n)}
            note_check_read(page="problem", **said, **at)
            say_check_verdict(verdict=verdict, note=note, **said, **at)

    def _at(self, day: date, hour: int) -> datetime:
        return min(datetime.combine(day, time(hour, 35), CHINA), self.now)
