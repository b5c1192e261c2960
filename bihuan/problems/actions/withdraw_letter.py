"""撤回函件: the supervising side takes a letter back, with a reason; its step stays taken."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused, Stale
from bihuan.problems.models import Letter
from bihuan.problems.policies.letters import may_withdraw

from .end_letters import end_letter


@transaction.atomic
def withdraw_letter(*, letter: Letter, reason: str, by: Actor, at: datetime) -> Letter:
    """End it by hand. The series for this deadline stops here: no further step follows a withdrawn one."""
    if not reason.strip():
        raise Invalid("没有写撤回的原因", "写清为什么不发或收回", field="reason")
    may = may_withdraw(letter, by)
    if not may:
        raise Refused(may.reason, may.todo)
    if not end_letter(letter=letter, why=Letter.Ended.WITHDRAWN, reason=reason.strip(), by=by, at=at):
        raise Stale()
    return Letter.objects.for_page().get(pk=letter.pk)
