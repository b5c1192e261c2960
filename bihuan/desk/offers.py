"""What the desk offers to the house: the first place in the navigation, search, and the phone's round button."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from bihuan.desk.reads.todo import count_todo
from bihuan.kernel.actor import Actor
from bihuan.registry.contract import Nav, Offer


def frame(actor: Actor, at: datetime) -> Mapping[str, Any]:
    if not actor.is_person:
        return {}
    told: dict[str, Any] = {"search_url": reverse("desk:search"), "help_url": reverse("desk:help")}
    if actor.may("problem.raise"):
        told["phone_act"] = {"label": "随手拍", "url": reverse("problems:new"), "icon": "camera"}
    return told


OFFER = Offer(
    code="desk",
    title="工作台",
    order=5,
    nav=(Nav("工作台", "/", "layout-rows", order=1, count=count_todo),),
    urls="bihuan.desk.urls",
    frame=frame,
)
