"""Give documents back, or destroy copies with the organisation looking on: several at once, or none of them."""

from __future__ import annotations

from collections.abc import Sequence
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
def return_loans(
    *, loans: Sequence[Loan], ending: str, taker: str, standing: Standing, by: Actor, at: datetime
) -> list[Loan]:
    """`taker`: who took them back, or looked on. Originals go back and are never destroyed."""
    if not loans:
        raise Refused("一件也没有选", "先勾要退还的资料", field="loans")
    if not taker.strip():
        raise Refused("要写退给谁", "写对方接收或监销的人", field="taker")
    originals = [str(loan) for loan in loans if loan.form == "original"]
    if ending == "destroyed" and originals:
        raise Refused(f"{'、'.join(originals)}是原件，不能销毁", "原件要退还", field="ending")
    changes = {
        "ending": ending, "taker": taker.strip(), "returned_at": at, "returned_by_id": by.person_id,
    }  # fmt: skip
    for loan in sorted(loans, key=lambda one: one.pk):
        may = loan_verdict("return", loan, standing)
        advance(states.LOAN["return"], loan, may, by=by, at=at, changes=changes, data={"copies": loan.copies})
    return list(loans)
