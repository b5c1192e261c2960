"""The shelf: every installed room's offer, found once at start-up and loud when one is missing.

The registry imports `<app>.area.AREA` itself, because an AppConfig that Django silently ignores would
otherwise make an area vanish without a word.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from bihuan.kernel.actor import Actor

from .contract import Area, Fact, JobKind, Nav, Offer, Source, Tick
from .lines import DueLine
from .papers import PaperKind

ROOMS = "bihuan."
AREAS = "bihuan.areas."


def load_area(app: str) -> Area:
    """The AREA of one installed area; raises ImproperlyConfigured with what to do when there is none."""
    if find_spec(f"{app}.area") is None:
        raise ImproperlyConfigured(
            f"业务区 {app} 已列入 INSTALLED_APPS，但没有 area.py。"
            f"请补上 {app}/area.py 并在其中写 AREA = Area(...)，或把它从 INSTALLED_APPS 里去掉。"
        )
    area = getattr(import_module(f"{app}.area"), "AREA", None)
    if not isinstance(area, Area):
        raise ImproperlyConfigured(f"{app}/area.py 里没有 AREA = Area(...)，请照其他业务区补上。")
    folder = app.rsplit(".", 1)[1]
    if area.code != folder:
        raise ImproperlyConfigured(f"{app}/area.py 的 code 是“{area.code}”，应与文件夹名“{folder}”相同。")
    return area


def _load_offer(app: str) -> Offer | None:
    if find_spec(f"{app}.offers") is None:
        return None
    offer = getattr(import_module(f"{app}.offers"), "OFFER", None)
    if not isinstance(offer, Offer):
        raise ImproperlyConfigured(f"{app}/offers.py 里没有 OFFER = Offer(...)。")
    return offer


@cache
def offers() -> tuple[Offer, ...]:
    """All offers, areas included, in their order. Raises ImproperlyConfigured when one is broken."""
    found: list[Offer] = []
    for config in apps.get_app_configs():
        if config.name.startswith(AREAS):
            found.append(load_area(config.name))
        elif config.name.startswith(ROOMS) and (offer := _load_offer(config.name)):
            found.append(offer)
    _no_twins("source", [s.code for o in found if isinstance(o, Area) for s in o.all_sources])
    _no_twins("fact", [f.code for o in found for f in o.facts])
    _no_twins("job", [j.code for o in found for j in o.jobs])
    _no_twins("paper", [p.code for o in found for p in o.papers])
    _no_twins("tick", [t.code for o in found for t in o.ticks])
    return tuple(sorted(found, key=lambda o: (o.order, o.code)))


def _no_twins(what: str, codes: list[str]) -> None:
    twins = sorted({code for code in codes if codes.count(code) > 1})
    if twins:
        raise ImproperlyConfigured(f"{what} 代码重复：{'、'.join(twins)}。代码是数据，每个只能出现一次。")


def areas() -> tuple[Area, ...]:
    return tuple(offer for offer in offers() if isinstance(offer, Area))


@cache
def sources() -> dict[str, Source]:
    return {source.code: source for area in areas() for source in area.all_sources}


@cache
def facts() -> dict[str, Fact]:
    return {fact.code: fact for offer in offers() for fact in offer.facts}


@cache
def jobs() -> dict[str, JobKind]:
    return {job.code: job for offer in offers() for job in offer.jobs}


@cache
def ticks() -> dict[str, Tick]:
    return {tick.code: tick for offer in offers() for tick in offer.ticks}


@cache
def papers() -> dict[str, PaperKind]:
    return {paper.code: paper for offer in offers() for paper in offer.papers}


@cache
def nav() -> tuple[Nav, ...]:
    return tuple(sorted((n for o in offers() for n in o.nav), key=lambda n: n.order))


@cache
def reactions(kind: str) -> tuple[str, ...]:
    """Codes of the rooms that react to this kind of event, in a stable order."""
    return tuple(offer.code for offer in offers() if kind in offer.reacts_to)


def hearers(kind: str) -> tuple[str, ...]:
    """Codes of the rooms that listen to announced events and have somebody to tell: asked at every event."""
    if kind not in announced():
        return ()
    return tuple(o.code for o in offers() if o.hears and (o.has_ears is None or o.has_ears()))


@cache
def announced() -> dict[str, str]:
    """The kinds of events that other systems may be told of, with their words."""
    return {kind: word for offer in offers() for kind, word in offer.announces.items()}


def listens(room: str, kind: str) -> tuple[Callable[[Any], Any], ...]:
    """What a room has to say to this kind of event: nothing when it no longer listens."""
    one = next((found for found in offers() if found.code == room), None)
    if one is None:
        return ()
    heard = (one.reacts_to.get(kind), one.hears if kind in announced() else None)
    return tuple(call for call in heard if call is not None)


def visible_streams(actor: Actor, streams: set[str]) -> set[str]:
    """Those of these streams that the actor may see. A stream no room answers for is nobody's to be told of."""
    asked = [offer.sees(actor, streams) for offer in offers() if offer.sees] if streams else []
    return set().union(*asked)


def due_days(actor: Actor, unit_id: int | None, at: datetime) -> list[DueLine]:
    return [line for offer in offers() if offer.due_days for line in offer.due_days(actor, unit_id, at)]


@cache
def event_words() -> dict[str, str]:
    return {kind: word for offer in offers() for kind, word in offer.event_words.items()}


@cache
def data_words() -> dict[str, str]:
    """Chinese words for keys and codes in events' data; a code without one is shown as it is."""
    return {code: word for offer in offers() for code, word in offer.data_words.items()}


def kept_back(streams: set[str]) -> set[str]:
    """Those of these streams whose typed words are for a closed circle, whatever room they belong to."""
    asked = [offer.keeps_back(streams) for offer in offers() if offer.keeps_back] if streams else []
    return set().union(*asked)


def names(person_ids: set[int]) -> dict[int, str]:
    """Names of people, for a page of a room that must not know people. Erased or unknown ones are absent."""
    asked = (offer.names(person_ids) for offer in offers() if offer.names)
    return (
        {key: name for found in asked for key, name in found.items() if key in person_ids}
        if person_ids
        else {}
    )


def unit_names(unit_ids: set[int]) -> dict[int, str]:
    asked = (offer.unit_names(unit_ids) for offer in offers() if offer.unit_names)
    return (
        {key: name for found in asked for key, name in found.items() if key in unit_ids} if unit_ids else {}
    )


def units_within(unit_path: str, subtree: bool) -> set[int]:
    """Ids of the unit with this path and, with `subtree`, of all below it."""
    asked = (offer.units_within(unit_path, subtree) for offer in offers() if offer.units_within)
    return {key for found in asked for key in found}


def offer(code: str) -> Offer:
    return next(found for found in offers() if found.code == code)


def forget() -> None:
    """Forget what was found: only for tests that install a toy area."""
    for cached in (
        announced,
        offers,
        sources,
        facts,
        jobs,
        ticks,
        papers,
        nav,
        reactions,
        event_words,
        data_words,
    ):
        cached.cache_clear()


@cache
def _doors() -> tuple[str, ...]:
    return tuple(f"/{mount}/" for offer in offers() for mount, _ in offer.doors)


def is_door(path: str) -> bool:
    """Whether this address is for people without an account, of whom nothing is noted."""
    return path.startswith(_doors())
