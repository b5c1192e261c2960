"""Change the record of a talk before it is signed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Talk
from bihuan.areas.onsite.policies import may_amend_talk
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import shut

from .hold_talk import WORDS


@transaction.atomic
def amend_talk(*, talk: Talk, said: Mapping[str, str], standing: Standing, by: Actor, at: datetime) -> Talk:
    """The words of it anew; day and inspectors stay."""
    insist(may_amend_talk(talk, standing))
    for key, label in (("who", "和谁谈"), ("record", "谈话记录")):
        if not str(said.get(key, "")).strip():
            raise Refused(f"要写{label}", "补上再存", field=key)
    shut(talk, {key: str(said.get(key, "")).strip() for key in WORDS})
    mine = Talk.objects.filter(pk=talk.pk, signed_at=None, version=talk.version)
    if not mine.update(sealed=talk.sealed, version=talk.version + 1):
        raise Stale()
    talk.version += 1
    append(
        stream=talk.stream, kind="onsite.talk_amended", by=by, at=at, subject=str(talk),
        data={"task": talk.task_id},
    )  # fmt: skip
    return talk
