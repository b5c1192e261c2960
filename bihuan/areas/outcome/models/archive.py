"""归档 of a round: the catalogue of what is handed over, and who has given back what they had."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.areas.inspection.models import Member, Round, Task
from bihuan.areas.outcome import words

from .report import person_key


class ArchiveItem(models.Model):
    """One line of the catalogue. Secrecy, pages and place are written down when it is handed over."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="archive_items")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="+")
    kind = models.CharField("材料", max_length=12, choices=words.ARCHIVE_KINDS)
    number = models.PositiveIntegerField("份数")
    secrecy = models.CharField("知悉范围", max_length=10, choices=words.ARCHIVE_SECRECY)
    pages = models.PositiveIntegerField("页数")
    place = models.CharField("存放位置", max_length=80)
    handed_over_at = models.DateTimeField("移交时间")
    handed_over_by = person_key("移交人")

    class Meta:
        verbose_name = verbose_name_plural = "归档目录"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "task", "kind"], condition=Q(task__isnull=False), name="archive_item_once"
            ),
            models.CheckConstraint(condition=Q(pages__gt=0) & ~Q(place=""), name="archive_item_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class GivenBack(models.Model):
    """清退: a member has given back all papers, media and copies."""

    member = models.OneToOneField(Member, models.PROTECT, related_name="given_back")
    noted_at = models.DateTimeField("核对清退的时间")
    noted_by = person_key("核对清退的人")

    class Meta:
        verbose_name = verbose_name_plural = "材料清退"

    def __str__(self) -> str:
        return str(self.member_id)
