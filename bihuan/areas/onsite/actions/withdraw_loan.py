"""The team does not need a document any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Loan
from bihuan.areas.onsite.policies.daily import loan_verdict
from bihuan.kernel.actor import Actor


@transaction.atomic
def withdraw_loan(*, loan: Loan, standing: Standing, by: Actor, at: datetime) -> Loan:
    """Before it came; the liaison no longer sees it on their list."""
    advance(states.LOAN["withdraw"], loan, loan_verdict("withdraw", loan, standing), by=by, at=at)
    return loan
