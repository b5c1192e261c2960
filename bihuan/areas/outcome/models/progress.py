"""The concentrated period: the meeting of its leaders, and the reports with the figures of their day."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.areas.outcome import words

from .feedback import Feedback
from .report import person_key


class LifeMeeting(models.Model):
    """专题民主生活会 on the rectification."""

    feedback = models.OneToOneField(Feedback, models.PROTECT, related_name="life_meeting")
    held_on = models.DateField("召开日期")
    chair = person_key("主持人")
    present = models.PositiveSmallIntegerField("到会人数")
    note = models.TextField("查摆的主要问题和承诺")
    late = models.BooleanField("迟开", default=False)
    told_at = models.DateTimeField("记录时间")
    told_by = person_key("记录人")

    class Meta:
        verbose_name = verbose_name_plural = "专题民主生活会"
        constraints = [models.CheckConstraint(condition=Q(present__gt=0), name="life_meeting_had_people")]

    def __str__(self) -> str:
        return f"专题民主生活会 {self.held_on}"


class RectificationReport(models.Model):
    """双报告: of the organisation, and of its principal on how they organised it; on the progress, and at the end. The
    figures are counted on the day it is handed in. `received_on` is when the office has it."""

    feedback = models.ForeignKey(Feedback, models.PROTECT, related_name="rectification_reports")
    stage = models.CharField("阶段", max_length=10, choices=words.STAGES)
    kind = models.CharField("文件", max_length=6, choices=words.TWO_REPORTS)
    text = models.TextField("正文")
    total = models.PositiveIntegerField("问题（件）")
    done = models.PositiveIntegerField("已完成（件）")
    basically = models.PositiveIntegerField("基本完成（件）")
    due_on = models.DateField("应报日期", null=True)
    late = models.BooleanField("迟报", default=False)
    handed_in_at = models.DateTimeField("报送时间")
    handed_in_by = person_key("报送人")
    received_on = models.DateField("收到日期", null=True)
    received_by = person_key("签收人", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "整改报告"
        constraints = [
            models.UniqueConstraint(fields=["feedback", "stage", "kind"], name="rect_report_once"),
            models.CheckConstraint(
                condition=Q(total__gte=F("done") + F("basically")), name="rect_report_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(received_by=None) | ~Q(received_by=F("handed_in_by")),
                name="rect_report_received_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}：{self.get_kind_display()}"

    @property
    def rest(self) -> int:
        return self.total - self.done - self.basically


class ReportReading(models.Model):
    """阅: who of office, discipline and personnel read a report, and what they noted."""

    report = models.ForeignKey(RectificationReport, models.CASCADE, related_name="readings")
    body = models.CharField("谁", max_length=12, choices=words.READERS)
    note = models.CharField("阅处意见", max_length=500, blank=True)
    read_at = models.DateTimeField("阅的时间")
    read_by = person_key("阅的人")

    class Meta:
        verbose_name = verbose_name_plural = "整改报告的阅处"
        constraints = [models.UniqueConstraint(fields=["report", "body"], name="rect_report_read_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.body}"
