"""The words of the organisation."""

from __future__ import annotations

from datetime import date

from django.db import connection, models
from django.db.models import Q, Value
from django.db.models.functions import Replace

from bihuan.kernel.actor import Actor, Reach

from .roles import VISITORS


def below(path: str) -> Q:
    """The node with this path and everything below it, as a stretch of the index on `path`.

    A path ends in "/", and "0" is the next character: everything below begins between the two. SQLite walks no
    index for LIKE, PostgreSQL none for `<` unless it sorts by bytes (then the planner has the index for LIKE).
    """
    if not path:
        return Q(pk__in=())
    if connection.vendor == "sqlite" and path.endswith("/"):
        return Q(path__gte=path, path__lt=f"{path[:-1]}0")
    return Q(path__startswith=path)


class TreeQuery(models.QuerySet):
    def under(self, path: str) -> TreeQuery:
        """The node with this path and everything below it."""
        return self.filter(below(path))

    def open_on(self, day: date) -> TreeQuery:
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day))

    def in_reach(self, reaches: tuple[Reach, ...]) -> TreeQuery:
        """Units that any of these grants covers; none when there is no grant."""
        condition = Q(pk__in=())
        for reach in reaches:
            condition |= below(reach.unit_path) if reach.subtree else Q(pk=reach.unit_id)
        return self.filter(condition)

    def in_tree_order(self) -> TreeQuery:
        return self.order_by("depth", "order", "id")


class PersonQuery(models.QuerySet):
    def here_on(self, day: date) -> PersonQuery:
        return self.filter(Q(left_on=None) | Q(left_on__gt=day))

    def in_unit(self, path: str) -> PersonQuery:
        return self.filter(unit__path__startswith=path)

    def in_units(self, ids: tuple[str, ...]) -> PersonQuery:
        """In these units or below them; ids as they stand in an address. Unknown ones match nobody."""
        whole = Q(pk__in=())
        for one in ids:
            whole |= Q(unit__path__contains=f"/{one}/") if one.isdigit() else Q(pk__in=())
        return self.filter(whole)

    def matching(self, text: str) -> PersonQuery:
        """By a part of the name, the beginning of the pinyin (with or without spaces), or of the staff number."""
        text = text.strip()
        pinyin = text.lower().replace(" ", "")
        wanted = Q(name__contains=text) | Q(staff_no__startswith=text) | Q(title__contains=text)
        if pinyin.isascii() and pinyin.isalpha():
            wanted |= Q(squeezed__startswith=pinyin)
        return self.alias(squeezed=Replace("sort_key", Value(" "), Value(""))).filter(wanted)

    def status(self, values: tuple[str, ...]) -> PersonQuery:
        """`here` has not left, `left` has (a day of leaving in the future counts as left)."""
        wanted = Q(pk__in=())
        if "here" in values:
            wanted |= Q(left_on=None)
        if "left" in values:
            wanted |= Q(left_on__isnull=False)
        return self.filter(wanted)

    def visible_to(self, actor: Actor) -> PersonQuery:
        """A directory is for everybody who works here: names, units and posts, not more."""
        return self if actor.is_person or actor.is_system else self.none()

    def by_name(self) -> PersonQuery:
        return self.order_by("sort_key", "id")


def _stands(day: date) -> Q:
    return Q(Q(to_day=None) | Q(to_day__gte=day), revoked_at=None, from_day__lte=day)


