"""Which hat somebody wears: the grants of one body at a time (ADR 25).

A grant without a hat is always worn. Who holds grants under two hats or more wears exactly one; with one hat there
is nothing to choose, and it is worn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from bihuan.kernel.actor import Hat
from bihuan.org.models import Grant, Person, Unit


class Wear(Enum):
    """`WORN`: the one the person wears now. `ANY`: what they may under one hat or another, for who asks about them."""

    WORN = "worn"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Outfit:
    """The grants that count, the hat they are worn under, those to choose from, and the name of one that was lost."""

    grants: tuple[Grant, ...]
    hat: Hat | None = None
    hats: tuple[Hat, ...] = ()
    lost: str = ""


def outfit_of(person: Person, grants: Sequence[Grant], wear: int | Wear | None) -> Outfit:
    """No query, except for the name of a lost hat. `grants` come with `hat`; the oldest hat is worn by who never chose.

    `wear` may be the id of a unit, or None for what was set up when there was no choice (a token, a job): such a thing
    keeps to its hat, and to the grants without one when that hat is gone. It never slips under another.
    """
    found = {
        grant.hat_id: Hat(grant.hat_id, grant.hat.code, grant.hat.shown)
        for grant in sorted(grants, key=lambda grant: grant.pk)
        if grant.hat_id is not None and grant.hat is not None
    }
    hats = tuple(found.values())
    if wear is Wear.ANY:
        return Outfit(tuple(grants))
    if wear is Wear.WORN:
        hat = found.get(person.hat_id or 0) or (hats[0] if hats else None)
        lost = _lost(person.hat_id) if person.hat_id and person.hat_id not in found else ""
    else:
        only = hats[0] if len(hats) == 1 else None
        hat, lost = found.get(wear) if wear else only, ""  # type: ignore[arg-type]
    kept = tuple(grant for grant in grants if grant.hat_id is None or (hat and grant.hat_id == hat.unit_id))
    return Outfit(kept, hat, hats if len(hats) > 1 else (), lost)


def _lost(unit_id: int) -> str:
    return Unit.objects.get(pk=unit_id).shown
