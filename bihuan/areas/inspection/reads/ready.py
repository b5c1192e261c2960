"""How far the preparation of tasks has come. Set-based: ten queries, however many tasks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, Sum

from bihuan.areas.inspection import states, words
from bihuan.areas.inspection.models import (
    Announcement,
    Briefing,
    Liaison,
    Member,
    Mobilisation,
    Notice,
    RecusalCase,
    Round,
    Task,
    Team,
    TeamTask,
    Training,
)
from bihuan.areas.inspection.querysets import sees_ties
from bihuan.kernel.actor import Actor

from .recusal import hours_of


@dataclass(slots=True)
class Ready:
    """All that is known of one task's preparation. `hours` are those each member has, `need` what the pack asks."""

    task: Task
    team: Team | None = None
    members: list[Member] = field(default_factory=list)
    blocking: list[RecusalCase] = field(default_factory=list)
    hours: dict[int, float] = field(default_factory=dict)
    need: float = 0.0
    notice: Notice | None = None
    announcement: Announcement | None = None
    liaisons: list[Liaison] = field(default_factory=list)
    #: the day on which the authorisation of the team was announced
    announced: date | None = None
    #: departments asked about this organisation, and how many of them have answered
    asked: int = 0
    told: int = 0


def hours_had(round: Round) -> dict[int, float]:
    """Person id -> hours of training in this round."""
    rows = Training.objects.filter(round=round).values("present").annotate(sum=Sum("hours"))
    return {row["present"]: float(row["sum"]) for row in rows.order_by() if row["present"] is not None}


def members_of(round: Round) -> dict[int, list[Member]]:
    """Team id -> its standing members: the leader first, then deputies, then as they were listed."""
    found: dict[int, list[Member]] = defaultdict(list)
    rank = {"leader": 0, "deputy": 1}
    rows = Member.objects.standing().filter(round=round).select_related("person__unit").order_by("pk")
    for member in sorted(rows, key=lambda one: rank.get(one.part, 2)):
        member.round = round
        found[member.team_id].append(member)
    return found


def cases_of(round: Round, by: Actor) -> dict[int, list[RecusalCase]]:
    """Member id -> ties that stand, the lifted ones too. That there is one may be known; what it is, by few."""
    hidden = not sees_ties(by)
    found: dict[int, list[RecusalCase]] = defaultdict(list)
    rows = (
        RecusalCase.objects.standing()
        .filter(member__round=round)
        .select_related("person", "org", "lifted_by")
    )
    for case in rows.order_by("pk"):
        if hidden and case.person_id != by.person_id:
            case.reason, case.why_lifted = words.NOT_SHOWN, ""
        found[case.member_id].append(case)
    return found


def announced_in(round: Round) -> dict[int, date]:
    """Team id -> the day of the mobilisation at which its authorisation was announced."""
    rows = Mobilisation.objects.filter(round=round).order_by("-held_on", "-pk")
    return {team_id: day for team_id, day in rows.values_list("announced", "held_on") if team_id}


def briefings_of(tasks: list[Task]) -> dict[int, tuple[int, int]]:
    """Task id -> (departments asked, of which answered)."""
    rows = Briefing.objects.filter(task__in=tasks).values("task").order_by()
    counted = rows.annotate(asked=Count("pk"), told=Count("pk", filter=Q(state=states.ANSWERED)))
    return {row["task"]: (row["asked"], row["told"]) for row in counted}


def ready_of(round: Round, tasks: list[Task], by: Actor) -> dict[int, Ready]:
    """Task id -> its preparation, as `by` may know it. All tasks are of this round."""
    given = {row.task_id: row.team for row in TeamTask.objects.filter(task__in=tasks).select_related("team")}
    members, cases, hours, need = members_of(round), cases_of(round, by), hours_had(round), hours_of(round)
    whole = Task.objects.filter(pk__in=[task.pk for task in tasks]).select_related("notice", "announcement")
    papers = {task.pk: task for task in whole.prefetch_related("liaisons__person")}
    announced = announced_in(round)
    briefings = briefings_of(tasks)
    found = {}
    for task in tasks:
        team = given.get(task.pk)
        here = members[team.pk] if team and team.pk in members else []
        paper = papers[task.pk]
        asked, told = briefings.get(task.pk, (0, 0))
        found[task.pk] = Ready(
            task=task,
            team=team,
            members=here,
            blocking=[
                case
                for member in here
                for case in cases.get(member.pk, ())
                if case.org_id == task.org_id and case.level == "must" and case.lifted_at is None
            ],
            hours=hours,
            need=need,
            notice=getattr(paper, "notice", None),
            announcement=getattr(paper, "announcement", None),
            liaisons=sorted(paper.liaisons.all(), key=lambda one: one.side, reverse=True),
            announced=announced.get(team.pk) if team else None,
            asked=asked,
            told=told,
        )
    return found
