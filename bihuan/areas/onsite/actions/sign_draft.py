"""The leader's signature: from here on a draft may be cited in a report, and never changes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Draft
from bihuan.areas.onsite.policies import draft_verdict
from bihuan.areas.onsite.reads.team import team_members
from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.record.closed import fingerprint


@transaction.atomic
def sign_draft(*, draft: Draft, standing: Standing, by: Actor, at: datetime) -> Draft:
    """The event keeps a fingerprint of what was signed. A new edition, once signed, replaces the one it corrects in the same moment."""
    may = draft_verdict("sign", draft, standing, team_members(draft.task))
    changes = {"signed_by_id": by.person_id, "signed_at": at}
    data = {"edition": draft.edition, "fingerprint": fingerprint(draft) if may else ""}
    advance(states.DRAFT["sign"], draft, may, by=by, at=at, changes=changes, data=data)
    before = Draft.objects.filter(
        task_id=draft.task_id, number=draft.number, edition=draft.edition - 1, state=states.SIGNED
    ).first()
    if before is not None:
        advance(states.DRAFT["replace"], before, Verdict.yes(), by=by, at=at, data={"edition": draft.edition})
    return draft
