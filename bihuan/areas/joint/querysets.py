"""The words of joint supervision: which joint tasks, which parts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.kernel.actor import Actor

from . import states
from .access import sees_all, stands_for


class JointQuery(models.QuerySet):
    def visible_to(self, actor: Actor) -> JointQuery:
        """The office and the leaders; and every body that has a part in it. Never the inspected organisation."""
        if sees_all(actor):
            return self
        own = self.model.parts.rel.related_model.objects.own_of(actor)
        return self.filter(pk__in=own.values("joint_id"))

    def to_close(self) -> JointQuery:
        """Under way, and every body has reported."""
        owed = self.model.parts.rel.related_model.objects.filter(reported_at=None).values("joint_id")
        return self.filter(state=states.UNDER_WAY).exclude(pk__in=owed)

    def in_states(self, codes: tuple[str, ...]) -> JointQuery:
        return self.filter(state__in=codes)

    def matching(self, text: str) -> JointQuery:
        return self.filter(Q(title__contains=text) | Q(task__org__name__contains=text))


class PartQuery(models.QuerySet):
    def own_of(self, actor: Actor) -> PartQuery:
        """Of the bodies this person stands for, and those they lead."""
        return self.filter(Q(unit_id__in=stands_for(actor)) | Q(leader_id=actor.person_id or 0))

    def readable_by(self, actor: Actor) -> PartQuery:
        """Whose report may be opened: the own, and what its body shared. The office is no exception."""
        if actor.is_system:
            return self
        return self.filter(Q(pk__in=self.own_of(actor).values("pk")) | Q(shared_at__isnull=False))

    def owed(self) -> PartQuery:
        return self.filter(reported_at=None, joint__state=states.UNDER_WAY)
