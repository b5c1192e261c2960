"""Take back what has not been read yet: the owner or the date changed, the line would only mislead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bihuan.notify.models import Line


def unsay(*, people: Iterable[int], prefix: str, up_to: datetime | None = None) -> int:
    """Withdraw unread lines of these people whose key begins with `prefix`; returns how many went.

    With `up_to`, only what was said until then. What was read stays: it was said. End the prefix with the
    separator, or problem 17 takes 170 along.
    """
    if not prefix:
        raise ValueError("an empty prefix would take everything back")
    lines = Line.objects.unread().filter(person_id__in=set(people), key__startswith=prefix)
    if up_to is not None:
        lines = lines.filter(said_on__lte=up_to)
    gone, _ = lines.delete()
    return gone
