"""The words of papers: whose."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from bihuan.kernel.actor import Actor

#: so long a paper can be fetched again; then it is made anew, with what is true then
KEPT = timedelta(days=30)


class MadeQuery(models.QuerySet):
    def visible_to(self, actor: Actor) -> MadeQuery:
        """Whoever asked, and nobody else: what stands in it is what that person may see."""
        return self.filter(asked_by_id=actor.person_id or 0)

    def recent(self, at: datetime) -> MadeQuery:
        return self.filter(asked_at__gte=at - KEPT)


class TemplateQuery(models.QuerySet):
    def in_force(self) -> dict:
        """Kind -> the newest row, for kinds whose newest row is an own template. One query."""
        newest = {row.kind: row for row in self.select_related("file", "put_by").order_by("id")}
        return {kind: row for kind, row in newest.items() if row.file_id is not None}
