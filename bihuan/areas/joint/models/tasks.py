"""联动监督: one visit to one organisation, one plan, and a report of each body."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.areas.inspection.models import Task
from bihuan.areas.joint import states
from bihuan.areas.joint.querysets import JointQuery, PartQuery
from bihuan.org.models import Person, Unit
from bihuan.record.models import StoredFile


class JointTask(models.Model):
    """Hangs on the task of inspection whose visit it shares; the team's own report comes of that task."""

    task = models.OneToOneField(Task, models.PROTECT, related_name="joint")
    title = models.CharField("名称", max_length=80)
    plan = models.TextField("联动方案", max_length=2000)
    state = models.CharField("状态", max_length=10, choices=states.STATES, default=states.PLANNED)
    made_at = models.DateTimeField("立项时间")
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField("版本", default=1)

    objects = JointQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "联动任务"

    def __str__(self) -> str:
        return self.title

    @property
    def stream(self) -> str:
        return f"joint:{self.pk}"


class JointPart(models.Model):
    """What one body looks at, under whom, and its own report: for that body alone until it shares it."""

    joint = models.ForeignKey(JointTask, models.CASCADE, related_name="parts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="部门")
    leader = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="负责人")
    looks_into = models.CharField("看什么", max_length=200)
    due_on = models.DateField("报告期限")
    received_on = models.DateField("收到报告日期", null=True)
    number = models.CharField("报告文号", max_length=60, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField("文件名", max_length=200, blank=True)
    reported_at = models.DateTimeField("交报告时间", null=True)
    reported_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    shared_at = models.DateTimeField("共享时间", null=True)
    shared_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = PartQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "联动任务的部门"
        constraints = [
            models.UniqueConstraint(fields=["joint", "unit"], name="part_once"),
            models.CheckConstraint(
                condition=Q(reported_at=None) | (Q(received_on__isnull=False) & ~Q(number="")),
                name="part_report_dated",
            ),
            models.CheckConstraint(
                condition=Q(shared_at=None) | Q(reported_at__isnull=False), name="part_shared_after_report"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.joint_id}-{self.unit_id}"
