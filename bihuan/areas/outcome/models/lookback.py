"""巡察回头看: a later task looks again at what an earlier one had found, on problems drawn by lot."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.areas.inspection.models import Task
from bihuan.areas.outcome import words
from bihuan.org.models import PackVersion
from bihuan.problems.models import Problem, Recheck

from .report import person_key


class LookAgain(models.Model):
    """A task of the mode 回头看 and the task it looks back at. `pool` holds one problem number a line; with it and the
    seed anybody draws the same again."""

    task = models.OneToOneField(Task, models.PROTECT, related_name="look_again")
    earlier = models.ForeignKey(Task, models.PROTECT, related_name="+")
    seed = models.CharField("种子", max_length=64)
    share = models.PositiveSmallIntegerField("比例（%）")
    rule_pack = models.ForeignKey(PackVersion, models.PROTECT, related_name="+")
    pool = models.TextField("名单")
    pool_sha256 = models.CharField("名单指纹", max_length=64)
    drawn_at = models.DateTimeField("抽取时间")
    drawn_by = person_key("抽取人")

    class Meta:
        verbose_name = verbose_name_plural = "巡察回头看"
        constraints = [models.CheckConstraint(condition=~Q(task=F("earlier")), name="look_again_at_another")]

    def __str__(self) -> str:
        return f"{self.task_id}-{self.earlier_id}"


class Sample(models.Model):
    """One drawn problem and what was found of it; `recheck` is the look-back in the loop that came of it."""

    look = models.ForeignKey(LookAgain, models.CASCADE, related_name="samples")
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField("次序")
    verdict = models.CharField("结论", max_length=10, choices=words.SAMPLE_VERDICTS, blank=True)
    looked_at = models.DateTimeField("看的时间", null=True)
    looked_by = person_key("看的人", null=True)
    recheck = models.OneToOneField(Recheck, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "抽中的问题"
        constraints = [
            models.UniqueConstraint(fields=["look", "problem"], name="sample_once"),
            models.CheckConstraint(
                condition=Q(verdict="", looked_at=None) | (~Q(verdict="") & Q(looked_at__isnull=False)),
                name="sample_looked_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.look_id}.{self.order}"
