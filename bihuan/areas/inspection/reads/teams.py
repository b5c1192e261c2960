"""The teams of a round as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.areas.inspection.models import Member, RecusalCase, Round, Task, Team, TeamTask
from bihuan.kernel.actor import Actor

from .ready import cases_of, hours_had, members_of
from .recusal import hours_of


@dataclass(frozen=True, slots=True)
class MemberRow:
    """`open` are ties that still keep the member away; `hours` of training had, `need` asked for."""

    member: Member
    cases: list[RecusalCase]
    open: list[RecusalCase]
    hours: float
    need: float

    @property
    def trained(self) -> bool:
        return self.hours >= self.need


@dataclass(frozen=True, slots=True)
class TeamRow:
    team: Team
    tasks: list[Task]
    rows: list[MemberRow]

    @property
    def waiting(self) -> int:
        """Members somebody must still decide about."""
        return sum(1 for row in self.rows if row.open)


def teams_of(round: Round, by: Actor) -> list[TeamRow]:
    """In the order of their numbers. Six queries, however many teams."""
    members, cases, hours, need = members_of(round), cases_of(round, by), hours_had(round), hours_of(round)
    tasks: dict[int, list[Task]] = {}
    given = TeamTask.objects.filter(team__round=round).select_related("task__org", "task__framework")
    for row in given.order_by("task__from_day", "task_id"):
        tasks.setdefault(row.team_id, []).append(row.task)
    found = []
    for team in Team.objects.filter(round=round).order_by("number"):
        team.round = round
        rows = [_row(member, cases.get(member.pk, []), hours, need) for member in members.get(team.pk, [])]
        found.append(TeamRow(team, tasks.get(team.pk, []), rows))
    return found


def _row(member: Member, cases: list[RecusalCase], hours: dict[int, float], need: float) -> MemberRow:
    for case in cases:
        case.member = member
    away = [case for case in cases if case.level == "must" and case.lifted_at is None]
    return MemberRow(member, cases, away, hours.get(member.person_id, 0.0), need)
