"""上级现场验证: a check team of the upper level looks at the rectification of some tasks, read-only, for a term."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from bihuan.areas.inspection.models import Task
from bihuan.areas.outcome import words
from bihuan.areas.outcome.querysets import CheckQuery
from bihuan.org.models import Person
from bihuan.problems.models import Problem, Recheck
from bihuan.record.models import StoredFile

from .report import person_key


class CheckVisit(models.Model):
    """Opened by the office on a letter of the upper body. Inside the term its members see what `reads.checking` lists and
    nothing else; `ended_on` is when it was withdrawn before its time."""

    body = models.CharField("上级机关", max_length=60)
    document = models.CharField("来函文号", max_length=80)
    tasks = models.ManyToManyField(Task, related_name="+", verbose_name="查验的任务")
    members = models.ManyToManyField(Person, related_name="+", verbose_name="检查人员")
    from_on = models.DateField("自")
    until_on = models.DateField("至")
    opened_at = models.DateTimeField("安排时间")
    opened_by = person_key("安排的人")
    ended_at = models.DateTimeField("终止时间", null=True)
    ended_by = person_key("终止的人", null=True)
    why_ended = models.CharField("终止的原因", max_length=200, blank=True)

    objects = CheckQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "上级现场验证"
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="check_visit_span"),
            models.CheckConstraint(
                condition=Q(ended_at=None, why_ended="") | (Q(ended_at__isnull=False) & ~Q(why_ended="")),
                name="check_visit_ended_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}现场验证"

    @property
    def stream(self) -> str:
        return f"outcome-check:{self.pk}"

    def runs_on(self, day: date) -> bool:
        """As `CheckQuery.running`."""
        return self.ended_at is None and self.from_on <= day <= self.until_on


class CheckTerm(models.Model):
    """The term was prolonged: a decision of its own, with its reason."""

    visit = models.ForeignKey(CheckVisit, models.CASCADE, related_name="terms")
    before_on = models.DateField("原到期日")
    until_on = models.DateField("延长至")
    why = models.CharField("理由", max_length=200)
    decided_at = models.DateTimeField("决定时间")
    decided_by = person_key("决定的人")

    class Meta:
        verbose_name = verbose_name_plural = "现场验证的延长"
        constraints = [
            models.UniqueConstraint(fields=["visit", "before_on"], name="check_term_once"),
            models.CheckConstraint(condition=Q(until_on__gt=F("before_on")), name="check_term_longer"),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.until_on}"


class CheckVerdict(models.Model):
    """The check's own sheet: one verdict a problem. One that says the rectification is not true waits for the office, which
    says what came of it, with or without a look-back of the loop."""

    visit = models.ForeignKey(CheckVisit, models.CASCADE, related_name="verdicts")
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="+")
    verdict = models.CharField("结论", max_length=8, choices=words.CHECK_VERDICTS)
    note = models.CharField("看到的情况", max_length=500, blank=True)
    said_at = models.DateTimeField("记结论的时间")
    said_by = person_key("记结论的人")
    settled_at = models.DateTimeField("处理时间", null=True)
    settled_by = person_key("处理的人", null=True)
    answer = models.CharField("处理情况", max_length=300, blank=True)
    recheck = models.OneToOneField(Recheck, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "现场验证的结论"
        constraints = [
            models.UniqueConstraint(fields=["visit", "problem"], name="check_verdict_once"),
            models.CheckConstraint(condition=Q(verdict="true") | ~Q(note=""), name="check_verdict_says_what"),
            models.CheckConstraint(
                condition=Q(settled_at=None, answer="", recheck=None)
                | (Q(settled_at__isnull=False) & ~Q(answer="")),
                name="check_verdict_settled_whole",
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None) | ~Q(settled_by=F("said_by")), name="check_verdict_four_eyes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.problem_id}"


class EvidencePack(models.Model):
    """佐证包: a zip of the rectification of one task, made by the worker. `numbers` are the problems chosen; empty for all."""

    visit = models.ForeignKey(CheckVisit, models.CASCADE, related_name="packs")
    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    numbers = models.JSONField("选的问题", default=list)
    asked_at = models.DateTimeField("要的时间")
    asked_by = person_key("要的人")
    made_on = models.DateTimeField("做成时间", null=True)
    name = models.CharField("文件名", max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    entries = models.PositiveIntegerField("文件数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "佐证包"
        constraints = [
            models.CheckConstraint(
                condition=Q(made_on=None, file=None) | Q(made_on__isnull=False, file__isnull=False),
                name="evidence_pack_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"佐证包 {self.pk}"
