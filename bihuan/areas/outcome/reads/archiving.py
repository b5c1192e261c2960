"""What a round leaves behind, and what still keeps it from the archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q

from bihuan.areas.inspection.models import Member, Notice, Round, Secondment, Task
from bihuan.areas.onsite import states as onsite
from bihuan.areas.onsite.models import Clue, Complaint, Draft, Loan, Talk
from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import (
    ArchiveItem,
    Feedback,
    RectificationPlan,
    RectificationReport,
    Report,
)

#: a draft that still waits for somebody
_UNSETTLED = ~Q(state__in=(onsite.SIGNED, onsite.SET_ASIDE, onsite.REPLACED))


@dataclass(slots=True)
class Left:
    """One task: how many papers of each kind it has, and the lines of the catalogue that were handed over."""

    task: Task
    counts: dict[str, int] = field(default_factory=dict)
    items: dict[str, ArchiveItem] = field(default_factory=dict)

    @property
    def lines(self) -> list[tuple[str, int, ArchiveItem | None]]:
        """(kind, how many, the line once it was handed over), of what there is."""
        return [(kind, number, self.items.get(kind)) for kind, number in self.counts.items() if number]


@dataclass(frozen=True, slots=True)
class Behind:
    """What a round left behind. `unsettled`, `unissued`, `unraised` name tasks; `holding` are members who gave nothing
    back, `unappraised` people lent to the round whose appraisal was not sent."""

    tasks: list[Left]
    unsettled: list[Task]
    unissued: list[Task]
    unraised: list[Task]
    holding: list[Member]
    unappraised: list[Secondment]
    #: papers of the organisation that are neither given back nor destroyed, by their numbers
    lent: list[Loan]

    @property
    def open_lines(self) -> int:
        return sum(item is None for left in self.tasks for _, _, item in left.lines)


def _count(model, tasks: Sequence[Task], **more) -> dict[int, int]:
    path = more.pop("path", "task")
    rows = model.objects.filter(**{f"{path}__in": tasks}, **more).order_by()
    return dict(rows.values_list(path).annotate(n=Count("pk")))


def behind_of(round: Round) -> Behind:
    """A dozen queries, however many tasks."""
    tasks = list(
        round.tasks.filter(entered_on__isnull=False).select_related("org").order_by("org__order", "pk")
    )
    counts = {
        "notice": _count(Notice, tasks),
        "talk": _count(Talk, tasks),
        "complaint": _count(Complaint, tasks),
        "draft": _count(Draft, tasks),
        "clue": _count(Clue, tasks),
        "report": _count(Report, tasks),
        "feedback": _count(Feedback, tasks, issued_at__isnull=False),
        "plan": _count(RectificationPlan, tasks, path="feedback__task"),
        "rect_report": _count(RectificationReport, tasks, path="feedback__task"),
    }
    left = {
        task.pk: Left(task, {kind: found.get(task.pk, 0) for kind, found in counts.items()}) for task in tasks
    }
    for item in ArchiveItem.objects.filter(round=round, task__in=tasks).select_related("handed_over_by"):
        left[item.task_id].items[item.kind] = item
    unsettled = set(Draft.objects.filter(_UNSETTLED, task__in=tasks).values_list("task_id", flat=True))
    issued = set(
        Report.objects.filter(task__in=tasks, kind="task", state=states.ISSUED).values_list(
            "task_id", flat=True
        )
    )
    raised = set(
        Feedback.objects.filter(task__in=tasks, raised_at__isnull=False).values_list("task_id", flat=True)
    )
    members = Member.objects.standing().filter(round=round, authorised_at__isnull=False, given_back=None)
    lent = Secondment.objects.filter(round=round, appraisal__sent_at=None)
    return Behind(
        list(left.values()),
        [task for task in tasks if task.pk in unsettled],
        [task for task in tasks if task.pk not in issued],
        [task for task in tasks if task.pk not in raised],
        list(members.select_related("person", "team").order_by("team__number", "pk")),
        list(lent.select_related("person").order_by("pk")),
        list(Loan.objects.filter(task__in=tasks, state=onsite.HELD).order_by("task", "number")),
    )
