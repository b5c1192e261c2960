"""Who was lent to a round by which unit, and what is said of them afterwards."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.areas.inspection.querysets import AppraisalQuery, SecondmentQuery
from bihuan.org.models import Person, Unit
from bihuan.record.models import Closed

from .rounds import Round


class Secondment(models.Model):
    """借调: a person of another unit works for one round. `home` is the unit of that day: it may be another later."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="secondments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="secondments")
    home = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="原单位")
    number = models.CharField("借调函文号", max_length=60)
    from_day = models.DateField("自")
    to_day = models.DateField("至")
    notified_on = models.DateField("通知原单位的日期")
    ordered_at = models.DateTimeField("记借调的时间")
    ordered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    returned_on = models.DateField("返回日期", null=True)
    returned_at = models.DateTimeField("记返回的时间", null=True)
    returned_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = SecondmentQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "借调"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"], condition=Q(returned_on=None), name="secondment_once"
            ),
            models.CheckConstraint(condition=Q(to_day__gte=F("from_day")), name="secondment_span"),
            models.CheckConstraint(
                condition=Q(returned_on=None) | Q(returned_on__gte=F("from_day")), name="secondment_returned"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}借调{self.round}"

    @property
    def stream(self) -> str:
        return f"inspection-secondment:{self.pk}"


class Appraisal(Closed):
    """鉴定 of who was lent. Sent, it is read by the person and the head of the home unit, and stands."""

    secondment = models.OneToOneField(Secondment, models.CASCADE, related_name="appraisal")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    grade = models.CharField("等次", max_length=20)
    written_at = models.DateTimeField("写鉴定的时间")
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField("送原单位的时间", null=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    #: when the head of the home unit first opened it
    received_at = models.DateTimeField("原单位看到的时间", null=True)
    received_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = AppraisalQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "借调鉴定"
        constraints = [
            models.CheckConstraint(
                condition=Q(written_by=None) | ~Q(written_by=F("person")), name="appraisal_not_of_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.secondment_id} {self.grade}"
