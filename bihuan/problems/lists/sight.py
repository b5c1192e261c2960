"""What a reader may see, said in few words: looked up once, so that every count and page of a list is short.

`visible_to` says it in subqueries, which is right for one problem. A list asks half a dozen times; here the
units within reach and the reader's own problems are fetched beforehand as plain numbers. Both databases then
know from their statistics whether to go by the units or to walk the list in its order; SQLite is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.lookups import In

from bihuan.kernel.actor import Actor, Reach
from bihuan.org.models import Unit
from bihuan.problems.models import Problem
from bihuan.problems.querysets import NOTHING, sees_all, views, whole
from bihuan.problems.search import Held
from bihuan.record.statements import Statement, count_of, found_by, number_by, words_of


@dataclass(frozen=True, slots=True)
class Cover:
    """Units of grants: their ids, or None where they are many (then a subquery); and whether what is restricted
    there stays hidden."""

    reaches: tuple[Reach, ...]
    ids: tuple[int, ...] | None
    plain: bool = False

    @property
    def units(self) -> tuple[int, ...] | QuerySet:
        return Unit.objects.in_reach(self.reaches).values("pk") if self.ids is None else self.ids

    def says(self, found: Q) -> Q:
        return Q(secrecy="normal") & found if self.plain else found


#: more units or own problems than this stay a subquery: long lists of numbers are slow to hand over
MOST_UNITS, MOST_OWN = 300, 500
#: up to so many problems are fetched by their units and sorted; more are met soon enough by walking
FEW = 5_000


@dataclass(frozen=True)
class Sight:
    """`find` goes by the units (for counting), `walk` compares while walking in order. None: everything."""

    find: Q | None
    walk: Q | None


#: what a grant to look shows, wherever it is
_EVERYWHERE = Q(secrecy="normal")
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
    if whole(view):
        return _and_own(_EVERYWHERE, actor, None, None)
    covers = (_cover(known),) if known else ()
    seen = None
    if view:
        same = set(view) == set(known)
        seen = covers[0] if same else _cover(view, plain=True)
        covers = covers if not set(view) - set(known) else (*covers, seen)
    return _by_units(actor, covers, seen)


def _narrowed(sight: Sight, path: str) -> Sight:
    """Who comes in for one unit only (an access token) sees nothing beyond it."""
    there = Q(unit__in=Unit.objects.under(path).values("pk"))
    return Sight(*(there if may is None else there & may for may in (sight.find, sight.walk)))


def _cover(reaches: tuple[Reach, ...], *, plain: bool = False) -> Cover:
    known = tuple(pk for (pk,) in found_by(_covered(reaches, MOST_UNITS)))
    return Cover(reaches, known if len(known) <= MOST_UNITS else None, plain)


@lru_cache(maxsize=1024)
def _covered(reaches: tuple[Reach, ...], most: int) -> Statement | None:
    within = Unit.objects.in_reach(reaches).order_by("pk").values_list("pk")
    return words_of(within[: most + 1])


def _by_units(actor: Actor, covers: tuple[Cover, ...], seen: Cover | None) -> Sight:
    held = NOTHING
    for cover in covers:
        held |= cover.says(Q(In(Held("unit_id"), cover.units)))
    return _and_own(_found(covers), actor, covers, seen, held)


def _found(covers: tuple[Cover, ...]) -> Q:
    find = NOTHING
    for cover in covers:
        find |= cover.says(Q(unit__in=cover.units))
    return find


def _and_own(
    covered: Q, actor: Actor, covers: tuple[Cover, ...] | None, seen: Cover | None, held: Q | None = None
) -> Sight:
    """`covered` by grants, or apart: own work and what one supervises elsewhere, mostly none or a handful.

    SQLite goes by several indexes at once only where each promises little: many that stand apart are walked.
    """
    busy = tuple(pk for (pk,) in found_by(_busy(seen))) if seen else ()
    ids = tuple(pk for (pk,) in found_by(_beyond(actor, covers, seen, busy, MOST_OWN)))
    few = len(ids) <= MOST_OWN
    apart = None if few else _apart(actor, seen, busy)
    own = ids if apart is None else apart.values("pk")
    find = covered | Q(pk__in=own) if ids else covered
    if held is None or connection.vendor != "sqlite":
        return Sight(find, find)
    if few and not _many(_together(covers, ids, FEW)):
        return Sight(find, find)
    walk = held | Q(In(Held("pk"), own))
    return Sight(find if apart is None or not _many(count_of(_some(apart, FEW))) else walk, walk)


def _apart(actor: Actor, seen: Cover | None, busy: tuple[int, ...]) -> QuerySet:
    ids = Problem.objects.apart_ids(actor, seen.units if seen else None, busy)
    return Problem.objects.filter(pk__in=ids).order_by()


@lru_cache(maxsize=1024)
def _beyond(
    actor: Actor, covers: tuple[Cover, ...] | None, seen: Cover | None, busy: tuple[int, ...], most: int
) -> Statement | None:
    """For ids of what stands apart and is not covered anyway. `covers` is None where grants cover the whole group."""
    covered = _EVERYWHERE if covers is None else _found(covers)
    beyond = _apart(actor, seen, busy).exclude(covered).values_list("pk", flat=True)
    return words_of(beyond[: most + 1])


@lru_cache(maxsize=1024)
def _busy(seen: Cover) -> Statement | None:
    return words_of(Problem.objects.busy_of(seen.units))


@lru_cache(maxsize=1024)
def _together(covers: tuple[Cover, ...] | None, ids: tuple[int, ...], few: int) -> Statement | None:
    found = _found(covers or ())
    return count_of(_some(Problem.objects.filter(found | Q(pk__in=ids) if ids else found), few))


def _some(rows: QuerySet, few: int) -> QuerySet:
    return rows.order_by().values_list("pk")[: few + 1]


def _many(some: Statement | None) -> bool:
    return number_by(some) > FEW
