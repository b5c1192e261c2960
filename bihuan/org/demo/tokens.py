"""Who has let which program in, in the demo group: a system that reads, one that registers, a phone's calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bihuan.kernel.actor import SYSTEM
from bihuan.org.actions.open_token import open_token
from bihuan.org.models import Grant

#: (role of its person, purpose, scope, days it is good for)
_TOKENS = (
    ("safety_officer", "生产管理系统取台账", "read", 300),
    ("safety_officer", "手机日历", "calendar", 360),
    ("unit_liaison", "设备点检系统登记问题", "raise", 90),
)


def open_tokens(*, today: date, at: datetime) -> None:
    """Nobody knows their secrets: they show the pages, not a way in."""
    for role, name, scope, days in _TOKENS:
        held = Grant.objects.standing(today).filter(role=role, person__account__is_active=True)
        grant = held.select_related("person").order_by("id").first()
        if grant is None:
            continue
        open_token(
            person=grant.person,
            name=name,
            scope=scope,
            expires_on=today + timedelta(days=days),
            by=SYSTEM,
            at=at,
        )
