"""Look-back draws (回头看抽查): who looks again at what, drawn by lot so that anybody can draw it again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.org.models import PackVersion, Person

from .problem import Problem
from .steps import Recheck


class LookbackDraw(models.Model):
    """One draw: pool, seed and result. `pool` holds one problem number a line, in the order of numbers."""

    class Kind(models.TextChoices):
        MONTHLY = "monthly", "每月"
        EXTRA = "extra", "追加"

    month = models.CharField("月份", max_length=7)
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    reason = models.CharField("追加原因", max_length=200, blank=True)
    seed = models.CharField("种子", max_length=64)
    share = models.PositiveSmallIntegerField("比例（%）")
    after_days = models.PositiveSmallIntegerField("销号后天数")
    most = models.PositiveIntegerField("每次最多")
    rule_pack = models.ForeignKey(PackVersion, models.PROTECT, null=True, related_name="+")
    pool = models.TextField("名单", blank=True)
    pool_sha256 = models.CharField("名单指纹", max_length=64)
    pool_size = models.PositiveIntegerField("应抽范围（件）")
    drawn_size = models.PositiveIntegerField("抽中（件）")
    unassigned = models.PositiveIntegerField("没有合适的人（件）", default=0)
    drawn_at = models.DateTimeField("抽取时间")
    drawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "回头看抽查"
        constraints = [
            models.UniqueConstraint(fields=["month"], condition=Q(kind="monthly"), name="drawn_once_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month_words} {self.get_kind_display()}"

    @property
    def month_words(self) -> str:
        """2026年11月, the way an office writes it."""
        year, _, month = self.month.partition("-")
        return f"{year}年{int(month)}月"

    @property
    def stream(self) -> str:
        return f"lookback:{self.pk}"


class Lookback(models.Model):
    """One drawn problem, for one round of it: who is to look, by when, and what came of it."""

    draw = models.ForeignKey(LookbackDraw, models.PROTECT, related_name="lookbacks")
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="lookbacks")
    round = models.PositiveSmallIntegerField("轮次")
    order = models.PositiveIntegerField("抽取次序")
    assignee = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField("期限")
    recheck = models.OneToOneField(Recheck, models.SET_NULL, null=True, related_name="lookback")
    is_open = models.BooleanField("待回头看", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "抽中的问题"
        constraints = [
            models.UniqueConstraint(fields=["problem", "round"], name="lookback_once_a_round"),
        ]
        indexes = [
            models.Index(
                fields=["assignee", "due_on", "id"], condition=Q(is_open=True), name="lookback_assignee"
            ),
            models.Index(fields=["problem"], condition=Q(is_open=True), name="lookback_open"),
        ]

    def __str__(self) -> str:
        return f"{self.problem_id}.{self.round}"
