"""The words of notices."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models

#: What nobody was told by mail within these days is not mailed any more: old news is read in the product.
MAIL_WITHIN = timedelta(days=3)


class LineQuery(models.QuerySet):
    def of(self, person_id: int | None) -> LineQuery:
        return self.filter(person_id=person_id)

    def unread(self) -> LineQuery:
        return self.filter(read_on=None)

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
