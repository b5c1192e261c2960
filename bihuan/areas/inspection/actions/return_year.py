"""Send a reviewed year plan back to be drawn up again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.advance import advance_year
from bihuan.areas.inspection.models import YearPlan
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused


@transaction.atomic
def return_year(*, plan: YearPlan, text: str, by: Actor, at: datetime) -> YearPlan:
    """退回重编, with what is to be changed."""
    if not text.strip():
        raise Refused("退回要写意见", "写明要改什么", field="text")
    changes = {"reviewed_on": None}
    advance_year("return", plan, by=by, at=at, changes=changes, data={"text": text.strip()})
    return plan
