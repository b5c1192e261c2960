"""归档: the round is over, and with it what its teams may read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.actions.archive_round import archive_round
from bihuan.areas.inspection.models import Round
from bihuan.areas.outcome.policies.archiving import archive_gates, may_archive
from bihuan.areas.outcome.reads.archiving import behind_of
from bihuan.kernel.actor import Actor
from bihuan.org.policies import insist


@transaction.atomic
def archive(*, round: Round, by: Actor, at: datetime) -> Round:
    """Not before every gate is open: `archive_gates`."""
    insist(may_archive(round, archive_gates(behind_of(round)), by))
    return archive_round(round=round, by=by, at=at)
