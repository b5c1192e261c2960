"""签收: whom the letter is for says that it has come."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.problems.models import Letter
from bihuan.problems.policies.letters import may_sign
from bihuan.record.actions.append import append


@transaction.atomic
def sign_letter(*, letter: Letter, by: Actor, at: datetime, text: str = "") -> Letter:
    """Note who received it and when. Raises Stale when it was signed for or cancelled in the meantime."""
    may = may_sign(letter, by)
    if not may:
        raise Refused(may.reason, may.todo)
    signed = Letter.objects.filter(pk=letter.pk, state=Letter.State.ISSUED).update(
        state=Letter.State.RECEIVED,
        received_at=at,
        received_by_id=by.person_id,
        receipt=text.strip()[:300],
    )
    if not signed:
        raise Stale()
    append(
        stream=letter.stream, kind="letter.received", by=by, at=at, unit_id=letter.unit_id,
        subject=letter.problem.number, data={"letter": letter.number, "text": text.strip()},
    )  # fmt: skip
    return Letter.objects.for_page().get(pk=letter.pk)
