"""A hand-over that waits: what somebody who moved or left still answers for, until the last line is given on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .people import Person
from .units import Unit


class HandOver(models.Model):
    """`keys` are the open-work lines (`room:key`) listed when the person went. Nothing is orphaned: until it
    is done, the head of the unit sees it."""

    class Why(models.TextChoices):
        MOVED = "moved", "调动"
        LEFT = "left", "离开"

    person = models.ForeignKey(Person, models.PROTECT, related_name="hand_overs")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="hand_overs")
    why = models.CharField("缘由", max_length=6, choices=Why.choices)
    keys = models.JSONField("待交接", default=list)
    listed_at = models.DateTimeField("列出时间")
    listed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField("交接完时间", null=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "工作交接"
        indexes = [models.Index(fields=["unit"], condition=Q(done_at=None), name="hand_over_waiting")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.why}"