class GrantQuery(models.QuerySet):
    def standing(self, day: date) -> GrantQuery:
        """Grants that hold on this day: not revoked, term begun and not ended (the last day included)."""
        return self.filter(_stands(day))

    def standing_or_visiting(self, day: date) -> GrantQuery:
        """Those, and whatever made somebody a visitor: having been one outlasts the term."""
        return self.filter(_stands(day) | Q(role__in=VISITORS))

    def held_by(self, person_id: int, day: date) -> GrantQuery:
        """Grants of the person, directly or through a post held on this day and confirmed."""
        through_post = Q(
            post__holdings__person_id=person_id,
            post__holdings__from_day__lte=day,
            post__holdings__confirmed_at__isnull=False,
        ) & (Q(post__holdings__to_day=None) | Q(post__holdings__to_day__gte=day))
        return self.filter(Q(person_id=person_id) | through_post)

    def role_in(self, codes: tuple[str, ...]) -> GrantQuery:
        return self.filter(role__in=codes)

    def of_person(self, text: str) -> GrantQuery:
        """By a part of the name of the person, or of the post."""
        return self.filter(
            Q(person__name__contains=text) | Q(person__staff_no=text) | Q(post__title__contains=text)
        )

    def in_units(self, ids: tuple[str, ...]) -> GrantQuery:
        wanted = Q(pk__in=())
        for one in ids:
            wanted |= Q(unit__path__contains=f"/{one}/") if one.isdigit() else Q(pk__in=())
        return self.filter(wanted)

    def holding(self, values: tuple[str, ...]) -> GrantQuery:
        """`standing` not taken back, `revoked` taken back. The term is said in its own column."""
        wanted = Q(pk__in=())
        if "standing" in values:
            wanted |= Q(revoked_at=None)
        if "revoked" in values:
            wanted |= Q(revoked_at__isnull=False)
        return self.filter(wanted)


class PortfolioQuery(models.QuerySet):
    def in_force(self, day: date) -> PortfolioQuery:
        """In charge on this day; the last day counts."""
        return self.filter(Q(to_day=None) | Q(to_day__gte=day), from_day__lte=day)

    def of(self, person_id: int | None) -> PortfolioQuery:
        return self.filter(person_id=person_id or 0)

    def standing(self, values: tuple[str, ...]) -> PortfolioQuery:
        """`now` not handed over, `over` handed over or ended."""
        wanted = Q(pk__in=())
        if "now" in values:
            wanted |= Q(ended_at=None)
        if "over" in values:
            wanted |= Q(ended_at__isnull=False)
        return self.filter(wanted)

    def matching(self, text: str) -> PortfolioQuery:
        wanted = Q(person__name__contains=text) | Q(line__title__contains=text)
        return self.filter(wanted | Q(unit__name__contains=text) | Q(unit__short_name__contains=text))


class HoldingQuery(models.QuerySet):
    def to_confirm(self, day: date) -> HoldingQuery:
        """Held, not confirmed, and the post carries rights: their holder waits for the security administrator."""
        standing = Q(to_day=None) | Q(to_day__gte=day)
        carrying = self.model.post.field.related_model.objects.filter(
            grants__isnull=False, grants__revoked_at=None
        )
        return self.filter(standing, confirmed_at=None, post__in=carrying, person__left_on=None)

    def in_reach(self, reaches: tuple[Reach, ...]) -> HoldingQuery:
        """Holdings of posts in the units that any of these grants covers."""
        condition = Q(pk__in=())
        for reach in reaches:
            path, unit = Q(post__unit__path__startswith=reach.unit_path), Q(post__unit_id=reach.unit_id)
            condition |= path if reach.subtree else unit
        return self.filter(condition)


class AccountQuery(models.QuerySet):
    def active(self, values: tuple[str, ...]) -> AccountQuery:
        """`yes` may sign in, `no` is stopped."""
        return self.filter(is_active__in=[value == "yes" for value in values])

    def matching(self, text: str) -> AccountQuery:
        return self.filter(Q(username__startswith=text) | Q(person__name__contains=text))


class TokenQuery(models.QuerySet):
    def of(self, person_id: int | None) -> TokenQuery:
        return self.filter(person_id=person_id)

    def alive(self) -> TokenQuery:
        """Not taken back. Whether the term has run out is a matter of the day."""
        return self.filter(revoked_at=None)

    def good_on(self, day: date) -> TokenQuery:
        return self.alive().filter(expires_on__gte=day)

    def holding(self, values: tuple[str, ...]) -> TokenQuery:
        """`standing` not taken back, `revoked` taken back. The term stands in its own column."""
        wanted = Q(pk__in=())
        if "standing" in values:
            wanted |= Q(revoked_at=None)
        if "revoked" in values:
            wanted |= Q(revoked_at__isnull=False)
        return self.filter(wanted)

    def in_scopes(self, codes: tuple[str, ...]) -> TokenQuery:
        return self.filter(scope__in=codes)

    def matching(self, text: str) -> TokenQuery:
        return self.filter(Q(name__contains=text) | Q(person__name__contains=text) | Q(ident=text))
