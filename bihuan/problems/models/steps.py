"""One row per step taken: the facts of which the state is the conclusion."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.org.models import Person, Unit

from .problem import Problem


class StepRow(models.Model):
    """Who did it and when. `round` is the round of rectification it belongs to."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="%(class)ss")
    round = models.PositiveSmallIntegerField("轮次", default=1)
    done_at = models.DateTimeField("时间")
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    text = models.TextField("说明", blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.problem_id}"


class Part(models.Model):
    """On which side a person took part in one round. One side only: the four-eyes rule in the database.

    Whoever planned, reported, submitted or owns a measure is of the rectifying team; whoever verified is
    not, and the unique constraint keeps it so even between two people who click at the same moment.
    """

    class Side(models.TextChoices):
        RECTIFY = "rectify", "整改"
        VERIFY = "verify", "核验"

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="parts")
    round = models.PositiveSmallIntegerField("轮次")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    side = models.CharField("一方", max_length=8, choices=Side.choices)

    class Meta:
        verbose_name = verbose_name_plural = "参与"
        constraints = [
            models.UniqueConstraint(fields=["problem", "round", "person"], name="part_one_side"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.side}"


class Assignment(StepRow):
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField("期限", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "下达"


class Plan(StepRow):
    """A version of the plan. `verdict` stays empty until it was reviewed."""

    number = models.PositiveSmallIntegerField("第几次")
    measures = models.JSONField("措施", default=list)
    verdict = models.CharField(
        "结论", max_length=10, blank=True, choices=(("approved", "批准"), ("returned", "退回"))
    )
    verdict_text = models.TextField("意见", blank=True)
    verdict_at = models.DateTimeField("审批时间", null=True)
    verdict_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "整改方案"
        constraints = [
            models.UniqueConstraint(fields=["problem", "number"], name="plan_number"),
            models.CheckConstraint(
                condition=Q(verdict_by=None) | ~Q(verdict_by=F("done_by")), name="plan_four_eyes"
            ),
        ]


class ProgressReport(StepRow):
    percent = models.PositiveSmallIntegerField("自报完成（%）", default=0)
    state = models.CharField("进度", max_length=16, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "进度"


class Submission(StepRow):
    on_the_spot = models.BooleanField("当场整改", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "申请销号"


class Verification(StepRow):
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="verifications")
    passed = models.BooleanField("通过")

    class Meta:
        verbose_name = verbose_name_plural = "核验"
        constraints = [models.UniqueConstraint(fields=["submission"], name="verified_once")]


class Closure(StepRow):
    """One closure per round, ever: the second of two racers cannot write it."""

    on_time = models.BooleanField("按期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "销号"
        constraints = [models.UniqueConstraint(fields=["problem", "round"], name="closed_once_a_round")]


class Recheck(StepRow):
    passed = models.BooleanField("合格")
    found = models.CharField(
        "发现",
        max_length=12,
        blank=True,
        choices=(("relapse", "反弹"), ("paper_only", "纸面整改"), ("incomplete", "整改不彻底")),
    )
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "回头看"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_by=None) | ~Q(closed_by=F("done_by")), name="recheck_by_another"
            ),
        ]


class Extension(StepRow):
    """Asked and decided by two people. `old_due_on` keeps what it was."""

    old_due_on = models.DateField("原期限")
    new_due_on = models.DateField("申请延至")
    granted = models.BooleanField("准予", null=True)
    decided_at = models.DateTimeField("批复时间", null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decision_text = models.TextField("批复意见", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "延期"
        constraints = [
            models.UniqueConstraint(fields=["problem"], condition=Q(granted=None), name="extension_one_open"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("done_by")), name="extension_four_eyes"
            ),
            models.CheckConstraint(condition=Q(new_due_on__gt=F("old_due_on")), name="extension_later"),
        ]


class Transfer(StepRow):
    """Asked by one unit, accepted or refused by the other."""

    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    accepted = models.BooleanField("接收", null=True)
    decided_at = models.DateTimeField("答复时间", null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decision_text = models.TextField("答复", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "移交"
        constraints = [
            models.UniqueConstraint(fields=["problem"], condition=Q(accepted=None), name="transfer_one_open"),
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="transfer_elsewhere"),
        ]


class Voiding(StepRow):
    """Asked by one person, decided by a second; names the twin when it is a duplicate."""

    duplicate_of = models.ForeignKey(Problem, models.PROTECT, null=True, related_name="+")
    granted = models.BooleanField("准予", null=True)
    decided_at = models.DateTimeField("批复时间", null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decision_text = models.TextField("批复意见", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "作废"
        constraints = [
            models.UniqueConstraint(fields=["problem"], condition=Q(granted=None), name="voiding_one_open"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("done_by")), name="voiding_four_eyes"
            ),
        ]


class TakeOver(StepRow):
    """What a ledger says about the past: stated there, not verified here."""

    stated_state = models.CharField("台账载明状态", max_length=40, blank=True)
    stated_closed_on = models.DateField("台账载明完成日期", null=True)
    stated_verifier = models.CharField("台账载明验收人", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "接管历史"


class Reminder(models.Model):
    """A reminder that was given: once per problem, deadline, stage and person."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="reminders")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    due_on = models.DateField("期限")
    stage = models.CharField("档", max_length=12)
    given_on = models.DateField("日期")

    class Meta:
        verbose_name = verbose_name_plural = "提醒"
        constraints = [
            models.UniqueConstraint(fields=["problem", "person", "due_on", "stage"], name="reminded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.stage}"
