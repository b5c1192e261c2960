"""Write down that a document came: by whom, as what, how many, where it is kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Loan
from bihuan.areas.onsite.policies.daily import loan_verdict
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused


@transaction.atomic
def receive_loan(
    *,
    loan: Loan,
    provider: str,
    form: str,
    copies: int,
    place: str,
    standing: Standing,
    by: Actor,
    at: datetime,
) -> Loan:
    """From here on it is in the team's hands, until it is returned."""
    if not provider.strip():
        raise Refused("要写提供人", "写交资料的人的姓名", field="provider")
    if copies < 1:
        raise Refused("份数至少是 1", "写收到几份", field="copies")
    if not place.strip():
        raise Refused("要写存放处", "如：驻地 2 号柜", field="place")
    changes = {
        "provider": provider.strip(), "form": form, "copies": copies, "place": place.strip(),
        "received_at": at, "received_by_id": by.person_id,
    }  # fmt: skip
    may, data = loan_verdict("receive", loan, standing), {"copies": copies, "form": form}
    advance(states.LOAN["receive"], loan, may, by=by, at=at, changes=changes, data=data)
    return loan
