"""Close a round for good: from here on no member of its teams reads anything of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.advance import advance_round
from bihuan.areas.inspection.models import Round
from bihuan.kernel.actor import Actor


@transaction.atomic
def archive_round(*, round: Round, by: Actor, at: datetime) -> Round:
    """What must be there first, the room that knows the papers asks (`outcome.actions.archive`)."""
    advance_round("archive", round, by=by, at=at, data={"round_code": round.code})
    return round
