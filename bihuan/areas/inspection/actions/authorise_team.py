"""Write down the decision that authorises the members of a team."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.models import Member, RecusalCase, Team
from bihuan.areas.inspection.policies import may_authorise
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append

from .check_recusal import check_recusal


def authorise_team(*, team: Team, document: str, until: date | None = None, by: Actor, at: datetime) -> int:
    """All members that have none yet, for this round alone (一次一授权), to the day `until` or, without one, until the
    round is archived; returns how many. The ties are looked for once
    more: a post may have changed since the member was listed."""
    check_recusal(round=team.round, at=at)  # kept even when this is then refused: somebody must decide it
    return _authorise(team, document.strip(), until, by, at)


@transaction.atomic
def _authorise(team: Team, document: str, until: date | None, by: Actor, at: datetime) -> int:
    if not document:
        raise Refused("要写授权决定的文号", "如：晋岭巡组〔2026〕3 号", field="document")
    if until is not None and until < team.round.starts_on:
        raise Refused("授权到期早于本轮开始", "改授权期限", field="until")
    members = list(Member.objects.standing().filter(team=team).select_related("person").order_by("pk"))
    blocking = list(RecusalCase.objects.blocking().filter(member__in=members).select_related("person"))
    insist(may_authorise(team, members, blocking, by))
    values = {
        "authorised_at": at, "authorised_by_id": by.person_id, "authority": document, "authorised_until": until,
    }  # fmt: skip
    fresh = [member.pk for member in members if member.authorised_at is None]
    # plain columns of the row itself: through a join PostgreSQL would look at them as they were before it waited
    done = Member.objects.filter(pk__in=fresh, removed_at=None, authorised_at=None)
    if done.update(**values) != len(fresh):
        raise Stale()
    append(
        stream=team.round.stream, kind="inspection.authorised", by=by, at=at, subject=str(team.round),
        data={
            "round_code": team.round.code, "team": team.number, "authority": document,
            "present": sorted(member.person_id for member in members if member.pk in set(fresh)),
        },
    )  # fmt: skip
    return len(fresh)
