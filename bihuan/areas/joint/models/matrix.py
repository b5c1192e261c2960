"""职责矩阵: the working rules of the leading group as data, and which units of the house hold which body."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.areas.joint import words
from bihuan.org.models import PartyOrg, Person, Unit


class Matrix(models.Model):
    """One version of the matrix. Never changed: other rules are the next version.

    `duties` is a list of {stage, title, parts: {body: part}, source, certainty H|M|L}.
    """

    number = models.PositiveSmallIntegerField("版本", unique=True)
    title = models.CharField("依据文件", max_length=120)
    from_day = models.DateField("自")
    duties = models.JSONField("职责")
    published_at = models.DateTimeField("发布时间")
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "职责矩阵"

    def __str__(self) -> str:
        return f"{self.title} 第 {self.number} 版"


class BodyHolder(models.Model):
    """A unit or a party organisation that is one of the seven kinds of bodies, dated."""

    body = models.CharField("监督主体", max_length=14, choices=words.BODIES)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    org = models.ForeignKey(PartyOrg, models.PROTECT, null=True, related_name="+")
    from_day = models.DateField("自")
    to_day = models.DateField("至", null=True)
    mapped_at = models.DateTimeField("登记时间")
    mapped_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "监督主体的对应"
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, org__isnull=False) | Q(unit__isnull=False, org=None),
                name="holder_unit_or_org",
            ),
            models.CheckConstraint(
                condition=Q(to_day=None) | Q(to_day__gte=F("from_day")), name="holder_span"
            ),
            models.UniqueConstraint(
                fields=["body", "unit"], condition=Q(to_day=None, unit__isnull=False), name="holder_once_unit"
            ),
            models.UniqueConstraint(
                fields=["body", "org"], condition=Q(to_day=None, org__isnull=False), name="holder_once_org"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_body_display()}:{self.name}"

    @property
    def name(self) -> str:
        return self.unit.shown if self.unit else self.org.shown if self.org else ""
