"""Meetings that set a round going: the mobilisation of the teams, and that of each organisation at the entry."""

from __future__ import annotations

from django.db import models

from bihuan.org.models import Person

from .rounds import Round, Task
from .teams import Member, Team


class Mobilisation(models.Model):
    """动员部署会 of a round: whose authorisation was announced there, whose declaration was collected. A team that was
    authorised later has it announced at a later one."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="mobilisations")
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=80)
    announced = models.ManyToManyField(Team, related_name="announced_at", verbose_name="宣布授权任职的组")
    present = models.ManyToManyField(Person, related_name="+", verbose_name="到会")
    collected = models.ManyToManyField(Member, related_name="+", verbose_name="当场收回回避申报的")
    noted_at = models.DateTimeField("记下的时间")
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "动员部署会"

    def __str__(self) -> str:
        return f"{self.round_id} {self.held_on}"


class EntryMeeting(models.Model):
    """进驻动员会 of a task: the leader of the team speaks, the secretary of the organisation pledges."""

    task = models.OneToOneField(Task, models.CASCADE, related_name="entry_meeting")
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=80)
    secretary = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="作表态的书记")
    spoke = models.ManyToManyField(Person, related_name="+", verbose_name="讲话的人")
    noted_at = models.DateTimeField("记下的时间")
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "进驻动员会"

    def __str__(self) -> str:
        return f"{self.task_id} {self.held_on}"
