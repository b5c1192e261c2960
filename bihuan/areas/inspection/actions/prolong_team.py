"""Prolong the authority of a team: a report may take longer than was thought."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.models import Member, Team
from bihuan.areas.inspection.policies import may_prolong
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def prolong_team(*, team: Team, until: date, by: Actor, at: datetime) -> int:
    """For all authorised members, whether or not their term has ended; returns how many."""
    members = Member.objects.filter(team=team, removed_at=None, authorised_at__isnull=False)
    insist(may_prolong(team, list(members), by))
    if until < local_day(at):
        raise Refused("期限在今天以前", "选今天或以后", field="until")
    done = members.exclude(authorised_until=until).update(authorised_until=until)
    if not done:
        raise Stale("授权已经到这一天", "刷新页面看最新情况")
    append(
        stream=team.round.stream, kind="inspection.prolonged", by=by, at=at, subject=str(team.round),
        data={"round_code": team.round.code, "team": team.number, "until": until.isoformat()},
    )  # fmt: skip
    return done
