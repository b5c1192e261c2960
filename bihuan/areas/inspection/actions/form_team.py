"""Form the next team of a round."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from bihuan.areas.inspection.models import Round, Team
from bihuan.areas.inspection.policies import may_compose
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def form_team(*, round: Round, by: Actor, at: datetime) -> Team:
    """It gets the next number of its round, and members and tasks afterwards."""
    insist(may_compose(round, by))
    last = round.teams.aggregate(most=Max("number"))["most"] or 0
    try:
        with transaction.atomic():
            made = Team.objects.create(round=round, number=last + 1, made_at=at, made_by_id=by.person_id)
    except IntegrityError:  # the same number, a moment before
        raise Stale() from None
    append(
        stream=round.stream, kind="inspection.team_formed", by=by, at=at, subject=str(round),
        data={"round_code": round.code, "team": made.number},
    )  # fmt: skip
    return made
