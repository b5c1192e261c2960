"""Which problems look like one another, what people said to that, and how rare the words are."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from bihuan.org.models import Person

from .problem import Problem


class Likeness(models.Model):
    """Two problems that look alike: `problem` was found later, `like` earlier. One row for a pair, whichever way.

    Without a verdict it waits for a person. A verdict is never asked for again; `no` stays so that the same
    pair is not offered twice. What was confirmed stands in `Problem.repeat_of` too, and in an event.
    """

    class Verdict(models.TextChoices):
        WAITING = "", "等人认定"
        SAME = "same", "重复发生"
        SPREAD = "spread", "举一反三不到位"
        NO = "no", "不是重复"

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="likenesses")
    like = models.ForeignKey(Problem, models.PROTECT, related_name="liked_by")
    percent = models.PositiveSmallIntegerField("相似度", default=0)
    verdict = models.CharField("认定", max_length=8, choices=Verdict.choices, blank=True)
    text = models.TextField("说明", blank=True)
    decided_at = models.DateTimeField("认定时间", null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "疑似重复"
        constraints = [
            models.UniqueConstraint(
                Least("problem", "like"), Greatest("problem", "like"), name="likeness_pair_once"
            ),
            models.UniqueConstraint(
                fields=["problem"], condition=Q(verdict__in=("same", "spread")), name="likeness_one_repeat"
            ),
            models.CheckConstraint(condition=~Q(problem=F("like")), name="likeness_of_two"),
            models.CheckConstraint(
                condition=Q(verdict="", decided_at=None) | (~Q(verdict="") & Q(decided_at__isnull=False)),
                name="likeness_decided_when",
            ),
        ]
        indexes = [
            models.Index(fields=["-problem", "-percent"], condition=Q(verdict=""), name="likeness_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.problem_id} ~ {self.like_id}"


class WordShares(models.Model):
    """How large a share of the problems holds a word (character pairs and words as in the search index).

    Counted over a sample by the worker, after bulk loads and every night; one row, replaced as a whole. A word
    that is not in it is rare. `upto` is the highest problem id of that moment.
    """

    upto = models.BigIntegerField("数到")
    sampled = models.PositiveIntegerField("抽样件数")
    shares = models.JSONField("词频", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "词频"

    def __str__(self) -> str:
        return f"{self.sampled} / {self.upto}"
