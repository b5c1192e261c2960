"""Publish the working rules as a matrix: duties × bodies, with source and certainty for every duty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from bihuan.areas.joint import words
from bihuan.areas.joint.models import Matrix
from bihuan.areas.joint.policies import may_plan
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def publish_matrix(
    *, title: str, from_day: date, duties: Sequence[dict[str, Any]], by: Actor, at: datetime
) -> Matrix:
    """The next version. Raises Invalid with the first duty that is incomplete."""
    insist(may_plan(by))
    if not title.strip():
        raise Invalid("没有写依据文件", "如：巡察工作领导小组工作规则", field="title")
    _check(duties)
    last = Matrix.objects.aggregate(most=Max("number"))["most"] or 0
    try:
        with transaction.atomic():
            made = Matrix.objects.create(
                number=last + 1, title=title.strip(), from_day=from_day, duties=list(duties), published_at=at,
                published_by_id=by.person_id,
            )  # fmt: skip
    except IntegrityError:
        raise Stale("刚有人发布了新版本") from None
    append(
        stream=f"joint-matrix:{made.pk}", seq=1, kind="joint.matrix_published", by=by, at=at,
        data={"matrix": made.number, "duties": len(made.duties), "from": from_day.isoformat()},
    )  # fmt: skip
    return made


def _check(duties: Sequence[dict[str, Any]]) -> None:
    if not duties:
        raise Invalid("一条职责也没有", "每行写一条", field="duties")
    bodies, parts, certainty = (dict(known) for known in (words.BODIES, words.PARTS, words.CERTAINTY))
    for number, duty in enumerate(duties, 1):
        where = f"第 {number} 条"
        if not duty.get("stage") or not duty.get("title") or not duty.get("source"):
            raise Invalid(f"{where}缺阶段、职责或来源", "补全再发布", field="duties")
        if duty.get("certainty") not in certainty:
            raise Invalid(f"{where}的可信度不对", "写 H、M 或 L", field="duties")
        given = duty.get("parts") or {}
        if not given or set(given) - set(bodies) or set(given.values()) - set(parts):
            raise Invalid(f"{where}没有写谁做什么，或写了七类以外的", "如：巡察办=牵头", field="duties")
