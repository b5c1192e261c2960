"""Write down the mobilisation of a round: whose authorisation was announced there, whose declaration collected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.models import Member, Mobilisation, Round, Team
from bihuan.areas.inspection.policies import may_mobilise
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def mobilise(
    *, round: Round, held_on: date, place: str, announced: Iterable[Team], present: Iterable[Person],
    collected: Iterable[Member], by: Actor, at: datetime,
) -> Mobilisation:  # fmt: skip
    """动员部署会, with 授权任职宣布. Only what was decided can be announced: a team with a member who is not authorised
    waits for a later one. A paper that was collected replaces nobody's own declaration."""
    insist(may_mobilise(round, by))
    teams, people, papers = list(announced), list(present), list(collected)
    if held_on > local_day(at):
        raise Refused("会议日期在今天以后", "开过会再记", field="held_on")
    if not place.strip() or not people:
        raise Refused("要写地点和到会的人", "补上再存", field="present")
    members = list(Member.objects.standing().filter(round=round).select_related("team"))
    _check(teams, papers, members, held_on)
    made = Mobilisation.objects.create(
        round=round, held_on=held_on, place=place.strip(), noted_at=at, noted_by_id=by.person_id
    )
    made.announced.set(teams)
    made.present.set(people)
    made.collected.set(papers)
    append(
        stream=round.stream, kind="inspection.mobilised", by=by, at=at, subject=str(round),
        data={
            "round_code": round.code, "held_on": held_on.isoformat(),
            "teams": sorted(team.number for team in teams), "present": sorted(person.pk for person in people),
            "number_collected": len(papers),
        },
    )  # fmt: skip
    return made


def _check(teams: list[Team], papers: list[Member], members: list[Member], held_on: date) -> None:
    for team in teams:
        own = [member for member in members if member.team_id == team.pk]
        if not own or any(member.authorised_at is None for member in own):
            raise Refused(f"{team}还有人没有授权", "先由领导小组授权，或下一次会上再宣布", field="announced")
        if any(member.authorised_at and local_day(member.authorised_at) > held_on for member in own):
            raise Refused(f"{team}授权在会后", "核对会议日期，或下一次会上再宣布", field="announced")
    standing = {member.pk for member in members}
    if any(member.pk not in standing for member in papers):
        raise Refused("有的人已经不在本轮", "刷新页面再记", field="collected")
