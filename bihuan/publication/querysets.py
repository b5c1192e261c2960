"""The words of publication: what is public, what is being prepared, which opinions wait."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Count, Q

from bihuan.kernel.actor import Actor
from bihuan.org.models import Unit

from . import states


def within(actor: Actor, *permissions: str, field: str = "unit") -> Q:
    """In units that a grant with one of these permissions covers."""
    if actor.is_system:
        return Q()
    reaches = tuple({reach for permission in permissions for reach in actor.reaches_for(permission)})
    return Q(**{f"{field}__in": Unit.objects.in_reach(reaches).values("pk")}) if reaches else Q(pk__in=())


def in_units(ids: tuple[str, ...], field: str = "unit") -> Q:
    """In these units or below them; ids as they stand in an address."""
    whole = Q(pk__in=())
    for one in ids:
        whole |= Q(**{f"{field}__path__contains": f"/{one}/"}) if one.isdecimal() else Q(pk__in=())
    return whole


class EntryQuery(models.QuerySet):
    def visible_to(self, actor: Actor) -> EntryQuery:
        """What must be public is no secret to anybody who works here."""
        return self if actor.is_person or actor.is_system else self.none()

    def standing(self) -> EntryQuery:
        return self.filter(ended_on=None)

    def recurring(self) -> EntryQuery:
        return self.standing().filter(every__gt=0)


class PublicationQuery(models.QuerySet):
    def showing(self, day: date) -> PublicationQuery:
        """Public on this day. What a late worker has not taken down yet is not shown either."""
        return self.filter(state=states.PUBLISHED, from_day__lte=day, to_day__gte=day)

    def outside(self, day: date) -> PublicationQuery:
        """What anybody may read, without signing in."""
        return self.showing(day).filter(scope__in=("outside", "both"))

    def visible_to(self, actor: Actor, day: date) -> PublicationQuery:
        """What is public now, to everybody of the group; the rest to those who have a part in it."""
        if actor.is_system:
            return self
        if not actor.is_person:
            return self.outside(day)
        public = Q(state=states.PUBLISHED, from_day__lte=day, to_day__gte=day)
        return self.filter(public | within(actor, *states.PARTS))

    def of_part(self, actor: Actor) -> PublicationQuery:
        """In units where this person has a part in it."""
        return self.filter(within(actor, *states.PARTS))

    def of_origin(self, origin: str) -> PublicationQuery:
        return self.filter(origin=origin) if origin else self.none()

    def over(self, day: date) -> PublicationQuery:
        """Still up, and the term has ended."""
        return self.filter(state=states.PUBLISHED, to_day__lt=day)

    def not_mine(self, actor: Actor) -> PublicationQuery:
        """No hand of this person was on it: theirs to look at."""
        me = actor.person_id
        return self.exclude(
            Q(made_by_id=me) | Q(drafted_by_id=me) | Q(checked_by_id=me) | Q(reviewed_by_id=me)
        )

    def with_opinions(self) -> PublicationQuery:
        """`waiting`: how many opinions have no answer yet."""
        return self.annotate(waiting=Count("opinions", filter=Q(opinions__answered_on=None)))

    # filters of the lists
    def containing(self, text: str) -> PublicationQuery:
        said = Q(title__contains=text) | Q(text_inside__contains=text) | Q(text_outside__contains=text)
        return self.filter(said)

    def containing_outside(self, text: str) -> PublicationQuery:
        """What outsiders may search: never the text for inside."""
        return self.filter(Q(title__contains=text) | Q(text_outside__contains=text))

    def in_units(self, ids: tuple[str, ...]) -> PublicationQuery:
        return self.filter(in_units(ids))

    def of_kinds(self, kinds: tuple[str, ...]) -> PublicationQuery:
        return self.filter(entry__kind__in=kinds)

    def in_states(self, codes: tuple[str, ...]) -> PublicationQuery:
        return self.filter(state__in=codes)


class FileQuery(models.QuerySet):
    """Files of a publication; who may see it is asked of the publication."""


class OpinionQuery(models.QuerySet):
    def visible_to(self, actor: Actor) -> OpinionQuery:
        """Who answers them, and whoever gave one with their name."""
        if not actor.is_person and not actor.is_system:
            return self.none()
        mine = Q(sender_id=actor.person_id) if actor.person_id else Q(pk__in=())
        return self.filter(mine | _answerers(actor))

    def to_answer_by(self, actor: Actor) -> OpinionQuery:
        """Unanswered ones this person may answer: opinions the unit and the office, objections whoever looks."""
        opinions = Q(kind="opinion") & within(actor, states.MAY_DRAFT, field="publication__unit")
        objections = Q(kind="objection") & within(actor, states.MAY_CHECK, field="publication__unit")
        not_own = ~Q(publication__drafted_by_id=actor.person_id or 0)
        return self.filter(answered_on=None).filter(opinions | (objections & not_own))

    def of_part(self, actor: Actor) -> OpinionQuery:
        return self.filter(_answerers(actor))

    def shown(self) -> OpinionQuery:
        """Answers that stand beside the published thing."""
        return self.filter(answered_on__isnull=False, shown=True)

    def answered(self, values: tuple[str, ...]) -> OpinionQuery:
        return self if len(values) != 1 else self.filter(answered_on__isnull="no" in values)

    def of_kinds(self, kinds: tuple[str, ...]) -> OpinionQuery:
        return self.filter(kind__in=kinds)

    def in_units(self, ids: tuple[str, ...]) -> OpinionQuery:
        return self.filter(in_units(ids, "publication__unit"))


def _answerers(actor: Actor) -> Q:
    parts = (states.MAY_DRAFT, states.MAY_CHECK, states.MAY_REVIEW)
    return within(actor, *parts, field="publication__unit")
