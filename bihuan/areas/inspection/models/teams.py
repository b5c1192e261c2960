"""Who inspects: the talent pool, teams and their members, what keeps a member away, training."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.areas.inspection import words
from bihuan.areas.inspection.querysets import CaseQuery, MemberQuery, RelativeQuery, TalentQuery, TeamQuery
from bihuan.org.models import PartyOrg, Person, Unit

from .rounds import Round, Task


class Talent(models.Model):
    """巡察人才库: who may be asked to join a team, and what for."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    skills = models.CharField("专长", max_length=120, blank=True)
    since = models.DateField("入库日期")
    ended_on = models.DateField("出库日期", null=True)

    objects = TalentQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "人才库"

    def __str__(self) -> str:
        return str(self.person)


class Team(models.Model):
    """巡察组 of one round: dissolved with it, authorised anew each time (一次一授权)."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="teams")
    number = models.PositiveSmallIntegerField("第几组")
    made_at = models.DateTimeField("组建时间")
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = TeamQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "巡察组"
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="team_number")]

    def __str__(self) -> str:
        return words.team_of(self.number)


class TeamTask(models.Model):
    """Which team does a task. One team may do several."""

    task = models.OneToOneField(Task, models.CASCADE, related_name="given")
    team = models.ForeignKey(Team, models.CASCADE, related_name="given")

    class Meta:
        verbose_name = verbose_name_plural = "组的任务"

    def __str__(self) -> str:
        return f"{self.team_id}-{self.task_id}"


class Member(models.Model):
    """A person in a team of a round. Nobody is in two teams of one round; whoever was replaced keeps the row."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    round = models.ForeignKey(Round, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="inspection_memberships")
    part = models.CharField("职责", max_length=8, choices=words.PARTS)
    module = models.CharField("分工", max_length=12, choices=words.MODULES, blank=True)
    added_at = models.DateTimeField("列入时间")
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField("换下时间", null=True)
    removed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    why_removed = models.CharField("换下的原因", max_length=200, blank=True)
    declared_at = models.DateTimeField("申报回避情况的时间", null=True)
    other_ties = models.CharField("其他可能影响公正的情形", max_length=300, blank=True)
    pledged_at = models.DateTimeField("签保密承诺的时间", null=True)
    authorised_at = models.DateTimeField("授权时间", null=True)
    authorised_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    authority = models.CharField("授权决定文号", max_length=80, blank=True)
    authorised_until = models.DateField("授权到哪天", null=True)

    objects = MemberQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "组员"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"], condition=Q(removed_at=None), name="member_one_team"
            ),
            models.UniqueConstraint(
                fields=["team"], condition=Q(removed_at=None, part="leader"), name="member_one_leader"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | ~Q(why_removed=""), name="member_removed_why"
            ),
            models.CheckConstraint(
                condition=Q(authorised_by=None) | ~Q(authorised_by=F("person")), name="member_not_by_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.get_part_display()}）"


class Relative(models.Model):
    """An own relative's place of work, told by the person. The relative's name is not asked for: the check does not
    need it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    relation = models.CharField("关系", max_length=8, choices=words.RELATIONS)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    leads = models.BooleanField("担任领导职务", default=False)
    told_at = models.DateTimeField("申报时间")
    ended_at = models.DateTimeField("撤销时间", null=True)

    objects = RelativeQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "亲属任职"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "relation", "unit"], condition=Q(ended_at=None), name="relative_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()}@{self.unit_id}"


class RecusalCase(models.Model):
    """回避: what ties a member to an organisation of their team, found by the check or told by themselves.

    `must` blocks until somebody else lifts it or the tie is gone; `review` is shown and decided by reading.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="cases")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    org = models.ForeignKey(PartyOrg, models.PROTECT, related_name="+")
    kind = models.CharField("情形", max_length=10, choices=words.TIES)
    #: the row it rests on: an employment, a relative, or "" for what is told in words
    ground = models.CharField("依据的行", max_length=40, blank=True)
    level = models.CharField("程度", max_length=8, choices=words.LEVELS)
    reason = models.CharField("依据", max_length=300)
    found_at = models.DateTimeField("查出时间")
    ended_at = models.DateTimeField("消除时间", null=True)
    lifted_at = models.DateTimeField("认定不回避的时间", null=True)
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    why_lifted = models.CharField("认定的理由", max_length=300, blank=True)

    objects = CaseQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "回避情形"
        constraints = [
            models.UniqueConstraint(fields=["member", "org", "kind", "ground"], name="case_once"),
            models.CheckConstraint(
                condition=Q(lifted_by=None) | ~Q(lifted_by=F("person")), name="case_not_by_oneself"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | ~Q(why_lifted=""), name="case_lifted_why"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.member_id}-{self.org_id}"


class Training(models.Model):
    """巡前培训: one session with who was there."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="trainings")
    topic = models.CharField("主题", max_length=120)
    kind = models.CharField("类别", max_length=12, choices=words.TOPICS)
    lecturer = models.CharField("主讲", max_length=60)
    hours = models.DecimalField("学时", max_digits=4, decimal_places=1)
    held_on = models.DateField("日期")
    present = models.ManyToManyField(Person, related_name="+", verbose_name="到训")

    class Meta:
        verbose_name = verbose_name_plural = "巡前培训"
        constraints = [models.CheckConstraint(condition=Q(hours__gt=0), name="training_hours")]

    def __str__(self) -> str:
        return self.topic
