"""Begin a new edition of a signed draft."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Draft
from bihuan.areas.onsite.policies import draft_verdict
from bihuan.areas.onsite.reads.team import team_members
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import opened, shut


@transaction.atomic
def correct_draft(*, draft: Draft, standing: Standing, by: Actor, at: datetime) -> Draft:
    """It starts from what was signed, without opinions and returns; the signed one stands until the new one is signed."""
    insist(draft_verdict("replace", draft, standing, team_members(draft.task)))
    said = {key: value for key, value in opened(draft).items() if key not in ("opinion", "returns")}
    made = Draft(
        task=draft.task, number=draft.number, edition=draft.edition + 1, focus=draft.focus,
        written_by_id=by.person_id, written_at=at,
    )  # fmt: skip
    shut(made, said)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Stale("新版已经有人在写", "刷新页面看最新情况") from None
    data = {"task": draft.task_id, "edition": made.edition}
    append(stream=made.stream, seq=1, kind="onsite.draft_written", by=by, at=at, subject=str(made), data=data)
    return made
