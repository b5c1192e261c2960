"""Note a clue: what may be a breach of discipline by somebody, kept apart from drafts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import words
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Clue
from bihuan.areas.onsite.policies import may_note_clue
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.policies import insist

from .write_clue import write_clue


@transaction.atomic
def note_clue(
    *,
    task: Task,
    said: Mapping[str, Any],
    narrow: bool = False,
    standing: Standing,
    by: Actor,
    at: datetime,
) -> Clue:
    """`said` has `write_clue.KEYS` and maybe `parts`: what it came from. `narrow`: it is about the first leader of the organisation;
    from then on whoever noted it does not open it any more."""
    insist(may_note_clue(task, standing))
    if not str(said.get("subject", "")).strip():
        raise Refused("要写反映对象", "写姓名；不清楚就写岗位", field="subject")
    if not str(said.get("summary", "")).strip():
        raise Refused("要写线索内容", "写清时间、地点、什么事、怎么知道的", field="summary")
    if said.get("severity") not in dict(words.SEVERITIES):
        raise Refused("要选严重程度", "在列出的里面选", field="severity")
    assert by.person_id is not None
    return write_clue(task=task, said=said, noted_by=by.person_id, narrow=narrow, by=by, at=at)
