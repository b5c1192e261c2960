"""Slow down one place that sends without end, and forget it."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.reads import current_pack, rule_of

from .give_opinion import PACK

#: so many drawers for all addresses of the world: whose a drawer is cannot be said, not even by whoever has the key
DRAWERS = 1 << 16


def count_sender(*, address: str, at: datetime) -> None:
    """Raises Refused with how long to wait. The address itself is neither kept nor logged: it picks a drawer, by a key
    that is not in the database, and the drawer is empty after the window of the rule pack."""
    pack = current_pack(PACK, local_day(at))
    most, minutes = (int(rule_of(pack, key).value) for key in ("opinion.most", "opinion.window"))
    slot = int(at.timestamp()) // (minutes * 60)
    drawer = int(salted_hmac(__name__, f"{address} {slot}").hexdigest()[:8], 16) % DRAWERS
    place = f"public-opinion:{slot}:{drawer}"
    sent = (cache.get(place) or 0) + 1
    if sent > most:
        raise Refused("从您这里来的意见一下子太多了", f"{minutes} 分钟后再提，或打公布的电话")
    cache.set(place, sent, minutes * 60)
