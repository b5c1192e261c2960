"""Enter holidays and make-up days, one or a whole year's notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid
from bihuan.org.models import SpecialDay
from bihuan.org.policies import insist, may_manage_rules
from bihuan.record.actions.append import append


@dataclass(frozen=True, slots=True)
class SpecialDayRow:
    day: date
    kind: str
    name: str = ""


@transaction.atomic
def set_special_days(*, rows: Sequence[SpecialDayRow], source: str, by: Actor, at: datetime) -> int:
    """A day that is there is replaced: a later notice counts. Returns how many were written."""
    insist(may_manage_rules(by))
    if not source.strip():
        raise Invalid("没有写来源", "写上通知的名称和文号", field="source")
    if not rows:
        raise Invalid("一天也没有读出来", "每行写：日期 放假或上班 名称", field="rows")
    for row in rows:
        SpecialDay.objects.update_or_create(
            day=row.day, defaults={"kind": row.kind, "name": row.name, "source": source.strip()}
        )
    append(
        stream="rules:calendar",
        kind="rules.days_set",
        by=by,
        at=at,
        data={"days": [[row.day.isoformat(), row.kind] for row in rows], "source": source.strip()},
    )
    return len(rows)
