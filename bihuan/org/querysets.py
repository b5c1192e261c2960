"""The words of the organisation."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from bihuan.kernel.actor import Actor, Reach


class TreeQuery(models.QuerySet):
    def under(self, path: str) -> TreeQuery:
        """The node with this path and everything below it."""
        return self.filter(path__startswith=path)

    def open_on(self, day: date) -> TreeQuery:
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day))

    def in_reach(self, reaches: tuple[Reach, ...]) -> TreeQuery:
        """Units that any of these grants covers; none when there is no grant."""
        condition = Q(pk__in=())
        for reach in reaches:
            condition |= Q(path__startswith=reach.unit_path) if reach.subtree else Q(pk=reach.unit_id)
        return self.filter(condition)

    def in_tree_order(self) -> TreeQuery:
        return self.order_by("depth", "order", "id")


class PersonQuery(models.QuerySet):
    def here_on(self, day: date) -> PersonQuery:
        return self.filter(Q(left_on=None) | Q(left_on__gt=day))

    def in_unit(self, path: str) -> PersonQuery:
        return self.filter(unit__path__startswith=path)

    def visible_to(self, actor: Actor) -> PersonQuery:
        """A directory is for everybody who works here: names, units and posts, not more."""
        return self if actor.is_person or actor.is_system else self.none()

    def by_name(self) -> PersonQuery:
        return self.order_by("sort_key", "id")


class GrantQuery(models.QuerySet):
    def standing(self, day: date) -> GrantQuery:
        """Grants that hold on this day: not revoked, term begun and not ended (the last day included)."""
        return self.filter(Q(to_day=None) | Q(to_day__gte=day), revoked_at=None, from_day__lte=day)

    def held_by(self, person_id: int, day: date) -> GrantQuery:
        """Grants of the person, directly or through a post held on this day."""
        through_post = Q(post__holdings__person_id=person_id, post__holdings__from_day__lte=day) & (
            Q(post__holdings__to_day=None) | Q(post__holdings__to_day__gte=day)
        )
        return self.filter(Q(person_id=person_id) | through_post)
