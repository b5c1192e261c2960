"""What departments tell a team before it enters, and what was agreed over it. The words stand sealed."""

from __future__ import annotations

from datetime import date

from django.db import models

from bihuan.areas.inspection import states
from bihuan.areas.inspection.querysets import BriefingQuery, ConsultationQuery
from bihuan.org.models import Person, Unit
from bihuan.record.models import Closed

from .rounds import Round, Task


class Briefing(models.Model):
    """情况通报 asked of one department about one organisation. `items` say which sides of it, never what is known."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="briefings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="部门")
    items = models.JSONField("请通报的条目")
    due_on = models.DateField("期限")
    state = models.CharField("状态", max_length=12, choices=states.BRIEFING_STATES, default=states.ASKED)
    asked_at = models.DateTimeField("请求时间")
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField("版本", default=1)

    objects = BriefingQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "情况通报"
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="briefing_once")]

    def __str__(self) -> str:
        return f"{self.unit}：{self.task}"

    @property
    def stream(self) -> str:
        return f"inspection-briefing:{self.pk}"

    def is_late(self, day: date) -> bool:
        return self.state in states.OWED and self.due_on < day


class Answer(Closed):
    """What the department told, one row each time it answered. `sealed` holds a text for each item, and the reason
    it was returned with."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="answers")
    turn = models.PositiveSmallIntegerField("第几次")
    due_on = models.DateField("当时的期限")
    answered_on = models.DateField("报来日期")
    answered_at = models.DateTimeField("报来时间")
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField("退回时间", null=True)
    returned_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    #: when somebody of the office first opened it
    seen_at = models.DateTimeField("巡察办看到的时间", null=True)
    seen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "情况通报的答复"
        constraints = [models.UniqueConstraint(fields=["briefing", "turn"], name="answer_turn")]

    def __str__(self) -> str:
        return f"{self.briefing_id}-{self.turn}"

    @property
    def days_late(self) -> int:
        return max(0, (self.answered_on - self.due_on).days)


class Consultation(Closed):
    """会商: of one task, or of the whole round (`task` empty). What was agreed stands sealed."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="consultations")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="consultations")
    held_on = models.DateField("日期")
    present = models.ManyToManyField(Person, related_name="+", verbose_name="参加人")
    considered = models.ManyToManyField(Briefing, related_name="+", verbose_name="研究的情况通报")
    noted_at = models.DateTimeField("记下的时间")
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = ConsultationQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会商"

    def __str__(self) -> str:
        return f"{self.round_id} {self.held_on}"

    @property
    def stream(self) -> str:
        return f"inspection-consultation:{self.pk}"
