"""The daily work of a team that is closed: what it asks of departments and pushes units to do, what it saw, what it
reports half-way, its log of the day."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.access import Data
from bihuan.areas.onsite.querysets import AskQuery, ClosedQuery, VisitQuery
from bihuan.org.models import Person, Unit
from bihuan.record.models import Closed

from .confidential import Draft, person_key


class Ask(Closed):
    """提请协助 of a department (data, an expert, earlier findings), or 巡中促: what a unit or department should do now.
    Closed: `ask`, `answer`, `back` (why it was sent back). Answered by who was addressed, looked at by the team."""

    DATA = Data.ASK

    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("序号")
    kind = models.CharField("类别", max_length=8, choices=words.ASK_KINDS)
    push = models.BooleanField("巡中促", default=False)
    to = models.ForeignKey(Unit, models.PROTECT, verbose_name="收件单位", related_name="+")
    #: whether the unit belongs to the organisation that is inspected
    inside = models.BooleanField("被巡察单位", default=False)
    due_on = models.DateField("答复期限")
    state = models.CharField("状态", max_length=10, choices=states.ASK_STATES, default=states.ASKED)
    asked_at = models.DateTimeField("发出时间")
    asked_by = person_key("发出人")
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = person_key("答复人", null=True)
    sent_back = models.PositiveSmallIntegerField("退回次数", default=0)
    settled_at = models.DateTimeField("了结时间", null=True)
    settled_by = person_key("核实人", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = AskQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "协助和督促"
        constraints = [
            models.UniqueConstraint(fields=["task", "push", "number"], name="ask_number"),
            models.CheckConstraint(
                condition=Q(push=True, kind=words.PUSH) | (Q(push=False) & ~Q(kind=words.PUSH)),
                name="ask_push_agrees",
            ),
            models.CheckConstraint(
                condition=Q(inside=False) | Q(push=True), name="ask_no_help_of_the_inspected"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(states.ANSWERED, states.SETTLED))
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="ask_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")), name="ask_not_by_oneself"
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None) | ~Q(settled_by=F("answered_by")), name="ask_settled_by_another"
            ),
        ]

    def __str__(self) -> str:
        return words.ask_no(self.kind, self.number)

    @property
    def stream(self) -> str:
        return f"onsite-ask:{self.pk}"


class Visit(Closed):
    """下沉了解. Closed: `seen`. `drafts` are the working drafts that rest on it."""

    DATA = Data.VISIT

    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("序号")
    on = models.DateField("日期")
    method = models.CharField("方法", max_length=12, choices=words.VISIT_METHODS)
    place = models.CharField("地点", max_length=80)
    members = models.ManyToManyField(Person, related_name="+", verbose_name="去的人")
    drafts = models.ManyToManyField(Draft, related_name="visits", verbose_name="相关底稿")
    written_at = models.DateTimeField("登记时间")
    written_by = person_key("登记人")

    objects = VisitQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "下沉了解"
        constraints = [models.UniqueConstraint(fields=["task", "number"], name="visit_number")]

    def __str__(self) -> str:
        return words.visit_no(self.number)

    @property
    def stream(self) -> str:
        return f"onsite-visit:{self.pk}"


class Midterm(Closed):
    """中期汇报: written by the team, submitted by its leader, heard by the office and the leading group. Closed:
    `text`, `opinions`."""

    DATA = Data.MIDTERM

    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("序号")
    state = models.CharField("状态", max_length=10, choices=states.MIDTERM_STATES, default=states.WRITTEN)
    written_at = models.DateTimeField("编写时间")
    written_by = person_key("编写人")
    submitted_at = models.DateTimeField("报送时间", null=True)
    submitted_by = person_key("报送的组长", null=True)
    heard_on = models.DateField("听取日期", null=True)
    heard_by = person_key("记听取的人", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = ClosedQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "中期汇报"
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="midterm_number"),
            models.CheckConstraint(
                condition=Q(state=states.WRITTEN) | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="midterm_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.HEARD) | Q(heard_on__isnull=False, heard_by__isnull=False),
                name="midterm_heard_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return words.midterm_no(self.number)

    @property
    def stream(self) -> str:
        return f"onsite-midterm:{self.pk}"


class DayLog(Closed):
    """工作日志 of the team, one a day. Closed: `text`. How many talks, complaints, visits and documents is counted
    from their own rows, never typed."""

    DATA = Data.DAYLOG

    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    day = models.DateField("日期")
    written_at = models.DateTimeField("写的时间")
    written_by = person_key("写的人")
    version = models.PositiveIntegerField("版本", default=1)

    objects = ClosedQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "工作日志"
        constraints = [models.UniqueConstraint(fields=["task", "day"], name="daylog_one_a_day")]

    def __str__(self) -> str:
        return words.day_of(self.day)

    @property
    def stream(self) -> str:
        return f"onsite-daylog:{self.pk}"
