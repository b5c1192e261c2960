"""What a reader may see, said in few words: looked up once, so that every count and page of a list is short.

`visible_to` says it in subqueries, which is right for one problem. A list asks half a dozen times; here the
units within reach and the reader's own problems are fetched beforehand as plain numbers. Both databases then
know from their statistics whether to go by the units or to walk the list in its order; SQLite is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.lookups import In

from bihuan.kernel.actor import Actor, Reach
from bihuan.org.models import Unit
from bihuan.problems.models import Problem
from bihuan.problems.querysets import NOTHING, sees_all, views, whole
from bihuan.problems.search import Held

Units = list[int] | QuerySet
#: units, and what else must hold there
Cover = tuple[Units, Q]
#: more units or own problems than this stay a subquery: long lists of numbers are slow to hand over
MOST_UNITS, MOST_OWN = 300, 500
#: up to so many problems are fetched by their units and sorted; more are met soon enough by walking
FEW = 5_000


@dataclass(frozen=True)
class Sight:
    """`find` goes by the units (for counting), `walk` compares while walking in order. None: everything."""

    find: Q | None
    walk: Q | None


ALL = Sight(None, None)


def sight_of(actor: Actor) -> Sight:
    """The same problems as `visible_to`. At most five queries; none for who sees everything."""
    if actor.is_system:
        return ALL
    if not actor.is_person:
        return Sight(NOTHING, NOTHING)
    if actor.within:
        return _narrowed(sight_of(replace(actor, within="")), actor.within)
    if sees_all(actor):
        return ALL
    view, known = views(actor)
    covers: list[Cover] = [(_units(known), Q())] if known else []
    if whole(view):
        return _both(Q(secrecy="normal"), _apart(actor, None))
    seen = None
    if view:
        seen = covers[0][0] if set(view) == set(known) else _units(view)
        if set(view) - set(known):
            covers.append((seen, Q(secrecy="normal")))
    return _by_units(actor, covers, seen)


def _narrowed(sight: Sight, path: str) -> Sight:
    """Who comes in for one unit only (an access token) sees nothing beyond it."""
    there = Q(unit__in=Unit.objects.under(path).values("pk"))
    return Sight(*(there if may is None else there & may for may in (sight.find, sight.walk)))


def _units(reaches: tuple[Reach, ...]) -> Units:
    """Ids of the units covered: a list, or a subquery where there are many."""
    within = Unit.objects.in_reach(reaches)
    ids = list(within.order_by("pk").values_list("pk", flat=True)[: MOST_UNITS + 1])
    return ids if len(ids) <= MOST_UNITS else within.values("pk")


def _by_units(actor: Actor, covers: list[Cover], seen: Units | None) -> Sight:
    find, held = NOTHING, NOTHING
    for units, more in covers:
        find |= more & Q(unit__in=units)
        held |= more & Q(In(Held("unit_id"), units))
    return _both(find, _apart(actor, seen), held)


def _apart(actor: Actor, units: Units | None) -> QuerySet:
    return Problem.objects.filter(pk__in=Problem.objects.apart_ids(actor, units)).order_by()


def _both(covered: Q, apart: QuerySet, held: Q | None = None) -> Sight:
    """`covered` by grants, or `apart`: own work and what one supervises elsewhere, mostly none or a handful.

    SQLite goes by several indexes at once only where each promises little: many that stand apart are walked.
    """
    beyond = apart.exclude(covered).values_list("pk", flat=True)
    ids = list(beyond[: MOST_OWN + 1])
    few = len(ids) <= MOST_OWN
    own = Q(pk__in=ids) if few else Q(pk__in=apart.values("pk"))
    find = covered | own if ids else covered
    if held is None or connection.vendor != "sqlite":
        return Sight(find, find)
    if few and not _many(find):
        return Sight(find, find)
    walk = held | Q(In(Held("pk"), ids if few else apart.values("pk")))
    return Sight(find if few or not _many(apart) else walk, walk)


def _many(rows: Q | QuerySet) -> bool:
    found = Problem.objects.filter(rows) if isinstance(rows, Q) else rows
    return found.order_by().values("pk")[: FEW + 1].count() > FEW
