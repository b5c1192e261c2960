"""巡前准备 of a round as its page shows it, and what units have lent."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery

from bihuan.areas.inspection.models import (
    Appraisal,
    Briefing,
    Consultation,
    EntryMeeting,
    Mobilisation,
    Round,
    Secondment,
    Task,
    Team,
)
from bihuan.areas.inspection.querysets import TalentQuery, lends
from bihuan.kernel.actor import Actor
from bihuan.org.models import Person, Unit


@dataclass(frozen=True, slots=True)
class TaskBriefings:
    task: Task
    rows: list[Briefing]
    meeting: EntryMeeting | None


@dataclass(frozen=True, slots=True)
class Preparation:
    tasks: list[TaskBriefings]
    consultations: list[Consultation]
    mobilisations: list[Mobilisation]
    secondments: list[Secondment]


def preparation_of(round: Round, by: Actor) -> Preparation:
    """What `by` may know of it. Ten queries, however many tasks and departments."""
    tasks = list(
        Task.objects.filter(round=round).select_related("org", "entry_meeting__secretary")
        .prefetch_related(_named("entry_meeting__spoke")).order_by("from_day", "org__order", "pk")
    )  # fmt: skip
    asked = Briefing.objects.visible_to(by).filter(task__round=round).select_related("unit")
    by_task: dict[int, list[Briefing]] = {}
    for one in asked.order_by("unit__depth", "unit__order", "pk"):
        by_task.setdefault(one.task_id, []).append(one)
    for task in tasks:
        task.round = round
    consulted = Consultation.objects.visible_to(by).filter(round=round).select_related("task__org")
    held = Mobilisation.objects.filter(round=round).prefetch_related(
        Prefetch("announced", Team.objects.order_by("number")), "present", "collected"
    )
    return Preparation(
        [
            TaskBriefings(task, by_task.get(task.pk, []), getattr(task, "entry_meeting", None))
            for task in tasks
        ],
        list(consulted.prefetch_related(_named("present"), "considered").order_by("-held_on", "-pk")),
        list(held.order_by("held_on", "pk")),
        list(lent_in(round)) if lends(by) else [],
    )  # fmt: skip


def _named(way: str) -> Prefetch:
    return Prefetch(way, Person.objects.order_by("sort_key", "pk"))


def lent_in(round: Round) -> QuerySet[Secondment]:
    rows = Secondment.objects.filter(round=round).select_related("person", "home", "round", "appraisal")
    return rows.order_by("home__depth", "home__order", "home", "person__sort_key", "pk")


def lent_by(unit: Unit) -> QuerySet[Secondment]:
    """Whom this unit, or one below it, has lent to rounds, the newest first: for the unit's own page."""
    rows = Secondment.objects.filter(home__path__startswith=unit.path or "-")
    return rows.select_related("person", "home", "round", "appraisal").order_by("-from_day", "-pk")


def with_lending(talents: TalentQuery) -> TalentQuery:
    """`lent`: how often each was lent; `last_grade`: of the last appraisal that was sent, "" where there is none."""
    last = Appraisal.objects.sent().filter(person=OuterRef("person")).order_by("-sent_at", "-pk")
    times = (
        Secondment.objects.filter(person=OuterRef("person")).order_by().values("person")
        .annotate(times=Count("pk")).values("times")
    )  # fmt: skip
    return talents.annotate(lent=Subquery(times), last_grade=Subquery(last.values("grade")[:1]))
