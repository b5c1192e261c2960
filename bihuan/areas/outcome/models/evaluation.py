"""整改成效评估: a scheme as it was on its day, what was deducted and why, and who agreed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.areas.outcome import words
from bihuan.problems.models import Problem

from .feedback import Feedback
from .report import person_key


class Evaluation(models.Model):
    """One of each kind a feedback. `scheme` is kept as it was when it began: another edition changes nothing. Handed in,
    approved by the leading group, sent: then the organisation sees it."""

    feedback = models.ForeignKey(Feedback, models.PROTECT, related_name="evaluations")
    kind = models.CharField("种类", max_length=8, choices=words.EVALUATIONS)
    scheme = models.JSONField("评分办法")
    made_at = models.DateTimeField("开始评估的时间")
    made_by = person_key("开始评估的人")
    handed_in_at = models.DateTimeField("交审定的时间", null=True)
    handed_in_by = person_key("交审定的人", null=True)
    score = models.DecimalField("得分", max_digits=5, decimal_places=1, null=True)
    grade = models.CharField("等次", max_length=10, blank=True)
    late = models.BooleanField("迟评", default=False)
    text = models.TextField("评估意见", blank=True)
    approved_on = models.DateField("领导小组审定日期", null=True)
    approved_by = person_key("记审定的人", null=True)
    document = models.CharField("会议和文号", max_length=120, blank=True)
    sent_at = models.DateTimeField("抄送和通知的时间", null=True)
    sent_by = person_key("抄送的人", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "整改评估"
        constraints = [
            models.UniqueConstraint(fields=["feedback", "kind"], name="evaluation_once"),
            models.CheckConstraint(
                condition=Q(handed_in_at=None, score=None)
                | (Q(handed_in_at__isnull=False, score__isnull=False) & ~Q(grade="")),
                name="evaluation_handed_in_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None)
                | (~Q(approved_by=F("made_by")) & ~Q(approved_by=F("handed_in_by"))),
                name="evaluation_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(approved_on=None) | Q(handed_in_at__isnull=False),
                name="evaluation_approved_after",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(approved_on__isnull=False), name="evaluation_sent_after"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def stream(self) -> str:
        return f"outcome-evaluation:{self.pk}"


class Deduction(models.Model):
    """Points off one indicator, with the reason and what shows it."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="deductions")
    indicator = models.CharField("指标", max_length=20)
    points = models.DecimalField("扣分", max_digits=4, decimal_places=1)
    reason = models.CharField("原因", max_length=300)
    evidence = models.CharField("依据", max_length=200, blank=True)
    problem = models.ForeignKey(Problem, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("扣分时间")
    made_by = person_key("扣分的人")

    class Meta:
        verbose_name = verbose_name_plural = "扣分"
        constraints = [
            models.CheckConstraint(condition=Q(points__gt=0), name="deduction_takes_away"),
            models.CheckConstraint(
                condition=~Q(evidence="") | Q(problem__isnull=False), name="deduction_shows_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.indicator}"
