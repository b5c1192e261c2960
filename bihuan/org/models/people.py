"""People and what they hold: employments, posts, party membership. Everything dated, nothing deleted."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.org.querysets import HoldingQuery, PersonQuery

from .units import PartyOrg, Unit


def _span(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(to_day=None) | Q(to_day__gte=F("from_day")), name=f"{name}_span"
    )


class Person(models.Model):
    """A person, with or without an account.

    `unit` and `title` repeat the main employment of today, so that a list needs no join; the dated rows
    are the truth. `left_on` is the first day without them. `hat` is the body they acted for last (ADR 25).
    """

    staff_no = models.CharField("工号", max_length=30, unique=True)
    name = models.CharField("姓名", max_length=40)
    sort_key = models.CharField("拼音", max_length=120, db_index=True)
    phone = models.CharField("手机", max_length=20, blank=True)
    email = models.EmailField("邮箱", blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="people")
    title = models.CharField("职务", max_length=60, blank=True)
    left_on = models.DateField("离开日期", null=True, blank=True)
    hat = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上次的身份"
    )

    objects = PersonQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        indexes = [
            models.Index(fields=["unit", "sort_key", "id"], name="person_unit"),
            models.Index(fields=["name"], name="person_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Employment(models.Model):
    """Works, or worked, in a unit. The recusal checks of later parts read the past ones."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="employments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="employments")
    title = models.CharField("职务", max_length=60, blank=True)
    is_main = models.BooleanField("主岗", default=True)
    from_day = models.DateField("自")
    to_day = models.DateField("至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        constraints = [
            _span("employment"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(to_day=None, is_main=True), name="employment_one_main"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}@{self.unit_id}"


class Post(models.Model):
    """A post stays when its holder changes; grants and responsibilities may hang on it."""

    code = models.CharField("编码", max_length=40, unique=True)
    title = models.CharField("岗位", max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    leads = models.BooleanField("单位负责人岗位", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"

    def __str__(self) -> str:
        return self.title


class PostHolding(models.Model):
    objects = HoldingQuery.as_manager()

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="holdings")
    from_day = models.DateField("自")
    to_day = models.DateField("至", null=True, blank=True)
    # Who manages people says who holds a post; grants on it count only from here on (actions.confirm_holding).
    confirmed_at = models.DateTimeField("权限确认时间", null=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "任岗"
        constraints = [
            _span("holding"),
            models.UniqueConstraint(fields=["post", "person"], condition=Q(to_day=None), name="holding_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.post_id}"


class Membership(models.Model):
    class Kind(models.TextChoices):
        FULL = "full", "正式党员"
        PROBATIONARY = "probationary", "预备党员"

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    party_org = models.ForeignKey(PartyOrg, models.PROTECT, related_name="memberships")
    kind = models.CharField("类别", max_length=14, choices=Kind.choices, default=Kind.FULL)
    duty = models.CharField("党内职务", max_length=40, blank=True)
    from_day = models.DateField("自")
    to_day = models.DateField("至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "党员关系"
        constraints = [
            _span("membership"),
            # Every member is in exactly one branch at a time (党员教育管理工作条例).
            models.UniqueConstraint(fields=["person"], condition=Q(to_day=None), name="membership_one"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.party_org_id}"
