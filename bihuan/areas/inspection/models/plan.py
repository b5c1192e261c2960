"""Term of office, who is in scope within it, and the plan of each year."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.areas.inspection import states
from bihuan.areas.inspection.querysets import PlanQuery, ScopeQuery
from bihuan.org.models import PackVersion, PartyOrg, Person


class Term(models.Model):
    """五年规划: a term of office within which every organisation in scope is inspected once."""

    title = models.CharField("名称", max_length=80)
    first_year = models.PositiveSmallIntegerField("起始年")
    last_year = models.PositiveSmallIntegerField("终止年")
    rule_pack = models.ForeignKey(PackVersion, models.PROTECT, related_name="+")
    approved_on = models.DateField("批准日期", null=True)
    approved_at = models.DateTimeField("记下批准的时间", null=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    document = models.CharField("会议和文号", max_length=120, blank=True)
    made_at = models.DateTimeField("编制时间")
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = PlanQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "五年规划"
        constraints = [
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="term_years"),
            models.CheckConstraint(
                condition=Q(approved_on=None, approved_at=None)
                | Q(approved_on__isnull=False, approved_at__isnull=False),
                name="term_approved_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(made_by=None) | ~Q(approved_by=F("made_by")),
                name="term_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_year}—{self.last_year}年规划"

    @property
    def stream(self) -> str:
        return f"inspection-term:{self.pk}"


class ScopeOrg(models.Model):
    """An organisation in scope of a term. One that is merged or dissolved leaves it with a reason."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="scope")
    org = models.ForeignKey(PartyOrg, models.PROTECT, related_name="+")
    left_on = models.DateField("移出日期", null=True)
    why_left = models.CharField("移出原因", max_length=200, blank=True)

    objects = ScopeQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "巡察范围"
        constraints = [
            models.UniqueConstraint(fields=["term", "org"], name="scope_once"),
            models.CheckConstraint(condition=Q(left_on=None) | ~Q(why_left=""), name="scope_left_why"),
        ]

    def __str__(self) -> str:
        return f"{self.term_id}-{self.org_id}"


class YearPlan(models.Model):
    """年度计划: reviewed by the leading group, approved by the committee, then its rounds may be approved."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField("年度", unique=True)
    note = models.TextField("说明", blank=True)
    state = models.CharField("状态", max_length=12, choices=states.YEAR_STATES, default=states.DRAFT)
    reviewed_on = models.DateField("审议日期", null=True)
    approved_on = models.DateField("批准日期", null=True)
    made_at = models.DateTimeField("编制时间")
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField("版本", default=1)

    objects = PlanQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度计划"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=states.APPROVED) | Q(approved_on__isnull=False, reviewed_on__isnull=False),
                name="year_approved_has_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度计划"

    @property
    def stream(self) -> str:
        return f"inspection-year:{self.pk}"
