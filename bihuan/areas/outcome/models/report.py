"""Reports of a task, their findings and what these rest on. What they say is closed; see `record.closed`."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.areas.inspection.models import Focus, Task
from bihuan.areas.onsite.models import Draft
from bihuan.areas.outcome import states, words
from bihuan.areas.outcome.querysets import ReportQuery
from bihuan.org.models import Person, Unit
from bihuan.record.models import Closed


def person_key(label: str, **more) -> models.ForeignKey:
    return models.ForeignKey(Person, models.PROTECT, verbose_name=label, related_name="+", **more)


class Report(Closed):
    """巡察报告 of a task, or 专题报告 on something common, addressed to a functional department. Closed: `overall`,
    `suggestions`. `edition` counts the times it was handed in; each is kept as a `ReportEdition`. `passed_on` is when
    the team's meeting first passed it: from then on the chain may read it. The days are those of the meetings."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="reports")
    kind = models.CharField("种类", max_length=8, choices=words.REPORT_KINDS, default="task")
    number = models.PositiveSmallIntegerField("序号", default=0)
    department = models.ForeignKey(
        Unit, models.PROTECT, null=True, verbose_name="送哪个部门", related_name="+"
    )
    state = models.CharField("环节", max_length=12, choices=states.REPORT_STATES, default=states.DRAFTING)
    edition = models.PositiveSmallIntegerField("第几稿", default=0)
    made_at = models.DateTimeField("起草时间")
    made_by = person_key("起草人")
    handed_in_at = models.DateTimeField("交组务会时间", null=True)
    handed_in_by = person_key("交组务会的人", null=True)
    passed_on = models.DateField("组务会日期", null=True)
    facts_on = models.DateField("与单位核对事实的日期", null=True)
    reviewed_on = models.DateField("巡察办审核日期", null=True)
    reviewed_by = person_key("审核人", null=True)
    considered_on = models.DateField("领导小组审议日期", null=True)
    considered_by = person_key("记审议的人", null=True)
    approved_on = models.DateField("党委审定日期", null=True)
    approved_by = person_key("记审定的人", null=True)
    document = models.CharField("会议和文号", max_length=120, blank=True)
    issued_on = models.DateField("印发日期", null=True)
    issued_by = person_key("印发人", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = ReportQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报告"
        constraints = [
            models.UniqueConstraint(fields=["task", "kind", "number"], name="report_number"),
            models.CheckConstraint(
                condition=Q(kind="task", number=0, department=None)
                | Q(kind="special", number__gt=0, department__isnull=False),
                name="report_special_is_addressed",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None)
                | (~Q(approved_by=F("made_by")) & ~Q(approved_by=F("handed_in_by"))),
                name="report_not_approved_by_who_wrote_it",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=states.DONE)
                | Q(
                    passed_on__isnull=False, reviewed_on__isnull=False, considered_on__isnull=False,
                    approved_on__isnull=False, approved_by__isnull=False,
                ),
                name="report_approved_went_the_whole_way",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        label = self.get_kind_display()
        return f"{label}{self.number:02d}" if self.number else label

    @property
    def stream(self) -> str:
        return f"outcome-report:{self.pk}"


class ReportFinding(Closed):
    """One problem of a report. Closed: what `words.FINDING_FIELDS` names. It rests on signed drafts (`Citation`).
    `order` is the order of writing; a report shows them by focus, and counts them as shown."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="findings")
    order = models.PositiveSmallIntegerField("序号")
    focus = models.ForeignKey(Focus, models.PROTECT, verbose_name="重点", related_name="+")
    category = models.CharField("类别", max_length=12, choices=words.CATEGORIES, default="other")
    severity = models.CharField("程度", max_length=8, choices=words.SEVERITIES, default="general")
    common = models.CharField("共性问题", max_length=40, blank=True)
    drafts = models.ManyToManyField(Draft, through="Citation", related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "报告的问题"
        constraints = [models.UniqueConstraint(fields=["report", "order"], name="report_finding_order")]

    def __str__(self) -> str:
        return words.finding_no(self.order)


class Citation(models.Model):
    """Which signed draft a finding rests on."""

    finding = models.ForeignKey(ReportFinding, models.CASCADE, related_name="citations")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "引用的底稿"
        constraints = [models.UniqueConstraint(fields=["finding", "draft"], name="citation_once")]

    def __str__(self) -> str:
        return f"{self.finding_id}-{self.draft_id}"


class ReportEdition(Closed):
    """The whole text of a report as it was handed in. Closed: `overall`, `suggestions`, `findings`."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField("第几稿")
    kept_at = models.DateTimeField("交稿时间")
    kept_by = person_key("交稿人")

    class Meta:
        verbose_name = verbose_name_plural = "报告的各稿"
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_edition_once")]

    def __str__(self) -> str:
        return words.edition_no(self.number)


class Opinion(Closed):
    """What a reviewer said at their stage. Closed: `text`. `stage` is the state the report was in."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="opinions")
    stage = models.CharField("环节", max_length=12, choices=states.REPORT_STATES)
    edition = models.PositiveSmallIntegerField("第几稿")
    outcome = models.CharField("结果", max_length=8, choices=words.OPINIONS)
    said_at = models.DateTimeField("时间")
    said_by = person_key("谁")

    class Meta:
        verbose_name = verbose_name_plural = "审核意见"

    def __str__(self) -> str:
        return f"{self.report_id}-{self.stage}"
