"""The problem itself. Its state is a cached conclusion; the step rows are the facts."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from bihuan.org.models import PackVersion, Person, Unit
from bihuan.problems import states
from bihuan.problems.querysets import ProblemQuery

_OPEN = Q(closure__in=states.OPEN)
_IS_OPEN = Q(is_open=True)
_CLOSED = Q(closure__in=states.DONE_WITH)


class Problem(models.Model):
    """One thing that is wrong, from whatever source.

    Three axes stay separate: `timing`, `progress` (what the unit says) and `closure` (what was proven).
    `first_due_on` never changes once set; `due_on` moves by extensions only. Dates are days in local time:
    a problem is late from the day after `due_on`. `version` counts the steps and numbers the events.
    """

    number = models.CharField("编号", max_length=40, unique=True)
    source = models.CharField("来源", max_length=30)
    origin_key = models.CharField("来源键", max_length=120, null=True, blank=True)
    origin_title = models.CharField("来源说明", max_length=200, blank=True)
    found_on = models.DateField("发现日期", null=True)
    found_by_name = models.CharField("发现人", max_length=200, blank=True)
    found_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="责任单位", related_name="problems")
    unit_text = models.CharField("责任单位（原文）", max_length=200, blank=True)
    place = models.CharField("地点", max_length=200, blank=True)
    equipment = models.CharField("设备", max_length=120, blank=True)
    statement = models.TextField("问题表述")
    basis = models.CharField("依据", max_length=300, blank=True)
    category = models.CharField("类别", max_length=60, blank=True)
    grade = models.CharField("等级", max_length=10, choices=states.GRADE, default="general")
    secrecy = models.CharField("知悉范围", max_length=12, choices=states.SECRECY, default="normal")
    lead = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, verbose_name="责任人", related_name="leads"
    )
    lead_text = models.CharField("责任人（原文）", max_length=120, blank=True)
    assisting = models.ManyToManyField(Unit, blank=True, related_name="assists", verbose_name="配合单位")
    supervisor = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, verbose_name="督办部门", related_name="supervises"
    )
    demand = models.TextField("整改要求", blank=True)
    cause = models.TextField("原因分析", blank=True)
    goal = models.TextField("整改目标", blank=True)
    stage_goals = models.TextField("阶段目标", blank=True)
    no_penalty = models.BooleanField("自查不扣分", default=False)
    repeat_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="repeats")
    common_key = models.CharField("共性问题", max_length=60, blank=True)
    extras = models.JSONField("原表其他列", default=dict, blank=True)
    guessed = models.JSONField("推断", default=dict, blank=True)

    timing = models.CharField("整改类型", max_length=14, choices=states.TIMING, default="time_limited")
    progress = models.CharField("整改进度", max_length=16, choices=states.PROGRESS, default="not_started")
    closure = models.CharField("销号环节", max_length=14, choices=states.CLOSURE, default=states.RAISED)
    is_open = models.BooleanField("未销号", default=True)
    round = models.PositiveSmallIntegerField("整改轮次", default=1)
    due_on = models.DateField("期限", null=True, blank=True)
    first_due_on = models.DateField("首次期限", null=True, blank=True)
    due_note = models.CharField("期限由来", max_length=300, blank=True)
    extended_times = models.PositiveSmallIntegerField("延期次数", default=0)
    needs_plan = models.BooleanField("须报方案", default=True)
    rule_pack = models.ForeignKey(PackVersion, models.PROTECT, null=True, related_name="+")
    taken_over = models.BooleanField("接管的历史", default=False)
    stated_closed_on = models.DateField("台账载明完成日期", null=True, blank=True)

    submitted_at = models.DateTimeField("申请销号时间", null=True, blank=True)
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField("销号时间", null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    raised_at = models.DateTimeField("登记时间")
    raised_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="raised")
    changed_at = models.DateTimeField("最近变动")
    version = models.PositiveIntegerField("版本", default=1)

    objects = ProblemQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "问题"
        constraints = [
            models.UniqueConstraint(fields=["source", "origin_key"], name="problem_origin_once"),
            # A closed problem was closed by somebody at some time, or its ledger said so before we knew it.
            models.CheckConstraint(
                condition=~_CLOSED
                | Q(taken_over=True, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="problem_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=_CLOSED | Q(closed_at=None, closed_by=None), name="problem_open_has_no_closer"
            ),
            # Four eyes: who asks for closure never closes.
            models.CheckConstraint(
                condition=Q(closed_by=None) | Q(submitted_by=None) | ~Q(closed_by=F("submitted_by")),
                name="problem_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="problem_submitted_pair",
            ),
            models.CheckConstraint(
                condition=~Q(closure=states.VERIFYING) | Q(submitted_by__isnull=False),
                name="problem_verifying_was_submitted",
            ),
            models.CheckConstraint(
                condition=Q(is_open=True, closure__in=states.OPEN)
                | Q(is_open=False, closure__in=(*states.DONE_WITH, states.VOID)),
                name="problem_is_open_agrees",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(first_due_on__isnull=False), name="problem_first_due_kept"
            ),
        ]
        # The order of registering is that of the ids: every list ends in it. Columns that point elsewhere have an
        # index of their own already, which on SQLite holds the id as well.
        indexes = [
            models.Index(fields=["closure", "id"], name="problem_stage"),
            models.Index(fields=["source", "id"], name="problem_of_source"),
            models.Index(fields=["due_on", "id"], name="problem_due"),
            # With all that is asked when late ones are counted, `is_open` too: a database that must look that up in
            # the row goes another way.
            models.Index(
                fields=["due_on", "id", "timing", "unit", "supervisor", "is_open"],
                condition=_IS_OPEN,
                name="problem_open_due",
            ),
            models.Index(fields=["unit", "due_on", "id"], condition=_IS_OPEN, name="problem_unit_open"),
            models.Index(fields=["unit", "closure"], condition=_IS_OPEN, name="problem_unit_stage"),
            models.Index(fields=["lead", "due_on", "id"], condition=_IS_OPEN, name="problem_lead_open"),
            # A word is looked for within the kinds of what is open.
            models.Index(
                fields=["category", "due_on", "timing", "is_open"],
                condition=_IS_OPEN,
                name="problem_open_kind",
            ),
            # Nearly every row repeats nothing: over all of them SQLite takes an index of `repeat_of` for useless.
            models.Index(
                fields=["repeat_of"], condition=models.Q(repeat_of__isnull=False), name="problem_repeat"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stream(self) -> str:
        return f"problem:{self.pk}"

    @property
    def aside(self) -> str:
        """What it is about, on pages where it stands among other things and nobody writes down who reads it: of a
        restricted one no more than the number."""
        return self.statement if self.secrecy == "normal" else f"{self.number}（限知悉）"

    # A handful of rows hang on one problem. They are taken whole and looked through: a page asks some twenty rules and
    # has fetched them once (`reads.with_its_rows`); a step, which asks one rule, fetches what that needs.

    @property
    def transfer_asked(self) -> Any:
        """The request to hand it to another unit that waits for an answer, or None."""
        return next((row for row in self.transfers.all() if row.accepted is None), None)

    @property
    def extension_asked(self) -> Any:
        """The request for a later deadline that waits for an answer, or None."""
        return next((row for row in self.extensions.all() if row.granted is None), None)

    @property
    def voiding_asked(self) -> Any:
        """The request to void it that waits for an answer, or None."""
        return next((row for row in self.voidings.all() if row.granted is None), None)

    def is_overdue(self, day) -> bool:
        """Open, with a deadline before this day, and not long-term: long-term work is stage-checked."""
        return self.is_open and self.due_on is not None and self.due_on < day and self.timing != "long_term"

    @property
    def is_major(self) -> bool:
        return self.grade == "major"


class NumberRun(models.Model):
    """The last number given under one prefix (source, unit, month). Raised by conditional update."""

    prefix = models.CharField("前缀", max_length=60, unique=True)
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编号"

    def __str__(self) -> str:
        return f"{self.prefix}-{self.last}"


class SavedView(models.Model):
    """A person's own filter of the ledger, kept under a name."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_views")
    name = models.CharField("名称", max_length=30)
    query = models.CharField("条件", max_length=1000)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "视图"
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="view_once")]

    def __str__(self) -> str:
        return self.name
