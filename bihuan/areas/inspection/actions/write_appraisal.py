"""Write what is to be said of somebody who was lent."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.inspection.models import Appraisal, Secondment
from bihuan.areas.inspection.policies import may_appraise
from bihuan.areas.inspection.reads.asking import grades
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import shut

LONGEST = 3000


@transaction.atomic
def write_appraisal(*, secondment: Secondment, grade: str, text: str, by: Actor, at: datetime) -> Appraisal:
    """鉴定. It may be written anew until it is sent; the words are sealed, the event has neither them nor the grade."""
    insist(may_appraise(secondment, by))
    words = text.strip()
    if grade not in grades():
        raise Refused("没有这个等次", "、".join(grades()), field="grade")
    if not words or len(words) > LONGEST:
        raise Refused("要写鉴定意见", f"不超过 {LONGEST} 字", field="text")
    made = Appraisal.objects.filter(secondment=secondment).first()
    fresh = made is None
    made = made or Appraisal(secondment=secondment, person_id=secondment.person_id)
    made.grade, made.written_at, made.written_by_id = grade, at, by.person_id
    shut(made, {"text": words})
    if fresh:
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:  # the leader and the office at once
            raise Stale() from None
    else:
        said = {name: getattr(made, name) for name in ("grade", "sealed", "written_at", "written_by_id")}
        if not Appraisal.objects.filter(pk=made.pk, sent_at=None).update(**said):
            raise Stale()
    append(
        stream=secondment.stream, kind="inspection.appraised", by=by, at=at, subject=str(secondment.round),
        data={"round_code": secondment.round.code, "person": secondment.person_id},
    )  # fmt: skip
    return made
