"""What the first round found, put right: the loop of every problem, to the figures that were published.

A municipal ledger of 697 problems counts 688 done, 4 basically done and 5 not: the demo group's first round ends there,
each by the ordinary steps of the people who take them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db import transaction

from bihuan.areas.inspection.actions.adopt_problems import adopt_problems
from bihuan.areas.inspection.models import Round, Task
from bihuan.areas.inspection.reads import problems_of_round
from bihuan.kernel.moment import CHINA, local_day
from bihuan.org.demo.group import Group
from bihuan.problems.actions.accept import accept
from bihuan.problems.actions.report_progress import report_progress
from bihuan.problems.demo.acts import Acts
from bihuan.problems.demo.cases import Case, Caster
from bihuan.problems.demo.categories import KINDS
from bihuan.problems.models import Problem

#: not done: these are left open, and a look-back opens one more again
TOTAL, BASICALLY, OPEN = 697, 4, 4
#: a case drawn for this room is never one that was drawn for the loop's own history
_FIRST = 100_000
_BASICALLY = "主体工作做完，长效办法还在运行检验，按阶段目标继续"


class Mending:
    """Fills the round up to the figures; what its feedback and notices raised before counts among them."""

    def __init__(self, world: Any, round: Round) -> None:
        self.group: Group = world.things["org"]
        self.now: datetime = world.at
        self.caster = Caster(self.group)
        self.round = round
        self.office = self.group.actor(self.group.person("高文静"))
        self.tasks = list(round.tasks.select_related("round", "org").order_by("from_day", "pk"))

    def complete(self, scale: float) -> None:
        here = Problem.objects.filter(pk__in=problems_of_round(self.round.code)).order_by("pk")
        total = TOTAL if scale >= 1 else len(here) + max(12, round(TOTAL * scale))
        # those whose clock still runs are the ones that are not done
        open_ones = sorted(
            (problem for problem in here if problem.is_open),
            key=lambda problem: (problem.due_on or date.max, problem.number),
            reverse=True,
        )
        for n, problem in enumerate(open_ones[OPEN:]):
            self._mend(self._as_case(n, problem), problem, problem.due_on or local_day(self.now))
        left_open = max(0, OPEN - len(open_ones))
        kinds = ["open"] * left_open + ["basically"] * BASICALLY
        kinds += ["done"] * (total - len(here) - len(kinds))
        Random("mending").shuffle(kinds)
        for task, share in self._shares(kinds):
            with transaction.atomic():
                self._of(task, share)

    def _shares(self, kinds: list[str]) -> Iterator[tuple[Task, list[tuple[int, str]]]]:
        """As many for each task, in turn."""
        numbered = list(enumerate(kinds))
        for n, task in enumerate(self.tasks):
            if share := numbered[n :: len(self.tasks)]:
                yield task, share

    def _of(self, task: Task, share: list[tuple[int, str]]) -> None:
        """Found during the stay, adopted when the team has left, put right within half a year."""
        code = task.org.code.removeprefix("DW-")
        days = max(1, (task.left_on - task.entered_on).days)
        raised = []
        for number, kind in share:
            found = self._at(task.entered_on + timedelta(days=number % days), 9 + number % 8)
            case = self._case(number, found, code, task.left_on + timedelta(days=150 + number % 30))
            acts = Acts(self.group, case)
            acts.raise_it(found)
            raised.append((acts, kind))
        at = self._at(task.left_on + timedelta(days=3), 10)
        adopt_problems(task=task, problems=[acts.problem for acts, _ in raised], by=self.office, at=at)
        for n, (acts, kind) in enumerate(raised):
            acts.assign(self._at(task.left_on + timedelta(days=4), 9 + n % 8))
            acts.accept(self._at(task.left_on + timedelta(days=5 + n % 3), 9 + n % 8))
            if kind == "done":
                self._prove(acts, task.left_on + timedelta(days=20 + n * 7 % 110))
            elif kind == "basically":
                self._basically(acts, task.left_on + timedelta(days=120))

    def _case(self, number: int, found: datetime, code: str, due: date) -> Case:
        kind = next(kind for kind in KINDS if kind.source == "check_team")
        kind = replace(kind, source="inspection", title=f"{self.round.name}发现")
        case = self.caster.draw(_FIRST + number, found, kind=kind, top=code)
        office = self.group.staff.of("XCB", "officer")
        case.finder, case.approver, case.closer = office[0], office[0], office[1]
        case.office, case.due_on, case.plan, case.grade = self.group.units["XCB"], due, False, "general"
        return case

    def _prove(self, acts: Acts, day: date) -> None:
        acts.submit(self._at(day, 15))
        acts.close(self._at(day + timedelta(days=1), 10))

    def _basically(self, acts: Acts, day: date) -> None:
        lead = self.group.actor(acts.case.lead)
        report_progress(
            problem=acts.problem, progress="basically_done", text=_BASICALLY, by=lead, at=self._at(day, 15)
        )

    def _as_case(self, n: int, problem: Problem) -> Case:
        """A problem of the feedback, with the people of its mill."""
        code = (problem.unit.code if problem.unit else "").split("-")[0]
        case = self._case(2 * TOTAL + n, self.now, code, problem.due_on or local_day(self.now))
        case.unit, case.lead = problem.unit, problem.lead or case.lead
        return case

    def _mend(self, case: Case, problem: Problem, due: date) -> None:
        acts = Acts(self.group, case)
        acts.problem = problem
        day = min(due - timedelta(days=20), local_day(self.now) - timedelta(days=3))
        if problem.closure == "assigned":
            liaison = self.group.actor(case.liaison)
            accept(problem=problem, by=liaison, at=self._at(day - timedelta(days=9), 9))
        if problem.closure == "planning":
            acts.propose(self._at(day - timedelta(days=8), 9))
            acts.approve(self._at(day - timedelta(days=7), 9))
        if problem.measures.exists():
            acts.report(self._at(day, 11))
        self._prove(acts, day)

    def _at(self, day: date, hour: int) -> datetime:
        return min(datetime.combine(day, time(hour, 25), CHINA), self.now)
