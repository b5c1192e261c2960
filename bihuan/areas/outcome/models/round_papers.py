"""What a whole round comes to: problems that several organisations share, and the papers about it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.areas.inspection.models import Round
from bihuan.areas.outcome import words

from .report import person_key


class CommonProblem(models.Model):
    """共性问题 of a round, as the office named and worded it. `tag` is what the feedback items share; `orgs` how many
    organisations they are of on the day it was confirmed."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="common_problems")
    tag = models.CharField("标记", max_length=60)
    title = models.CharField("名称", max_length=60)
    text = models.TextField("通报内容")
    orgs = models.PositiveSmallIntegerField("党组织（个）")
    items = models.PositiveSmallIntegerField("问题（件）")
    confirmed_at = models.DateTimeField("认定时间")
    confirmed_by = person_key("认定的人")

    class Meta:
        verbose_name = verbose_name_plural = "共性问题"
        constraints = [models.UniqueConstraint(fields=["round", "tag"], name="common_problem_once")]

    def __str__(self) -> str:
        return self.title


class RoundPaper(models.Model):
    """本轮巡察情况的报告, or 专项治理总结: the figures as they were counted when it was written, and the meeting that heard
    and adopted it, written down by somebody else."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="papers")
    kind = models.CharField("文件", max_length=8, choices=words.ROUND_PAPERS)
    figures = models.JSONField("统计")
    text = models.TextField("正文")
    written_at = models.DateTimeField("成稿时间")
    written_by = person_key("起草人")
    heard_on = models.DateField("听取日期", null=True)
    heard_by = person_key("记听取的人", null=True)
    document = models.CharField("会议和文号", max_length=120, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "本轮的文件"
        constraints = [
            models.UniqueConstraint(fields=["round", "kind"], name="round_paper_once"),
            models.CheckConstraint(
                condition=Q(heard_by=None) | ~Q(heard_by=F("written_by")), name="round_paper_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(heard_on=None, document="") | (Q(heard_on__isnull=False) & ~Q(document="")),
                name="round_paper_heard_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
