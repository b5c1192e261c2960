"""Mark a person's own lines as read."""

from __future__ import annotations

from datetime import datetime

from bihuan.kernel.actor import Actor
from bihuan.notify.models import Line


def mark_read(*, by: Actor, at: datetime, up_to: int | None = None, only: int | None = None) -> int:
    """All unread lines of the actor, those up to the line id the person has seen, or `only` this one."""
    lines = Line.objects.of(by.person_id).unread()
    if by.person_id is None:
        return 0
    if only is not None:
        lines = lines.filter(pk=only)
    if up_to is not None:
        lines = lines.filter(pk__lte=up_to)
    return lines.update(read_on=at)
