"""Two dated trees: units of the administration, and party organisations, linked many to many.

A node holds what is true today; a spell holds what was true from one day to another. Trees use a path of
ids like `/1/4/17/`: on these small tables `startswith` is fast on both databases.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.org.querysets import TreeQuery


class Node(models.Model):
    """What both trees share. `code` is data and never reused; `closed_on` is the first day without it."""

    code = models.CharField("编码", max_length=30, unique=True)
    name = models.CharField("名称", max_length=80)
    short_name = models.CharField("简称", max_length=40, blank=True)
    aliases = models.JSONField("别名", default=list, blank=True)
    path = models.CharField("路径", max_length=200, unique=True, null=True)
    depth = models.PositiveSmallIntegerField("层级", default=1)
    order = models.PositiveIntegerField("排序", default=0)
    opened_on = models.DateField("设立日期", null=True, blank=True)
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def shown(self) -> str:
        return self.short_name or self.name

    def is_open(self, day) -> bool:
        return self.closed_on is None or day < self.closed_on

    @property
    def ancestor_ids(self) -> list[int]:
        """Ids from the root down to this node itself."""
        return [int(part) for part in (self.path or "").strip("/").split("/") if part]


class Unit(Node):
    class Kind(models.TextChoices):
        GROUP = "group", "集团"
        COMPANY = "company", "公司"
        MILL = "mill", "厂矿"
        DEPARTMENT = "department", "部门"
        WORKSHOP = "workshop", "车间（作业区）"
        TEAM = "team", "班组"
        CONTRACTOR = "contractor", "外委单位"

    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    industry = models.CharField("行业", max_length=30, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")

    objects = TreeQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        indexes = [models.Index(fields=["parent", "order", "id"], name="unit_children")]
        constraints = [
            # One installation is one group: the only unit without a unit above it.
            models.CheckConstraint(
                condition=Q(kind="group", parent=None) | (~Q(kind="group") & Q(parent__isnull=False)),
                name="unit_root_is_group",
            ),
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="group"), name="unit_one_group"),
        ]


class PartyOrg(Node):
    class Kind(models.TextChoices):
        COMMITTEE = "committee", "党委"
        GENERAL_BRANCH = "general_branch", "党总支"
        BRANCH = "branch", "党支部"
        GROUP = "group", "党小组"

    kind = models.CharField("类别", max_length=16, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")
    in_scope = models.BooleanField("列入巡察范围", default=False)
    units = models.ManyToManyField(Unit, through="PartyLink", related_name="party_orgs")

    objects = TreeQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "党组织"
        indexes = [models.Index(fields=["parent", "order", "id"], name="party_children")]


class PartyLink(models.Model):
    """A party organisation covers a unit. A joint branch (联合党支部) covers several."""

    party_org = models.ForeignKey(PartyOrg, models.PROTECT, related_name="links")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="party_links")
    from_day = models.DateField("自", null=True)
    to_day = models.DateField("至", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "党组织与单位"
        constraints = [models.UniqueConstraint(fields=["party_org", "unit"], name="party_link_once")]

    def __str__(self) -> str:
        return f"{self.party_org_id}-{self.unit_id}"


class Spell(models.Model):
    """Name and place of a node from `from_day` up to, not including, `to_day` (open when null)."""

    name = models.CharField("名称", max_length=80)
    short_name = models.CharField("简称", max_length=40, blank=True)
    path = models.CharField("路径", max_length=200)
    from_day = models.DateField("自")
    to_day = models.DateField("至", null=True)
    why = models.CharField("缘由", max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.name} {self.from_day}"


def _spell_rules(name: str, owner: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=[owner, "from_day"], name=f"{name}_spell_start"),
        models.UniqueConstraint(fields=[owner], condition=Q(to_day=None), name=f"{name}_spell_one_open"),
        models.CheckConstraint(
            condition=Q(to_day=None) | Q(to_day__gt=F("from_day")), name=f"{name}_spell_span"
        ),
    ]


class UnitSpell(Spell):
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="spells")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "单位沿革"
        constraints = _spell_rules("unit", "unit")


class PartySpell(Spell):
    party_org = models.ForeignKey(PartyOrg, models.CASCADE, related_name="spells")
    parent = models.ForeignKey(PartyOrg, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "党组织沿革"
        constraints = _spell_rules("party", "party_org")
