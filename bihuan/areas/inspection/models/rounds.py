"""Rounds, their tasks, what they look at, and the problems they found."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from bihuan.areas.inspection import states, words
from bihuan.areas.inspection.querysets import RoundQuery, TaskQuery
from bihuan.org.models import PackVersion, PartyOrg, Person
from bihuan.problems.models import Problem

from .plan import YearPlan


class Framework(models.Model):
    """关注重点 as data: 四个落实, 三个聚焦, or the aspects of one special inspection. Never changed once used:
    another wording is another framework."""

    title = models.CharField("名称", max_length=60)
    special = models.BooleanField("专项", default=False)
    source = models.CharField("依据", max_length=120, blank=True)
    ended_on = models.DateField("停用日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "关注重点"
        constraints = [models.UniqueConstraint(fields=["title"], name="framework_title")]

    def __str__(self) -> str:
        return self.title


class Focus(models.Model):
    framework = models.ForeignKey(Framework, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField("序号")
    title = models.CharField("重点", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "重点条目"
        constraints = [models.UniqueConstraint(fields=["framework", "order"], name="focus_order")]

    def __str__(self) -> str:
        return self.title


class Round(models.Model):
    """轮次. `code` is how figures are asked for it (R1). The rule pack is that of the day it was opened, for good."""

    plan = models.ForeignKey(YearPlan, models.PROTECT, related_name="rounds")
    code = models.CharField("代号", max_length=12, unique=True)
    number = models.PositiveSmallIntegerField("第几轮")
    name = models.CharField("名称", max_length=60)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    rule_pack = models.ForeignKey(PackVersion, models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=12, choices=states.ROUND_STATES, default=states.DRAFT)
    made_at = models.DateTimeField("立轮次时间")
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField("版本", default=1)

    objects = RoundQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "轮次"
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="round_number"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="round_span"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        return f"inspection-round:{self.pk}"


class Task(models.Model):
    """One organisation in one round, in one mode. It may carry a regular and a special task in the same round.

    `from_day` and `to_day` are planned; `entered_on` and `left_on` are what happened.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="tasks")
    org = models.ForeignKey(PartyOrg, models.PROTECT, related_name="inspection_tasks")
    mode = models.CharField("方式", max_length=10, choices=words.MODES)
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="+")
    entry = models.CharField("进驻方式", max_length=12, choices=words.ENTRIES, default="simultaneous")
    from_day = models.DateField("计划进驻")
    to_day = models.DateField("计划离场")
    entered_on = models.DateField("进驻日期", null=True)
    left_on = models.DateField("离场日期", null=True)

    objects = TaskQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        constraints = [
            models.UniqueConstraint(fields=["round", "org", "mode", "framework"], name="task_once"),
            models.CheckConstraint(condition=Q(to_day__gte=F("from_day")), name="task_span"),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(entered_on__isnull=False, left_on__gte=F("entered_on")),
                name="task_left_after_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org} {self.get_mode_display()}"

    @property
    def days(self) -> int:
        """Days on site, first and last counted: what was, or what is planned."""
        first, last = self.entered_on or self.from_day, self.left_on or self.to_day
        return (last - first).days + 1

    def is_late(self, day: date) -> bool:
        return self.entered_on is None and self.from_day < day


class Finding(models.Model):
    """A problem a task found. It lives in the loop; here stands only which round and task it came from."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="findings")
    problem = models.OneToOneField(Problem, models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField("归入时间")
    adopted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "轮次的问题"

    def __str__(self) -> str:
        return f"{self.task_id}-{self.problem_id}"
