"""What opens a closed row to somebody outside the team: a consent that was asked for, a part that was handed over; and
who has to be talked to."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import words
from bihuan.org.models import Person

from .confidential import Talk, person_key


class Interviewee(models.Model):
    """约谈名单: who must be talked to (leaders, heads of discipline and personnel, leaders who retired not long ago)."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    why = models.CharField("为什么必谈", max_length=80)
    listed_at = models.DateTimeField("列入时间")
    listed_by = person_key("列入人", null=True)
    talk = models.ForeignKey(Talk, models.PROTECT, null=True, related_name="covers")
    excused_at = models.DateTimeField("免谈时间", null=True)
    excused_by = person_key("同意免谈的人", null=True)
    why_excused = models.CharField("免谈原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "约谈名单"
        constraints = [
            models.UniqueConstraint(fields=["task", "person"], name="interviewee_once"),
            models.CheckConstraint(
                condition=Q(excused_at=None) | ~Q(why_excused=""), name="interviewee_excused_why"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Consent(models.Model):
    """调阅: a member of the leading group asked to read one talk or complaint, and the team's leader or the head of the
    group let them, until a day."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    kind = models.CharField("什么", max_length=10, choices=words.DATA)
    thing = models.UUIDField("哪一件")
    label = models.CharField("名称", max_length=40)
    reason = models.CharField("用途", max_length=200)
    asked_by = person_key("申请人")
    asked_at = models.DateTimeField("申请时间")
    until = models.DateField("到哪天", null=True)
    granted_by = person_key("同意人", null=True)
    granted_at = models.DateTimeField("同意时间", null=True)
    refused_by = person_key("不同意的人", null=True)
    refused_at = models.DateTimeField("不同意时间", null=True)
    why_refused = models.CharField("不同意的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "调阅"
        constraints = [
            models.CheckConstraint(
                condition=Q(granted_by=None) | ~Q(granted_by=F("asked_by")), name="consent_not_by_oneself"
            ),
            models.CheckConstraint(
                condition=Q(granted_at=None) | Q(refused_at=None), name="consent_yes_or_no"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}-{self.pk}"


class Handed(models.Model):
    """A talk or complaint handed over, as a part of what is transferred, to one body of supervision."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    kind = models.CharField("什么", max_length=10, choices=words.DATA)
    thing = models.UUIDField("哪一件")
    body = models.CharField("移交给", max_length=12, choices=words.BODIES)
    handed_at = models.DateTimeField("移交时间")
    handed_by = person_key("移交人", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "移交的材料"
        constraints = [models.UniqueConstraint(fields=["kind", "thing", "body"], name="handed_once")]

    def __str__(self) -> str:
        return f"{self.kind}-{self.body}"
