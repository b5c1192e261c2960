"""Change a draft that is still being written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.areas.inspection.models import Focus
from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Draft
from bihuan.areas.onsite.policies import may_amend_draft
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import shut


@transaction.atomic
def amend_draft(
    *, draft: Draft, focus: Focus, said: Mapping[str, Any], standing: Standing, by: Actor, at: datetime
) -> Draft:
    """The whole of it anew, by who wrote it; `said` as in `write_draft`."""
    insist(may_amend_draft(draft, standing))
    if focus.framework_id != draft.task.framework_id:
        raise Refused("这个重点不在本任务的关注重点里", "选本任务的重点", field="focus")
    if not str(said.get("title", "")).strip():
        raise Refused("要写问题", "一句话写清是什么问题", field="title")
    shut(draft, said)
    values = {"sealed": draft.sealed, "focus": focus, "version": draft.version + 1}
    mine = Draft.objects.filter(pk=draft.pk, state=states.WRITTEN, version=draft.version)
    if not mine.update(**values):
        raise Stale()
    draft.focus, draft.version = focus, draft.version + 1
    append(
        stream=draft.stream, kind="onsite.draft_amended", by=by, at=at, subject=str(draft),
        data={"task": draft.task_id, "focus": focus.pk},
    )  # fmt: skip
    return draft
