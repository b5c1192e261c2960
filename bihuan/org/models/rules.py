"""Rule packs: dated, versioned, with source and certainty for every value."""

from __future__ import annotations

from django.db import models

from .people import Person


class PackVersion(models.Model):
    """One version of one pack. Never changed once published: a change is the next version.

    `values` is a list of {key, label, value, unit, source, certainty H|M|L|memory, start_event, day_type}.
    """

    pack = models.CharField("规则包", max_length=40)
    title = models.CharField("名称", max_length=80)
    version = models.CharField("版本", max_length=20)
    issuer = models.CharField("发布单位", max_length=80, blank=True)
    document = models.CharField("依据文件", max_length=200, blank=True)
    effective_from = models.DateField("生效日期")
    effective_to = models.DateField("失效日期", null=True, blank=True)
    values = models.JSONField("规则值", default=list)
    note = models.TextField("说明", blank=True)
    published_at = models.DateTimeField("发布时间")
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "规则包版本"
        constraints = [models.UniqueConstraint(fields=["pack", "version"], name="pack_version_once")]
        indexes = [models.Index(fields=["pack", "-effective_from", "-id"], name="pack_current")]

    def __str__(self) -> str:
        return f"{self.title} {self.version} 版"


class RuleConfirmation(models.Model):
    """A person stands for a value whose source is local practice (L) or memory."""

    version = models.ForeignKey(PackVersion, models.CASCADE, related_name="confirmations")
    key = models.CharField("规则", max_length=60)
    note = models.CharField("依据", max_length=200, blank=True)
    confirmed_at = models.DateTimeField("确认时间")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "规则确认"
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="rule_confirmed_once")]

    def __str__(self) -> str:
        return self.key
