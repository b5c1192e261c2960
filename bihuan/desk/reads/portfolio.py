"""我分管的: for a leader, every unit and business line of the portfolio with what is open and what is late there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.org.models import Unit
from bihuan.org.querysets import below
from bihuan.org.reads import Charge, portfolio_of
from bihuan.problems.models import Problem


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """`url` opens exactly the `open` problems, `late_url` exactly the `late` ones."""

    label: str
    open: int
    late: int
    url: str
    late_url: str


@dataclass(frozen=True, slots=True)
class Portfolio:
    """`open` and `late` count each problem once, also where it falls under a unit and a line."""

    lines: tuple[ChargeLine, ...]
    open: int
    late: int
    url: str
    late_url: str


def portfolio_panel(actor: Actor, at: datetime) -> Portfolio | None:
    """None for who has charge of nothing. Two queries. Nothing is counted that the leader may not see."""
    day = local_day(at)
    charges = portfolio_of(actor.person_id, day)
    if not charges:
        return None
    late = Q(due_on__lt=day) & ~Q(timing="long_term")
    wanted = {}
    for n, charge in enumerate(charges):
        wanted[f"open{n}"] = Count("pk", filter=_theirs(charge))
        wanted[f"late{n}"] = Count("pk", filter=_theirs(charge) & late)
    rows = Problem.objects.visible_to(actor).open().charged_to(charges)
    found = rows.aggregate(all=Count("pk"), all_late=Count("pk", filter=late), **wanted)
    lines = tuple(_line(charge, found[f"open{n}"], found[f"late{n}"]) for n, charge in enumerate(charges))
    url, late_url = _urls({"mine": "portfolio"})
    return Portfolio(lines, found["all"], found["all_late"], url, late_url)


def _theirs(charge: Charge) -> Q:
    if charge.path:
        return Q(unit__in=Unit.objects.filter(below(charge.path)).values("pk"))
    return Q(category__in=charge.categories)


def _line(charge: Charge, open_: int, late: int) -> ChargeLine:
    return ChargeLine(charge.label, open_, late, *_urls({"unit" if charge.path else "line": charge.key}))


def _urls(narrowed: dict[str, str]) -> tuple[str, str]:
    ledger = reverse("problems:ledger")
    told = {**narrowed, "stage": "open", "sort": "due"}
    return f"{ledger}?{urlencode(told)}", f"{ledger}?{urlencode({**told, 'clock': 'late'})}"
