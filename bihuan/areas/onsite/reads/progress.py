"""How far the work on site has come: figures alone, no content. Set-based: four queries, however many tasks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import states
from bihuan.areas.onsite.models import Complaint, Draft, Interviewee, Talk


@dataclass(slots=True)
class Progress:
    """`must` and `met` count those who have to be talked to, the excused left out; `days` on site so far of `planned`."""

    days: int = 0
    planned: int = 0
    talks: int = 0
    must: int = 0
    met: int = 0
    complaints: int = 0
    undecided: int = 0
    drafts: Counter[str] = field(default_factory=Counter)

    @property
    def missing(self) -> int:
        return self.must - self.met

    @property
    def draft_total(self) -> int:
        return sum(count for state, count in self.drafts.items() if state != states.REPLACED)

    @property
    def signed(self) -> int:
        return self.drafts[states.SIGNED]

    @property
    def draft_states(self) -> list[tuple[str, int]]:
        return [(label, self.drafts[state]) for state, label in states.DRAFT_STATES if self.drafts[state]]


def progress_of(tasks: list[Task], day: date) -> dict[int, Progress]:
    found = {task.pk: _days(task, day) for task in tasks}
    keys = list(found)
    for row in Talk.objects.filter(task__in=keys).order_by().values("task").annotate(n=Count("pk")):
        found[row["task"]].talks = row["n"]
    met = Count("pk", filter=Q(talk__isnull=False))
    must = Interviewee.objects.filter(task__in=keys, excused_at=None).order_by().values("task")
    for row in must.annotate(n=Count("pk"), met=met):
        found[row["task"]].must, found[row["task"]].met = row["n"], row["met"]
    waiting = Count("pk", filter=Q(state=states.REGISTERED))
    for row in (
        Complaint.objects.filter(task__in=keys).order_by().values("task").annotate(n=Count("pk"), w=waiting)
    ):
        found[row["task"]].complaints, found[row["task"]].undecided = row["n"], row["w"]
    for row in Draft.objects.filter(task__in=keys).order_by().values("task", "state").annotate(n=Count("pk")):
        found[row["task"]].drafts[row["state"]] = row["n"]
    return found


def _days(task: Task, day: date) -> Progress:
    if task.entered_on is None:
        return Progress()
    last = task.left_on or max(day, task.entered_on)
    return Progress(days=(last - task.entered_on).days + 1, planned=(task.to_day - task.from_day).days + 1)
