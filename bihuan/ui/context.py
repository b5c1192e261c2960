"""The frame around every page: navigation from the shelf, and what the rooms add (bell, group, menus)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import resolve
from django.utils.functional import SimpleLazyObject

from bihuan.kernel.actor import NOBODY, Actor
from bihuan.registry import shelf
from bihuan.registry.contract import SECTIONS, Nav

#: keys whose lists are joined when several rooms give them; any other key may be given by one room only
JOINED = ("person_menu",)

#: a badge has room for three figures; what counts for it need not count further
MOST_COUNTED = 999


def _open_to(actor: Actor, nav: Nav) -> bool:
    codes = nav.needs if isinstance(nav.needs, tuple) else (nav.needs,)
    if actor.guest and not nav.needs:
        return False
    return actor.is_person and (not nav.needs or any(actor.may(code) for code in codes))


def first_place(actor: Actor) -> str:
    """Where somebody begins who has no desk here: the first place that was granted to them, or nowhere."""
    return next((nav.url for nav in shelf.nav() if _open_to(actor, nav)), "")


def _current(items: Iterable[Nav], path: str) -> str:
    """The address of the place where one is: the longest that the path begins with."""
    fitting = [nav.url for nav in items if path == nav.url or (nav.url != "/" and path.startswith(nav.url))]
    return max(fitting, key=len, default="")


def _badge(count: int | None) -> str:
    return "" if not count else str(count) if count <= MOST_COUNTED else f"{MOST_COUNTED}+"


def nav_sections(actor: Actor, at: datetime | None, path: str) -> list[dict[str, Any]]:
    """[{title, items: [{label, url, icon, count, current}]}], only what this person may open."""
    open_places = [nav for nav in shelf.nav() if _open_to(actor, nav)]
    here = _current(open_places, path)
    sections = []
    for code, title in SECTIONS:
        items = [
            {
                "label": nav.label,
                "url": nav.url,
                "icon": nav.icon,
                "count": _badge(nav.count(actor, at)) if nav.count and at else "",
                "current": nav.url == here,
            }
            for nav in open_places
            if nav.section == code
        ]
        if items:
            sections.append(
                {"title": title.strip(), "gap": bool(title) and not title.strip(), "items": items}
            )
    return sections


def offered(actor: Actor, at: datetime) -> dict[str, Any]:
    """What the rooms add to the frame, merged."""
    told: dict[str, Any] = {}
    for offer in shelf.offers():
        added: Mapping[str, Any] = offer.frame(actor, at) if offer.frame else {}
        for key, value in added.items():
            told[key] = [*told.get(key, ()), *value] if key in JOINED else value
    return for_guests(told) if actor.guest else told


def for_guests(told: dict[str, Any]) -> dict[str, Any]:
    """The frame without ways to what is for the people of the house: search, notices, what one reports."""
    kept = {key: value for key, value in told.items() if not key.endswith("_url") or leads_guests(value)}
    menu = [item for item in told.get("person_menu", ()) if leads_guests(item["url"])]
    return kept | {"person_menu": menu, "phone_act": None}


def leads_guests(url: str) -> bool:
    return bool(url) and getattr(resolve(urlsplit(url).path).func, "guests", False)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of every template. Parts of a page get no navigation counted for them: they show none."""
    actor: Actor = getattr(request, "actor", NOBODY)
    at: datetime | None = getattr(request, "at", None)
    drawer = bool(request.headers.get("X-Bihuan-Drawer"))
    told: dict[str, Any] = {
        "actor": actor,
        "at": at,
        "base": "ui/fragment.html" if drawer else "ui/base.html",
        "nav_sections": SimpleLazyObject(lambda: nav_sections(actor, at, request.path)),
    }
    if at and not request.headers.get("HX-Request"):
        told = offered(actor, at) | told
    return told
