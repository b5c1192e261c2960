"""What goes out before an entry: the notice to the organisation, the announcement to everybody, who keeps contact."""

from __future__ import annotations

from django.db import models

from bihuan.areas.inspection import words
from bihuan.org.models import Person

from .rounds import Task


class Notice(models.Model):
    """巡察通知: sent to the organisation before the team comes."""

    task = models.OneToOneField(Task, models.CASCADE, related_name="notice")
    number = models.CharField("文号", max_length=60)
    sent_on = models.DateField("发出日期")
    receiver = models.CharField("签收人", max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "巡察通知"

    def __str__(self) -> str:
        return self.number


class Announcement(models.Model):
    """巡察公告: posted where people of the organisation pass; how and until when they reach the team."""

    task = models.OneToOneField(Task, models.CASCADE, related_name="announcement")
    posted_on = models.DateField("张贴日期")
    places = models.CharField("张贴地点", max_length=200)
    phone = models.CharField("电话和接听时间", max_length=80)
    mailbox = models.CharField("意见箱和信箱", max_length=200)
    accepts_until = models.DateField("受理截止")

    class Meta:
        verbose_name = verbose_name_plural = "巡察公告"

    def __str__(self) -> str:
        return f"{self.task_id} {self.posted_on}"


class Liaison(models.Model):
    """联络员: one of the office, one of the inspected organisation."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="liaisons")
    side = models.CharField("哪一方", max_length=6, choices=words.SIDES)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "联络员"
        constraints = [models.UniqueConstraint(fields=["task", "side"], name="liaison_one_a_side")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.side}"
