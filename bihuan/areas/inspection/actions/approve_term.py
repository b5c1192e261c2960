"""Write down that the committee approved a five-year plan."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.inspection.models import Term
from bihuan.areas.inspection.policies import may_approve_term
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def approve_term(*, term: Term, on: date, document: str, by: Actor, at: datetime) -> Term:
    """`on` is the day of the meeting, `document` its minutes. Not by whoever drew it up."""
    insist(may_approve_term(term, by))
    if on > local_day(at):
        raise Refused("会议日期在今天以后", "开过会再记", field="on")
    said = {
        "approved_on": on,
        "approved_at": at,
        "approved_by_id": by.person_id,
        "document": document.strip(),
    }
    if not Term.objects.filter(pk=term.pk, approved_at=None).update(**said):
        raise Stale()
    term.refresh_from_db()
    append(
        stream=term.stream,
        kind="inspection.term_approved",
        by=by,
        at=at,
        subject=term.title,
        data={"held_on": on.isoformat(), "meeting": document.strip()},
    )
    return term
