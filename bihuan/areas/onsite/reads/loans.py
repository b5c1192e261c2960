"""What a team still has of the organisation's papers."""

from __future__ import annotations

from django.db.models import QuerySet

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import states
from bihuan.areas.onsite.models import Loan


def open_loans(task: Task) -> QuerySet[Loan]:
    """Received and neither returned nor destroyed. A task with any of these is not archived (巡后清退)."""
    return Loan.objects.filter(task=task, state=states.HELD)
