"""The leader confirms that something is a clue, completes it and says what goes with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Clue, Complaint, Talk
from bihuan.areas.onsite.policies import clue_verdict
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.record.closed import opened, shut

from .write_clue import KEYS


@transaction.atomic
def confirm_clue(
    *,
    clue: Clue,
    said: Mapping[str, str],
    parts: Sequence[Talk | Complaint] = (),
    narrow: bool = False,
    standing: Standing,
    by: Actor,
    at: datetime,
) -> Clue:
    """`said` may change any of `write_clue.KEYS`; `parts` of the same task are handed over with it."""
    may = clue_verdict("confirm", clue, standing)
    changes: dict = {"confirmed_by_id": by.person_id, "confirmed_at": at, "narrow": narrow}
    if may:
        if any(one.task_id != clue.task_id for one in parts):
            raise Refused("随附的材料是别的任务的", "选本任务的材料", field="parts")
        kept = {**opened(clue), **{key: str(said[key]).strip() for key in KEYS if key in said}}
        if not kept["subject"] or not kept["summary"]:
            raise Refused("反映对象和内容要写全", "补上再核定", field="subject")
        if kept["severity"] not in dict(words.SEVERITIES):
            raise Refused("要选严重程度", "在列出的里面选", field="severity")
        kept["parts"] = [{"kind": one.DATA.value, "key": str(one.key), "label": str(one)} for one in parts]
        shut(clue, kept)
        changes["sealed"] = clue.sealed
    data = {"narrow": narrow, "parts": len(parts)}
    advance(states.CLUE["confirm"], clue, may, by=by, at=at, changes=changes, data=data)
    return clue
