"""Feedback of a task: what the inspected organisation is given, in two steps, and the clock that its receipt starts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.areas.inspection.models import Focus, Task
from bihuan.areas.outcome import words
from bihuan.areas.outcome.querysets import FeedbackQuery
from bihuan.org.models import PackVersion, Unit
from bihuan.problems.models import Problem
from bihuan.problems.states import TIMING
from bihuan.record.models import Closed

from .report import Report, ReportFinding, person_key


class Feedback(Closed):
    """反馈意见, one a task, from its approved report. Closed: `opening`, `demands`. First one to one with the principal
    (`told_on`), then at the meeting of the leaders (`meeting_on`), where it is given out (`issued_at`); signed for by a
    named person of the organisation (`received_on`), which starts the clock. `raised_at`: its problems are in the loop."""

    task = models.OneToOneField(Task, models.PROTECT, related_name="feedback")
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("拟稿时间")
    made_by = person_key("拟稿人")
    told_on = models.DateField("向主要负责人反馈的日期", null=True)
    principal = person_key("主要负责人", null=True)
    told_by = person_key("记一对一反馈的人", null=True)
    meeting_on = models.DateField("班子会议反馈日期", null=True)
    issued_at = models.DateTimeField("给出时间", null=True)
    issued_by = person_key("给出的人", null=True)
    received_on = models.DateField("签收日期", null=True)
    receiver = person_key("签收人", null=True)
    received_by = person_key("记签收的人", null=True)
    raised_at = models.DateTimeField("问题下达时间", null=True)
    raised_by = person_key("下达的人", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = FeedbackQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "反馈意见"
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting_on=None) | Q(told_on__isnull=False, meeting_on__gte=F("told_on")),
                name="feedback_principal_first",
            ),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(meeting_on__isnull=False, received_on__gte=F("meeting_on")),
                name="feedback_received_after_the_meeting",
            ),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(receiver__isnull=False), name="feedback_received_by_a_name"
            ),
            models.CheckConstraint(
                condition=Q(raised_at=None) | Q(received_on__isnull=False),
                name="feedback_raised_once_received",
            ),
        ]

    def __str__(self) -> str:
        return "反馈意见"

    @property
    def stream(self) -> str:
        return f"outcome-feedback:{self.pk}"


class FeedbackItem(Closed):
    """A problem or a suggestion of the feedback. Closed: `statement`, `demand`. `problem` is the one it became, word for
    word; `findings` are those of the report it comes from, which the inspected never see."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("类别", max_length=12, choices=words.ITEM_KINDS, default="problem")
    focus = models.ForeignKey(Focus, models.PROTECT, null=True, verbose_name="重点", related_name="+")
    category = models.CharField("问题类别", max_length=12, choices=words.CATEGORIES, default="other")
    severity = models.CharField("程度", max_length=8, choices=words.SEVERITIES, default="general")
    common = models.CharField("共性问题", max_length=40, blank=True)
    timing = models.CharField("整改类型", max_length=14, choices=TIMING, default="time_limited")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, verbose_name="牵头单位", related_name="+")
    findings = models.ManyToManyField(ReportFinding, related_name="items")
    problem = models.OneToOneField(Problem, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "反馈的问题和建议"
        constraints = [
            models.UniqueConstraint(fields=["feedback", "order"], name="feedback_item_order"),
            models.CheckConstraint(
                condition=Q(kind="problem") | Q(problem=None), name="feedback_suggestion_is_no_problem"
            ),
        ]

    def __str__(self) -> str:
        return words.finding_no(self.order)


class FeedbackCopy(models.Model):
    """四抄告: whom a copy of the feedback was sent to."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="copies")
    body = models.CharField("抄送给", max_length=12, choices=words.COPIED_TO)
    receiver = models.CharField("收件单位或人", max_length=60)
    sent_on = models.DateField("抄送日期")
    sent_by = person_key("抄送人", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "反馈的抄送"
        constraints = [
            models.UniqueConstraint(fields=["feedback", "body", "receiver"], name="feedback_copy_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_body_display()} {self.sent_on}"


class ClockDay(models.Model):
    """One date that the receipt set, for good: which rule of which pack gave it, counted from what."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="days")
    code = models.CharField("期限", max_length=16)
    order = models.PositiveSmallIntegerField("次序")
    label = models.CharField("名称", max_length=60)
    base_on = models.DateField("起算日")
    start_event = models.CharField("自什么起算", max_length=40)
    amount = models.CharField("多久", max_length=20)
    due_on = models.DateField("到期日")
    latest_on = models.DateField("顺延到的工作日")
    sure = models.BooleanField("节假日表已到这一天")
    pack = models.ForeignKey(PackVersion, models.PROTECT, related_name="+")
    rule_key = models.CharField("规则", max_length=60)
    source = models.CharField("依据", max_length=200)
    certainty = models.CharField("可信程度", max_length=8)

    class Meta:
        verbose_name = verbose_name_plural = "反馈起算的期限"
        constraints = [models.UniqueConstraint(fields=["feedback", "code"], name="clock_day_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.due_on}"
