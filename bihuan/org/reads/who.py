"""Who acts, and who may: the two questions every other room asks."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Prefetch

from bihuan.kernel.actor import NOBODY, PERSON, Actor, Reach
from bihuan.kernel.moment import local_day
from bihuan.org.models import Grant, Person, PostHolding, Unit
from bihuan.org.roles import ROLES, VISITORS, role

from .hats import Outfit, Wear, outfit_of


def actor_for(person: Person, *, at: datetime, wear: int | Wear | None = Wear.WORN) -> Actor:
    """The person as an Actor with what their standing grants reach on that day, under the hat worn (see `outfit_of`
    for `wear`). Two queries."""
    day = local_day(at)
    if person.left_on and person.left_on <= day:
        return NOBODY
    held = Grant.objects.standing_or_visiting(day).held_by(person.pk, day).select_related("unit", "hat")
    rows = list(held.distinct())
    grants = [grant for grant in rows if grant.stands_on(day)]
    worn = outfit_of(person, grants, wear)
    reaches = tuple(
        Reach(known.permissions, grant.unit_id, grant.unit.path or "", grant.with_subtree)
        for grant in worn.grants
        if (known := role(grant.role))
    )
    unit = _unit_of(person, worn)
    return Actor(
        kind=PERSON,
        person_id=person.pk,
        name=person.name,
        title=person.title,
        unit_id=unit.pk if unit else None,
        unit_path=(unit.path or "") if unit else "",
        unit_name=unit.shown if unit else "",
        reaches=reaches,
        home_path=(person.unit.path or "") if person.unit else "",
        hat=worn.hat,
        hats=worn.hats,
        lost_hat=worn.lost,
        guest=bool(rows) and all(grant.role in VISITORS for grant in rows),
        day=day,
    )


def _unit_of(person: Person, worn: Outfit) -> Unit | None:
    """Where they act: with a choice of hats the body of the one worn, so that what their home department supervises
    stays with the hat of that department."""
    if not worn.hats or worn.hat is None:
        return person.unit
    return next(grant.hat for grant in worn.grants if grant.hat_id == worn.hat.unit_id)


def people_who(permission: str, unit_path: str, *, day: date) -> list[Person]:
    """Who may do this in the unit with this path, under whichever hat, nearest grant first. Two queries."""
    codes = [r.code for r in ROLES.values() if permission in r.permissions]
    grants = Grant.objects.standing(day).filter(role__in=codes).select_related("unit", "post")
    nearest: dict[int, int] = {}
    for grant in grants.prefetch_related("post__holdings"):
        path = grant.unit.path or ""
        if not (unit_path.startswith(path) if grant.with_subtree else unit_path == path):
            continue
        for person_id in _holders(grant, day):
            nearest[person_id] = max(nearest.get(person_id, 0), len(path))
    people = Person.objects.here_on(day).filter(pk__in=nearest).by_name()
    return sorted(people, key=lambda person: -nearest[person.pk])


def holdings_to_confirm(day: date, reaches: tuple[Reach, ...]) -> list[PostHolding]:
    """Who holds a post with rights and still waits for the security administrator's yes, with those grants."""
    waiting = (
        PostHolding.objects.to_confirm(day).in_reach(reaches).select_related("person__unit", "post__unit")
    )
    given = Grant.objects.filter(revoked_at=None).select_related("unit").order_by("id")
    found = list(
        waiting.prefetch_related(Prefetch("post__grants", given, "carried")).order_by("from_day", "id")
    )
    for holding in found:
        holding.roles = [ROLES[g.role].label for g in holding.post.carried if g.role in ROLES]
    return found


def _holders(grant: Grant, day: date) -> list[int]:
    if grant.person_id:
        return [grant.person_id]
    return [
        holding.person_id
        for holding in grant.post.holdings.all()
        if holding.confirmed_at
        and holding.from_day <= day
        and (holding.to_day is None or holding.to_day >= day)
    ]
