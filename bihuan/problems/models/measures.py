"""Measures, files and the extra demands on major hazards."""

from __future__ import annotations

from django.db import models

from bihuan.org.models import Person
from bihuan.problems import states
from bihuan.record.models import StoredFile

from .problem import Problem


class Measure(models.Model):
    """One rectification measure (整改措施): its own owner, deadline, result standard and progress."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="measures")
    order = models.PositiveSmallIntegerField("序号")
    text = models.TextField("措施")
    standard = models.CharField("结果标准", max_length=200, blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="measures")
    owner_text = models.CharField("责任人（原文）", max_length=120, blank=True)
    due_on = models.DateField("期限", null=True, blank=True)
    progress = models.CharField("进度", max_length=16, choices=states.PROGRESS, default="not_started")
    percent = models.PositiveSmallIntegerField("自报完成（%）", default=0)
    document_no = models.CharField("制度文号", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "整改措施"
        constraints = [
            models.UniqueConstraint(fields=["problem", "order"], name="measure_order"),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="measure_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.problem_id}.{self.order}"


class Attachment(models.Model):
    """A stored file with its place in the story: before, after, evidence for a measure, or a paper."""

    class Role(models.TextChoices):
        BEFORE = "before", "整改前"
        AFTER = "after", "整改后"
        EVIDENCE = "evidence", "佐证"
        PAPER = "paper", "附件"

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=200)
    role = models.CharField("用途", max_length=10, choices=Role.choices)
    measure = models.ForeignKey(Measure, models.SET_NULL, null=True, blank=True, related_name="evidence")
    round = models.PositiveSmallIntegerField("轮次", default=1)
    event_seq = models.PositiveIntegerField("所在环节", null=True)
    added_at = models.DateTimeField("添加时间")
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "佐证"
        indexes = [models.Index(fields=["problem", "id"], name="attachment_problem")]

    def __str__(self) -> str:
        return self.name


class Guarantees(models.Model):
    """What a major hazard needs more: five guarantees (五落实), interim controls, reports, evaluation.

    Source: 安全生产法 art. 41; 安全生产事故隐患排查治理暂行规定 (five parts of the治理方案).
    """

    problem = models.OneToOneField(Problem, models.CASCADE, related_name="guarantees")
    duty = models.TextField("责任", blank=True)
    measures = models.TextField("措施", blank=True)
    funds = models.TextField("资金", blank=True)
    time_limit = models.TextField("时限", blank=True)
    emergency_plan = models.TextField("预案", blank=True)
    interim_controls = models.TextField("临时防范措施", blank=True)
    stops_production = models.BooleanField("停产停用", null=True)
    authority_report = models.CharField("向监管部门报告", max_length=200, blank=True)
    congress_report = models.CharField("向职代会报告", max_length=200, blank=True)
    evaluation = models.TextField("治理效果评估", blank=True)
    evaluated_at = models.DateTimeField("评估时间", null=True)
    evaluated_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "重大隐患五落实"

    def __str__(self) -> str:
        return str(self.problem_id)
