"""分管: what each leader has charge of, by units and by business lines. Dated; handing one over keeps both rows."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.org.querysets import PortfolioQuery

from .people import Person
from .units import Unit


class BusinessLine(models.Model):
    """业务线: 安全环保, 设备 … as data. `categories` are the words that stand under 类别 in a ledger."""

    title = models.CharField("业务线", max_length=40)
    categories = models.JSONField("类别", default=list)
    kept_at = models.DateTimeField("设立时间")
    kept_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField("停用日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "业务线"
        constraints = [
            models.UniqueConstraint(fields=["title"], condition=Q(ended_on=None), name="line_title")
        ]

    def __str__(self) -> str:
        return self.title


class Portfolio(models.Model):
    """One unit, or one business line, in somebody's charge. It gives no right: it says what is theirs to look at first.

    `to_day` is the last day; a row without `ended_at` stands, whatever its last day.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="portfolios")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="portfolios")
    line = models.ForeignKey(BusinessLine, models.PROTECT, null=True, blank=True, related_name="portfolios")
    from_day = models.DateField("自")
    to_day = models.DateField("至", null=True, blank=True)
    document = models.CharField("依据", max_length=120, blank=True)
    given_at = models.DateTimeField("登记时间")
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField("交出登记时间", null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = PortfolioQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "分管"
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, line__isnull=False) | Q(unit__isnull=False, line=None),
                name="portfolio_unit_or_line",
            ),
            models.CheckConstraint(
                condition=Q(to_day=None) | Q(to_day__gte=F("from_day")), name="portfolio_span"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(to_day__isnull=False), name="portfolio_ended_dated"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(ended_by=None), name="portfolio_ended_pair"
            ),
            models.UniqueConstraint(
                fields=["person", "unit"], condition=Q(ended_at=None, unit__isnull=False),
                name="portfolio_once_unit",
            ),
            models.UniqueConstraint(
                fields=["person", "line"], condition=Q(ended_at=None, line__isnull=False),
                name="portfolio_once_line",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person}:{self.what}"

    @property
    def stream(self) -> str:
        return f"portfolio:{self.pk}"

    @property
    def what(self) -> str:
        return self.unit.shown if self.unit else str(self.line)
