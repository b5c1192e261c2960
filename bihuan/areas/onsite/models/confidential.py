"""Talks, complaints, working drafts and clues of one task. What they say is closed; see `record.closed`."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.areas.inspection.models import Focus, Task
from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.access import Data
from bihuan.areas.onsite.querysets import ClosedQuery
from bihuan.org.models import Person
from bihuan.record.models import Closed


def person_key(label: str, **more) -> models.ForeignKey:
    return models.ForeignKey(Person, models.PROTECT, verbose_name=label, related_name="+", **more)


class Talk(Closed):
    """个别谈话. Closed: `who`, `post`, `place`, `outline`, `record`. Two inspectors at least; signed once the person
    has read the record and signed it on paper (then it does not change)."""

    DATA = Data.TALK

    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("序号")
    kind = models.CharField("类别", max_length=10, choices=words.TALK_KINDS)
    held_on = models.DateField("谈话日期")
    lead = person_key("主谈人")
    second = person_key("记录人")
    third = person_key("第三人", null=True)
    made_at = models.DateTimeField("登记时间")
    made_by = person_key("登记人", null=True)
    signed_at = models.DateTimeField("核对签字时间", null=True)
    signed_by = person_key("记签字的人", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = ClosedQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "谈话"
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="talk_number"),
            models.CheckConstraint(
                condition=~Q(lead=F("second")) & (Q(third=None) | (~Q(third=F("lead")) & ~Q(third=F("second")))),
                name="talk_two_inspectors",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return words.talk_no(self.number)

    @property
    def stream(self) -> str:
        return f"onsite-talk:{self.pk}"


class Complaint(Closed):
    """信访. Closed: `summary`, `subject`, `rank`, `topic`, `way`, `sender`, `opinion`, `forward`, `result`; of one that
    came by the public page also `told`, its words as they came. Of such a one (`public`) `received_on` is all that is
    kept of when; `registered_at` is when the leader had it taken in (see `Submission`)."""

    DATA = Data.COMPLAINT

    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("序号")
    channel = models.CharField("途径", max_length=8, choices=words.CHANNELS)
    received_on = models.DateField("收到日期")
    named = models.BooleanField("署名", default=False)
    public = models.BooleanField("网页提交", default=False)
    state = models.CharField(
        "状态", max_length=12, choices=states.COMPLAINT_STATES, default=states.REGISTERED
    )
    registered_by = person_key("登记人", null=True)
    registered_at = models.DateTimeField("登记时间", null=True)
    disposition = models.CharField("去向", max_length=12, choices=words.DISPOSITIONS, blank=True)
    handler = person_key("承办人", null=True)
    clue = models.ForeignKey("onsite.Clue", models.PROTECT, null=True, related_name="complaints")
    decided_on = models.DateField("组务会日期", null=True)
    decided_by = person_key("记去向的人", null=True)
    closed_on = models.DateField("办结日期", null=True)
    closed_by = person_key("办结人", null=True)
    receipt = models.CharField("回执号指纹", max_length=64, blank=True, db_index=True, editable=False)
    version = models.PositiveIntegerField("版本", default=1)

    objects = ClosedQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "信访"
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="complaint_number"),
            models.CheckConstraint(
                condition=Q(state=states.REGISTERED) | ~Q(disposition=""), name="complaint_decided_where"
            ),
        ]

    def __str__(self) -> str:
        return words.complaint_no(self.number)

    @property
    def stream(self) -> str:
        return f"onsite-complaint:{self.pk}"


class Draft(Closed):
    """问题底稿, one fact each. Closed: what `words.DRAFT_FIELDS` names. Three signatures by three people: who wrote it,
    who reviewed it, the leader; signed, it never changes: a correction is a new version that replaces it."""

    DATA = Data.DRAFT

    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("编号")
    edition = models.PositiveSmallIntegerField("版次", default=1)
    state = models.CharField("状态", max_length=12, choices=states.DRAFT_STATES, default=states.WRITTEN)
    focus = models.ForeignKey(Focus, models.PROTECT, related_name="+")
    written_by = person_key("编写人")
    written_at = models.DateTimeField("编写时间")
    reviewed_by = person_key("复核人", null=True)
    reviewed_at = models.DateTimeField("复核时间", null=True)
    discussed_by = person_key("记组务会意见的人", null=True)
    discussed_on = models.DateField("组务会日期", null=True)
    signed_by = person_key("签字的组长", null=True)
    signed_at = models.DateTimeField("签字时间", null=True)
    why_aside = models.CharField("不采用的原因", max_length=10, choices=words.ASIDE, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = ClosedQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "底稿"
        constraints = [
            models.UniqueConstraint(fields=["task", "number", "edition"], name="draft_number"),
            models.UniqueConstraint(
                fields=["task", "number"],
                condition=~Q(state__in=(states.REPLACED, states.SIGNED, states.SET_ASIDE)),
                name="draft_one_open_edition",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(states.SIGNED, states.REPLACED, states.SET_ASIDE))
                | Q(
                    reviewed_by__isnull=False, reviewed_at__isnull=False, discussed_on__isnull=False,
                    signed_by__isnull=False, signed_at__isnull=False,
                ),
                name="draft_signed_by_three",
            ),
            models.CheckConstraint(
                condition=(Q(reviewed_by=None) | ~Q(reviewed_by=F("written_by")))
                & (Q(signed_by=None) | (~Q(signed_by=F("written_by")) & ~Q(signed_by=F("reviewed_by")))),
                name="draft_three_people",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return words.draft_no(self.number, self.edition)

    @property
    def stream(self) -> str:
        return f"onsite-draft:{self.pk}"


class Clue(Closed):
    """问题线索, kept apart from drafts. Closed: `subject`, `post`, `authority`, `summary`, `source`, `severity`, `parts`
    (keys of what goes with it), `opinion`, `result`. `body` is where it is handed to, `handler` who deals with it there.
    `narrow` keeps it to the leader, the registrar and the head of the leading group: it is about a first leader, or the
    leader had reasons; the row does not say which."""

    DATA = Data.CLUE

    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("序号")
    state = models.CharField("状态", max_length=12, choices=states.CLUE_STATES, default=states.NOTED)
    narrow = models.BooleanField("缩小知情范围", default=False)
    noted_by = person_key("发现人")
    noted_at = models.DateTimeField("记下时间")
    confirmed_by = person_key("核定的组长", null=True)
    confirmed_at = models.DateTimeField("核定时间", null=True)
    body = models.CharField("移交给", max_length=12, choices=words.BODIES, blank=True)
    document = models.CharField("移交文号", max_length=60, blank=True)
    transferred_by = person_key("移交人", null=True)
    transferred_on = models.DateField("移交日期", null=True)
    handler = person_key("承办人", null=True)
    received_by = person_key("签收人", null=True)
    received_at = models.DateTimeField("签收时间", null=True)
    disposition = models.CharField("处置方式", max_length=12, choices=words.CLUE_DISPOSITIONS, blank=True)
    due_on = models.DateField("应反馈日期", null=True)
    reported_by = person_key("反馈人", null=True)
    reported_on = models.DateField("反馈日期", null=True)
    closed_by = person_key("办结人", null=True)
    closed_on = models.DateField("办结日期", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = ClosedQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "线索"
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="clue_number"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("noted_by")),
                name="clue_second_pair_of_eyes",
            ),
        ]

    def __str__(self) -> str:
        return words.clue_no(self.number)

    @property
    def stream(self) -> str:
        return f"onsite-clue:{self.pk}"
