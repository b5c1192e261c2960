"""五落实: what a major hazard needs before its plan may be approved."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid
from bihuan.problems.advance import advance
from bihuan.problems.models import Guarantees, Problem

from .join import join

FIELDS = (
    "duty",
    "measures",
    "funds",
    "time_limit",
    "emergency_plan",
    "interim_controls",
    "stops_production",
    "authority_report",
    "congress_report",
)


@transaction.atomic
def record_guarantees(
    *,
    problem: Problem,
    by: Actor,
    at: datetime,
    occurred_at: datetime | None = None,
    **given: str | bool | None,
) -> Guarantees:
    """Keep what is given (see FIELDS), leave the rest as it is. Source: 安全生产法 art. 41."""
    unknown = [name for name in given if name not in FIELDS]
    if unknown:
        raise Invalid(f"五落实里没有“{unknown[0]}”这一项", "按表上的各项填写")
    advance(
        "record_guarantees",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        data={"fields": sorted(name for name, value in given.items() if value not in ("", None))},
    )
    join(problem=problem, person_id=by.person_id, side="rectify")
    kept, _ = Guarantees.objects.update_or_create(problem=problem, defaults=given)
    return kept
