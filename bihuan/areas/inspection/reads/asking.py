"""What departments are asked, and whom one may ask. Lists of the field come as data, and then from the house itself:
what a department was asked the last time is what it is asked next."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from django.db.models import Q

from bihuan.areas.inspection.models import Briefing, Round, Task
from bihuan.kernel.refused import Missing
from bihuan.org.models import Unit
from bihuan.org.reads import rule_of

from .recusal import paths_of

#: where the rule pack of the round is silent
UNSAID_DAYS = 7
DUE = "briefing.due"


@cache
def _data() -> dict[str, Any]:
    text = resources.files("bihuan.areas.inspection").joinpath("data/before.json").read_text("utf-8")
    return json.loads(text)


def grades() -> tuple[str, ...]:
    """等次 of an appraisal, the best first."""
    return tuple(_data()["grades"])


def usual_items(unit: Unit) -> list[str]:
    """What the field asks of a department like this, by the words in its name or its industry."""
    name = f"{unit.name}{unit.short_name}{unit.industry}"
    for row in _data()["briefing"]:
        if not row["named"] or any(word in name for word in row["named"]):
            return list(row["items"])
    return []


def items_for(units: Iterable[Unit]) -> dict[int, list[str]]:
    """Unit id -> what to ask it: what it was asked last, else what the field asks. One query."""
    found = {unit.pk: usual_items(unit) for unit in units}
    rows = Briefing.objects.filter(unit_id__in=found).order_by("asked_at", "pk")
    for unit_id, items in rows.values_list("unit_id", "items"):
        found[unit_id] = items
    return found


def departments_for(task: Task, day: date) -> list[Unit]:
    """Departments that may be asked about this organisation: open, not asked yet, none of its own. Two queries."""
    own = Q(pk__in=())
    for path in paths_of([task.org_id]).get(task.org_id, ()):
        own |= Q(path__startswith=path)
    asked = Briefing.objects.filter(task=task).values("unit")
    rows = Unit.objects.open_on(day).filter(kind=Unit.Kind.DEPARTMENT).exclude(pk__in=asked).exclude(own)
    return list(rows.order_by("depth", "order", "pk"))


def days_to_answer(round: Round) -> int:
    try:
        return int(rule_of(round.rule_pack, DUE).value)
    except Missing:
        return UNSAID_DAYS
