"""Cancel a round before any team has entered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.advance import advance_round
from bihuan.areas.inspection.models import Round
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused


@transaction.atomic
def cancel_round(*, round: Round, text: str, by: Actor, at: datetime) -> Round:
    """Its tasks count for nothing any more; the rows stay."""
    if not text.strip():
        raise Refused("取消要写原因", "写明批准取消的会议或文件", field="text")
    advance_round("cancel", round, by=by, at=at, data={"text": text.strip(), "round_code": round.code})
    return round
