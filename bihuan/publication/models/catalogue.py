"""公开目录: the kinds of things that must be public."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.kernel.rules import CERTAINTY_LABELS
from bihuan.org.models import Person
from bihuan.publication import states, words
from bihuan.publication.querysets import EntryQuery


class Entry(models.Model):
    """公开事项: what has to be public, to whom, how often, who looks at it before, and for how long it stays.

    `chain` holds the letters of the looks it needs (`states.LOOKS`), at least one. `every` counts months, 0 is
    whenever there is something. `code` is data and never used again: those that come with the product keep theirs.
    """

    code = models.CharField("代码", max_length=40, unique=True)
    title = models.CharField("事项", max_length=80)
    kind = models.CharField("类别", max_length=16, choices=words.KINDS)
    scope = models.CharField("范围", max_length=8, choices=words.SCOPES)
    whose = models.CharField("谁公开", max_length=8, choices=words.WHOSE)
    every = models.PositiveSmallIntegerField("多久公开一次", choices=words.EVERY)
    chain = models.CharField("要过的关", max_length=3, choices=states.CHAIN_CHOICES)
    term_days = models.PositiveSmallIntegerField("公开天数")
    basis = models.CharField("依据", max_length=200)
    certainty = models.CharField("把握", max_length=8, choices=tuple(CERTAINTY_LABELS.items()))
    since = models.DateField("从哪天起算")
    made_at = models.DateTimeField("列入时间")
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField("停用日期", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = EntryQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公开事项"
        constraints = [
            models.CheckConstraint(condition=Q(chain__in=states.CHAINS), name="entry_has_a_look"),
            models.CheckConstraint(condition=Q(term_days__gte=1), name="entry_has_a_term"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stream(self) -> str:
        return f"publication-entry:{self.pk}"
