"""不公开: a problem left out when the rectification is made public, for a named reason, by leave of the leading group."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.areas.outcome import words

from .feedback import FeedbackItem
from .report import person_key


class Exemption(models.Model):
    """Asked by the organisation, decided by somebody else; `granted` is None until then."""

    item = models.OneToOneField(FeedbackItem, models.PROTECT, related_name="exemption")
    ground = models.CharField("情形", max_length=10, choices=words.EXEMPT_GROUNDS)
    reason = models.CharField("理由", max_length=300)
    asked_at = models.DateTimeField("申请时间")
    asked_by = person_key("申请人")
    granted = models.BooleanField("同意不公开", null=True)
    decided_at = models.DateTimeField("决定时间", null=True)
    decided_by = person_key("决定的人", null=True)
    answer = models.CharField("决定的理由", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "不公开的问题"
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="exemption_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(granted=None, decided_at=None)
                | Q(granted__isnull=False, decided_at__isnull=False),
                name="exemption_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.ground}"
