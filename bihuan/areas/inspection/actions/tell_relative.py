"""Tell where a relative works."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.inspection.models import Member, Relative
from bihuan.areas.inspection.policies import may_declare
from bihuan.areas.inspection.words import RELATIONS
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Unit
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .check_recusal import check_recusal


@transaction.atomic
def tell_relative(
    *, member: Member, relation: str, unit: Unit, by: Actor, at: datetime, leads: bool = False
) -> Relative:
    """Only by the person themselves. It stays for later rounds until it is withdrawn; no name is asked for. The event
    names neither the relation nor the unit."""
    insist(may_declare(member, by))
    if relation not in dict(RELATIONS):
        raise Refused("没有这种关系", "、".join(label for _, label in RELATIONS), field="relation")
    standing = Relative.objects.standing().filter(person=member.person_id)
    if standing.filter(relation=relation, unit=unit).exists():
        raise Refused("这一条已经报过", "核对列表", field="unit")
    try:
        with transaction.atomic():
            made = Relative.objects.create(
                person_id=member.person_id, relation=relation, unit=unit, leads=leads, told_at=at
            )
    except IntegrityError:  # told twice at the same moment
        raise Stale() from None
    append(
        stream=member.round.stream, kind="inspection.relative_told", by=by, at=at, subject=str(member.round),
        data={"round_code": member.round.code, "person": member.person_id},
    )  # fmt: skip
    check_recusal(round=member.round, at=at)
    return made
