"""The team of a task, and how far its drafts have come."""

from __future__ import annotations

from bihuan.areas.inspection.models import Member, Task, TeamTask


def team_members(task: Task) -> list[Member]:
    """Authorised and standing: the leader first, then deputies, then as they were listed."""
    team = TeamTask.objects.filter(task=task).values("team")
    rank = {"leader": 0, "deputy": 1}
    rows = Member.objects.filter(team__in=team, removed_at=None, authorised_at__isnull=False)
    return sorted(rows.select_related("person").order_by("pk"), key=lambda one: rank.get(one.part, 2))
