"""排期提案: which organisation in which round of the term, as somebody kept it."""

from __future__ import annotations

from django.db import models

from bihuan.areas.inspection.querysets import PlanQuery
from bihuan.org.models import PartyOrg, Person

from .plan import Term


class Proposal(models.Model):
    """One that was worked out, edited and kept. It binds nobody: rounds and tasks are opened from it by hand."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="proposals")
    rules = models.JSONField("规则和权重")
    made_at = models.DateTimeField("保存时间")
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = PlanQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "排期提案"

    def __str__(self) -> str:
        return f"{self.term}排期提案"


class ProposedTask(models.Model):
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="rows")
    org = models.ForeignKey(PartyOrg, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("第几轮")
    why = models.CharField("为什么排在这里", max_length=200)
    by_hand = models.BooleanField("手工定的", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "提案的各家"
        constraints = [models.UniqueConstraint(fields=["proposal", "org"], name="proposed_once")]

    def __str__(self) -> str:
        return f"{self.org_id} {self.year}-{self.number}"
