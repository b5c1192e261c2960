"""Which earlier tasks a look-back may look at, and which of their problems are in the pool."""

from __future__ import annotations

from django.db.models import QuerySet

from bihuan.areas.inspection.models import Finding, Task
from bihuan.problems import states as loop
from bihuan.problems.models import Problem


def earlier_of(task: Task) -> QuerySet[Task]:
    """Tasks at the same organisation that were left before this one began."""
    rows = Task.objects.entered().filter(org=task.org_id, left_on__isnull=False).exclude(pk=task.pk)
    return rows.filter(left_on__lte=task.entered_on or task.from_day).order_by("-left_on", "-pk")


def pool_of(earlier: Task) -> QuerySet[Problem]:
    """Closed by somebody who verified it, and not looked at since."""
    found = Finding.objects.filter(task=earlier).values("problem")
    return Problem.objects.filter(pk__in=found, closure=loop.CLOSED, closed_by__isnull=False).order_by(
        "number"
    )
