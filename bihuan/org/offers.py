"""What this room offers to the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from bihuan.kernel.actor import Actor
from bihuan.record.statements import Statement, count_of, number_by
from bihuan.registry.contract import Nav, Offer, Tick

from .actions.reseal import reseal
from .actions.tidy import tidy
from .demo.group import build
from .reads.naming import people_named, units_named, units_within
from .words import DATA_WORDS, EVENT_WORDS

_PLACES = (
    ("我的资料", "/me/", "user"),
    ("登录验证", "/me/second/", "shield-check"),
    ("修改密码", "/password/", "key"),
    ("访问令牌", "/tokens/", "link"),
)


def _waiting(actor: Actor, at: datetime) -> int | None:
    """Hand-overs this person must settle: the small number beside 组织."""
    return number_by(_counted(actor)) or None


@lru_cache(maxsize=1024)
def _counted(actor: Actor) -> Statement | None:
    """Stands on every page: its words are put together once for each set of grants."""
    from .reads import pending_hand_overs

    return count_of(pending_hand_overs(actor).order_by().values("pk"))


def _frame(actor: Actor, at: datetime) -> Mapping[str, Any]:
    from .models import Unit

    root = Unit.objects.filter(parent=None).only("name", "short_name").first()
    told: dict[str, Any] = {"group_name": root.shown if root else ""}
    if actor.is_person:
        told["signout_url"] = "/signout/"
        told["hat_url"] = "/me/hat/"
        told["person_menu"] = [{"label": label, "url": url, "icon": icon} for label, url, icon in _PLACES]
    return told


OFFER = Offer(
    code="org",
    title="组织",
    order=20,
    nav=(
        Nav("组织", "/org/", "sitemap", section="base", order=80, count=_waiting),
        Nav("设置", "/settings/", "settings", section="base", order=90),
    ),
    urls="bihuan.org.urls",
    api="bihuan.org.api",
    frame=_frame,
    demo=build,
    names=people_named,
    unit_names=units_named,
    units_within=units_within,
    event_words=EVENT_WORDS,
    data_words=DATA_WORDS,
    reseal=reseal,
    ticks=(Tick("org.tidy", "清理过期的登录", "45 3 * * *", lambda at: tidy(at=at)),),
)
