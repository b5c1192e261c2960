"""What the planner is asked with when the organisations of a round are dealt to its teams."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from bihuan.areas.inspection.models import Round, Task, Team, TeamTask

from .ready import members_of
from .recusal import known_of, paths_of, years_of
from .repeats import before
from .ties import MUST, ties_of


@dataclass(frozen=True, slots=True)
class Table:
    """Tasks that have not been entered, by organisation; `tied` are (organisation id, place of the team) that must not
    meet; `before` which place has members that were there last time."""

    tasks: dict[int, list[Task]]
    teams: list[Team]
    tied: dict[tuple[int, int], str]
    before: dict[int, int]
    #: (organisation id, place) -> who of that team was there last time
    again: dict[tuple[int, int], list[str]]
    #: place -> what the team itself repeats of the round before
    repeats: dict[int, list[str]]


def table_of(round: Round) -> Table:
    """Twelve queries, however many. A tie that somebody lifted for one team still counts: another team needs no lifting."""
    tasks: dict[int, list[Task]] = defaultdict(list)
    rows = Task.objects.filter(round=round, entered_on=None).select_related("org", "given__team")
    for task in rows.order_by("from_day", "pk"):
        tasks[task.org_id].append(task)
    teams = list(Team.objects.filter(round=round).order_by("number"))
    members, paths, years = members_of(round), paths_of(tasks), years_of(round)
    known = known_of(member for group in members.values() for member in group)
    tied: dict[tuple[int, int], str] = {}
    for place, team in enumerate(teams):
        for member in members.get(team.pk, ()):
            # words told are about the organisations of the team one is in: they say nothing of others
            about = replace(known[member.pk], told="")
            for org_id in tasks:
                ties = ties_of(about, paths.get(org_id, ()), on=round.starts_on, years=years)
                if any(tie.level == MUST for tie in ties):
                    tied[org_id, place] = str(member.person)
    known_before = before(round, tasks)
    again, repeats = {}, {}
    for place, team in enumerate(teams):
        group = members.get(team.pk, [])
        if said := known_before.of_team(group):
            repeats[place] = said
        for org_id, rows in tasks.items():
            if there := known_before.at(org_id, rows[0].org.shown, group):
                again[org_id, place] = there
    led = _before(round, set(tasks), teams, members)
    return Table(dict(tasks), teams, tied, led, again, repeats)


def _before(round: Round, org_ids: set[int], teams: list[Team], members: dict) -> dict[int, int]:
    """The place of the team whose leader led there last time."""
    led: dict[int, int] = {}
    past = TeamTask.objects.filter(
        task__org_id__in=org_ids, task__entered_on__isnull=False, team__members__part="leader",
        team__members__removed_at=None,
    ).exclude(task__round=round)  # fmt: skip
    for org_id, person_id in past.order_by("task__entered_on").values_list(
        "task__org_id", "team__members__person"
    ):
        led[org_id] = person_id
    leads = {
        member.person_id: place
        for place, team in enumerate(teams)
        for member in members.get(team.pk, ())
        if member.part == "leader"
    }
    return {org_id: leads[person_id] for org_id, person_id in led.items() if person_id in leads}
