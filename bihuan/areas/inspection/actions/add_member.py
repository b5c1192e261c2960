"""Put a person into a team."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.inspection.models import Member, Team
from bihuan.areas.inspection.policies import may_compose
from bihuan.areas.inspection.words import MODULES, PARTS
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Person
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .check_recusal import check_recusal


@transaction.atomic
def add_member(*, team: Team, person: Person, part: str, by: Actor, at: datetime, module: str = "") -> Member:
    """One leader a team, one team a person in a round. What ties the person to an organisation of the team is found
    at once and stands on the page; it does not keep anybody from being listed, only from being authorised."""
    insist(may_compose(team.round, by))
    if part not in dict(PARTS) or (module and module not in dict(MODULES)):
        raise Refused("没有这种职责", "、".join(label for _, label in PARTS), field="part")
    if person.left_on is not None and person.left_on <= local_day(at):
        raise Refused(f"{person}已经离开", "选在职的人", field="person")
    standing = Member.objects.standing().filter(round=team.round_id)
    if (other := standing.filter(person=person).select_related("team").first()) is not None:
        raise Refused(f"{person}已在{other.team}", "一轮里一个人只在一个组", field="person")
    if part == "leader" and standing.filter(team=team, part="leader").exists():
        raise Refused(f"{team}已有组长", "先换下原来的组长", field="part")
    try:
        with transaction.atomic():
            made = Member.objects.create(
                team=team, round_id=team.round_id, person=person, part=part, module=module, added_at=at,
                added_by_id=by.person_id,
            )  # fmt: skip
    except IntegrityError:  # the same person or another leader, a moment before
        raise Stale() from None
    append(
        stream=team.round.stream, kind="inspection.member_added", by=by, at=at, subject=str(team.round),
        data={"round_code": team.round.code, "team": team.number, "person": person.pk, "part": part},
    )  # fmt: skip
    check_recusal(round=team.round, at=at)
    return made
