"""The words of notices."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q

#: What nobody was told by mail within these days is not mailed any more: old news is read in the product.
MAIL_WITHIN = timedelta(days=3)


class LineQuery(models.QuerySet):
    def of(self, person_id: int | None) -> LineQuery:
        return self.filter(person_id=person_id)

    def unread(self) -> LineQuery:
        return self.filter(read_on=None)

    def recent(self, at: datetime) -> LineQuery:
        return self.unread().filter(said_on__gt=at - MAIL_WITHIN)

    def of_people_in(self, path: str) -> LineQuery:
        return self.filter(person__unit__path__startswith=path, person__left_on=None)

    def to_mail(self, at: datetime) -> LineQuery:
        """Neither read nor mailed, and not old news."""
        return self.unread().filter(mail=None, said_on__gt=at - MAIL_WITHIN)


class MessageQuery(models.QuerySet):
    def on_day(self, person_id: int, day: date) -> MessageQuery:
        return self.filter(person_id=person_id, day=day)

    def with_lines(self) -> MessageQuery:
        """Messages that say something: one whose lines were all withdrawn was never received."""
        return self.filter(
            models.Exists(self.model.lines.rel.related_model.objects.filter(message=models.OuterRef("pk")))
        )


class EndpointQuery(models.QuerySet):
    def of(self, person_id: int | None) -> EndpointQuery:
        return self.filter(person_id=person_id)

    def alive(self) -> EndpointQuery:
        """Not ended: a paused one goes on collecting what it will deliver later."""
        return self.exclude(state="ended")

    def free(self, at: datetime) -> EndpointQuery:
        """Active, with no sender at work, and not told to wait."""
        idle = Q(busy_until=None) | Q(busy_until__lt=at)
        return self.filter(idle, Q(next_try_on=None) | Q(next_try_on__lte=at), state="active")

    def with_waiting(self) -> EndpointQuery:
        waiting = self.model.deliveries.rel.related_model.objects.waiting()
        return self.filter(models.Exists(waiting.filter(endpoint=models.OuterRef("pk"))))


class DeliveryQuery(models.QuerySet):
    def waiting(self) -> DeliveryQuery:
        return self.filter(state="waiting")

    def over(self) -> DeliveryQuery:
        """What needs nothing more."""
        return self.exclude(state="waiting")

    def in_states(self, codes: tuple[str, ...]) -> DeliveryQuery:
        return self.filter(state__in=codes)

    def of_number(self, text: str) -> DeliveryQuery:
        return self.filter(subject__contains=text)


class ChannelQuery(models.QuerySet):
    def active(self) -> ChannelQuery:
        return self.filter(is_active=True)

    def of_unit(self, path: str) -> ChannelQuery:
        """Groups that hear of the people of the unit with this path: its own and those of the units above."""
        ids = [int(part) for part in path.split("/") if part]
        return self.filter(unit__in=ids)
