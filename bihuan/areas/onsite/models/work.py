"""The daily work of a team, as ledgers that hold no confidential words: documents, what was explained to people,
immediate rectification notices."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.querysets import ItemQuery, LedgerQuery, LoanQuery
from bihuan.org.models import Person, Unit
from bihuan.problems.models import Problem

from .confidential import person_key


class Loan(models.Model):
    """调阅: one item of the list that the organisation is asked for, from the question to the return. The liaison of
    the organisation sees `item`, `period`, `due_on` and what they answered; `place` is where the team keeps it."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("序号")
    item = models.CharField("资料", max_length=200)
    period = models.CharField("期间", max_length=60, blank=True)
    due_on = models.DateField("要求提供日期")
    state = models.CharField("状态", max_length=10, choices=states.LOAN_STATES, default=states.ASKED)
    asked_at = models.DateTimeField("要求时间")
    asked_by = person_key("要的人", null=True)
    answer = models.CharField("答复", max_length=200, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = person_key("答复人", null=True)
    provider = models.CharField("提供人", max_length=40, blank=True)
    form = models.CharField("原件或复印件", max_length=8, choices=words.FORMS, blank=True)
    copies = models.PositiveSmallIntegerField("份数", default=0)
    place = models.CharField("存放处", max_length=80, blank=True)
    received_at = models.DateTimeField("收到时间", null=True)
    received_by = person_key("接收人", null=True)
    ending = models.CharField("怎么清退", max_length=10, choices=words.RETURNS, blank=True)
    taker = models.CharField("退给谁", max_length=40, blank=True)
    returned_at = models.DateTimeField("退还时间", null=True)
    returned_by = person_key("经手退还的人", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = LoanQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "调阅资料"
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="loan_number"),
            models.CheckConstraint(
                condition=~Q(state__in=(states.HELD, states.RETURNED))
                | (Q(received_at__isnull=False, copies__gt=0) & ~Q(form="")),
                name="loan_received_as_what",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.RETURNED) | (Q(returned_at__isnull=False) & ~Q(ending="")),
                name="loan_returned_how",
            ),
        ]

    def __str__(self) -> str:
        return words.loan_no(self.number)

    @property
    def stream(self) -> str:
        return f"onsite-loan:{self.pk}"


class Outreach(models.Model):
    """宣讲: what the team explained to people of the organisation."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    on = models.DateField("日期")
    topic = models.CharField("内容", max_length=120)
    place = models.CharField("地点", max_length=80)
    audience = models.PositiveIntegerField("人数")
    speaker = person_key("宣讲人")
    made_at = models.DateTimeField("登记时间")
    made_by = person_key("登记人", null=True)

    objects = LedgerQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "宣讲"
        constraints = [models.CheckConstraint(condition=Q(audience__gt=0), name="outreach_somebody")]

    def __str__(self) -> str:
        return self.topic


class ImmediateNotice(models.Model):
    """立行立改通知书: written by a member, issued by the leader, signed for by the head of the unit. With the issuing
    each item becomes a problem of the loop; how it is put right stands there and nowhere else."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("序号")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="责任单位", related_name="+")
    due_on = models.DateField("完成期限")
    document = models.CharField("文号", max_length=60, blank=True)
    state = models.CharField("状态", max_length=10, choices=states.NOTICE_STATES, default=states.WRITTEN)
    written_at = models.DateTimeField("拟稿时间")
    written_by = person_key("拟稿人")
    issued_at = models.DateTimeField("签发时间", null=True)
    issued_by = person_key("签发的组长", null=True)
    signed_at = models.DateTimeField("签收时间", null=True)
    signed_by = person_key("签收人", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = LedgerQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "立行立改通知书"
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="immediate_number"),
            models.CheckConstraint(
                condition=~Q(state__in=(states.ISSUED, states.SIGNED))
                | (Q(issued_at__isnull=False, issued_by__isnull=False) & ~Q(document="")),
                name="immediate_issued_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.SIGNED) | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="immediate_signed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(issued_by=None) | ~Q(issued_by=F("written_by")), name="immediate_two_people"
            ),
        ]

    def __str__(self) -> str:
        return words.notice_no(self.number)

    @property
    def stream(self) -> str:
        return f"onsite-immediate:{self.pk}"


class NoticeItem(models.Model):
    """One item of a notice. `hazard`: a major hidden hazard, which is raised as a major problem. Whoever wrote the
    notice does not verify what came of it."""

    notice = models.ForeignKey(ImmediateNotice, models.PROTECT, related_name="items")
    order = models.PositiveSmallIntegerField("序号")
    statement = models.CharField("问题", max_length=500)
    demand = models.CharField("整改要求", max_length=300)
    hazard = models.BooleanField("重大事故隐患", default=False)
    problem = models.OneToOneField(Problem, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField("核实时间", null=True)
    verified_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    verified_note = models.CharField("核实情况", max_length=200, blank=True)

    objects = ItemQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知书的问题"
        constraints = [
            models.UniqueConstraint(fields=["notice", "order"], name="notice_item_order"),
            models.CheckConstraint(
                condition=Q(verified_at=None) | Q(problem__isnull=False), name="notice_item_in_the_loop"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice}-{self.order}"
