"""三个不固定: where leader, target or pairing of a team are those of last time. A hint with its reason, never a bar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from bihuan.areas.inspection import states, words
from bihuan.areas.inspection.models import Member, Round, Task, TeamTask


@dataclass(slots=True)
class Before:
    """How it was the last time. `team` is where each person was in the last round they took part in, `leaders` who led
    there; `names` how a team is called; `there` are the people of whichever team was at an organisation last."""

    leaders: set[int] = field(default_factory=set)
    team: dict[int, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    there: dict[int, set[int]] = field(default_factory=dict)

    def of_team(self, members: Iterable[Member], tasks: Iterable[Task] = ()) -> list[str]:
        """What a team of these members repeats, with these tasks."""
        members = list(members)
        found = [
            words.led_again(str(one.person))
            for one in members
            if one.part == "leader" and one.person_id in self.leaders
        ]
        orgs = {task.org_id: task.org for task in tasks}
        for org in orgs.values():
            found += self.at(org.pk, org.shown, members)
        groups: dict[int, list[str]] = defaultdict(list)
        for one in members:
            if one.person_id in self.team:
                groups[self.team[one.person_id]].append(str(one.person))
        found += [
            words.together_again(names, self.names[team_id])
            for team_id, names in sorted(groups.items())
            if len(names) > 1
        ]
        return found

    def at(self, org_id: int, org: str, members: Iterable[Member]) -> list[str]:
        """Who of them was at this organisation the last time."""
        there = self.there.get(org_id, set())
        again = [str(one.person) for one in members if one.person_id in there]
        return [words.there_again("、".join(again), org)] if again else []

    def of_candidate(self, person_id: int, members: Iterable[Member]) -> list[str]:
        """What is repeated when this person joins these members."""
        found = [words.LED_BEFORE] if person_id in self.leaders else []
        own = self.team.get(person_id)
        again = [
            str(one.person) for one in members if own is not None and self.team.get(one.person_id) == own
        ]
        return [*found, words.with_again(again)] if again else found


def before(round: Round, org_ids: Iterable[int] = ()) -> Before:
    """Two queries, however many."""
    found = Before(there=_there(round, set(org_ids)))
    stayed = Member.objects.filter(
        removed_at=None, round__starts_on__lt=round.starts_on, authorised_at__isnull=False
    ).exclude(round__state=states.CANCELLED).select_related("team", "round")  # fmt: skip
    for one in stayed.order_by("round__starts_on", "pk"):
        found.team[one.person_id] = one.team_id
        found.names[one.team_id] = f"{one.round}{one.team}"
        (found.leaders.add if one.part == "leader" else found.leaders.discard)(one.person_id)
    return found


def _there(round: Round, org_ids: set[int]) -> dict[int, set[int]]:
    rows = TeamTask.objects.filter(
        task__org_id__in=org_ids, task__entered_on__isnull=False, team__members__removed_at=None
    ).exclude(task__round=round)
    last: dict[int, tuple[int, set[int]]] = {}
    for org_id, round_id, person_id in rows.order_by("task__entered_on", "task_id").values_list(
        "task__org_id", "task__round", "team__members__person"
    ):
        if last.get(org_id, (None,))[0] != round_id:
            last[org_id] = (round_id, set())
        last[org_id][1].add(person_id)
    return {org_id: people for org_id, (_, people) in last.items()}
