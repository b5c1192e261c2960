"""The words of imports."""

from __future__ import annotations

from django.db import models

from bihuan.kernel.actor import Actor


class ImportQuery(models.QuerySet):
    def visible_to(self, actor: Actor) -> ImportQuery:
        """One's own imports, and those of units one may import for: a file holds what no list filters."""
        if actor.is_system:
            return self
        if not actor.is_person:
            return self.none()
        found = models.Q(started_by_id=actor.person_id)
        for reach in actor.reaches_for("ledger.import"):
            found |= (
                models.Q(home__path__startswith=reach.unit_path)
                if reach.subtree
                else models.Q(home_id=reach.unit_id)
            )
        return self.filter(found)
