"""The liaison of the organisation answers for one document: where it waits, or that there is none."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite import states
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Loan
from bihuan.areas.onsite.policies.daily import may_answer_loan
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused


@transaction.atomic
def answer_loan(*, loan: Loan, answer: str, by: Actor, at: datetime) -> Loan:
    may = may_answer_loan(loan, by)
    if may and not answer.strip():
        raise Refused("要写答复", "如：已备齐，在党委工作部；没有的写明原因", field="answer")
    changes = {"answer": answer.strip(), "answered_at": at, "answered_by_id": by.person_id}
    advance(states.LOAN["answer"], loan, may, by=by, at=at, changes=changes)
    return loan
