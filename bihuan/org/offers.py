"""What this room offers to the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from bihuan.kernel.actor import Actor
from bihuan.registry.contract import Offer

from .demo.group import build
from .reads.naming import people_named, units_named, units_within
from .words import EVENT_WORDS


def _frame(actor: Actor, at: datetime) -> Mapping[str, Any]:
    from .models import Unit

    root = Unit.objects.filter(parent=None).first()
    told: dict[str, Any] = {"group_name": root.shown if root else ""}
    if actor.is_person:
        told["signout_url"] = reverse("org:signout")
        told["person_menu"] = [{"label": "修改密码", "url": reverse("org:password"), "icon": "key"}]
    return told


OFFER = Offer(
    code="org",
    title="组织",
    order=20,
    urls="bihuan.org.urls",
    frame=_frame,
    demo=build,
    names=people_named,
    unit_names=units_named,
    units_within=units_within,
    event_words=EVENT_WORDS,
)
