"""A person stands for a value that rests on local practice or memory."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.models import PackVersion, RuleConfirmation
from bihuan.org.policies import insist, may_manage_rules
from bihuan.org.reads import rule_of
from bihuan.record.actions.append import append

#: certainties that need somebody to answer for them
DOUBTFUL = ("L", "memory", "M")


@transaction.atomic
def confirm_rule(*, version: PackVersion, key: str, note: str, by: Actor, at: datetime) -> RuleConfirmation:
    """`note` names the paper or meeting it rests on. The value itself is not changed: that is a new version."""
    insist(may_manage_rules(by))
    value = rule_of(version, key)
    if value.certainty not in DOUBTFUL:
        raise Refused(f"“{value.label}”有原文，不用确认", "")
    if not note.strip():
        raise Invalid("没有写依据", "写上文件、会议或负责人的意见", field="note")
    try:
        with transaction.atomic():
            made = RuleConfirmation.objects.create(
                version=version, key=key, note=note.strip(), confirmed_at=at, confirmed_by_id=by.person_id
            )
    except IntegrityError:
        raise Refused(f"“{value.label}”已经确认过", "") from None
    append(
        stream=f"rules:{version.pack}",
        kind="rules.confirmed",
        by=by,
        at=at,
        data={"version": version.version, "key": key, "note": note.strip()},
    )
    return made
