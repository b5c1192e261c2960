"""整改方案 of the inspected organisation: three lists over the problems of its feedback, reviewed by several bodies.

The lists themselves live in the loop (`problems`): a plan holds who stands for it, what was handed in, and what was said.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.areas.outcome import states, words
from bihuan.org.models import Person, Unit

from .feedback import Feedback, FeedbackItem
from .report import person_key


class RectificationPlan(models.Model):
    """One a feedback. `head` stands for its truth and hands it in; `leaders` are the班子, one of whom answers for each
    problem. `edition` counts the times it was handed in."""

    feedback = models.OneToOneField(Feedback, models.PROTECT, related_name="plan")
    state = models.CharField("环节", max_length=12, choices=states.PLAN_STATES, default=states.PREPARING)
    edition = models.PositiveSmallIntegerField("第几稿", default=0)
    head = person_key("整改领导小组组长")
    leaders = models.ManyToManyField(Person, related_name="+", verbose_name="班子成员")
    met_on = models.DateField("党组织会议研究日期")
    made_at = models.DateTimeField("编制时间")
    made_by = person_key("编制人")
    submitted_at = models.DateTimeField("报送时间", null=True)
    submitted_by = person_key("报送人", null=True)
    approved_at = models.DateTimeField("会审通过时间", null=True)
    approved_by = person_key("记会审通过的人", null=True)
    started_on = models.DateField("印发实施日期", null=True)
    started_by = person_key("记实施的人", null=True)
    document = models.CharField("印发文号", max_length=80, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "整改方案"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=states.PREPARING) | Q(submitted_at__isnull=False, edition__gt=0),
                name="rect_plan_was_handed_in",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=states.PLAN_AGREED) | Q(approved_at__isnull=False),
                name="rect_plan_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(started_on=None) | (Q(state=states.IN_FORCE) & ~Q(document="")),
                name="rect_plan_in_force_has_paper",
            ),
        ]

    def __str__(self) -> str:
        return "整改方案"

    @property
    def stream(self) -> str:
        return f"outcome-plan:{self.pk}"


class PlanEdition(models.Model):
    """What was handed in, as the lists stood then: `rows` hold ids, days and the measures' words. The pledge is the
    head's (签字背书). `result` is what the review came to, once its comments were merged."""

    plan = models.ForeignKey(RectificationPlan, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField("第几稿")
    rows = models.JSONField("三个清单")
    answer = models.TextField("对会审意见的说明", blank=True)
    pledged_at = models.DateTimeField("签字背书时间")
    pledged_by = person_key("签字背书的人")
    late = models.BooleanField("迟报", default=False)
    result = models.CharField("会审结果", max_length=10, choices=words.PLAN_RESULTS, blank=True)
    merged_at = models.DateTimeField("归并意见的时间", null=True)
    merged_by = person_key("归并意见的人", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "整改方案的各稿"
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_edition_number"),
            models.CheckConstraint(
                condition=Q(merged_at=None, result="") | (Q(merged_at__isnull=False) & ~Q(result="")),
                name="plan_edition_merged_whole",
            ),
        ]

    def __str__(self) -> str:
        return words.edition_no(self.number)


class PlanReview(models.Model):
    """One body's part in the review of one edition. `unit` names the department where the body is one of several."""

    edition = models.ForeignKey(PlanEdition, models.CASCADE, related_name="reviews")
    body = models.CharField("会审方", max_length=12, choices=words.REVIEWERS)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="部门")
    verdict = models.CharField("结论", max_length=10, choices=words.PLAN_VERDICTS, blank=True)
    said_at = models.DateTimeField("会审时间", null=True)
    said_by = person_key("会审人", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "会审"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "body"], condition=~Q(body="department"), name="plan_review_body"
            ),
            models.UniqueConstraint(
                fields=["edition", "unit"], condition=Q(body="department"), name="plan_review_unit"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", said_at=None) | (~Q(verdict="") & Q(said_at__isnull=False)),
                name="plan_review_said_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit) if self.unit_id else self.get_body_display()

    @property
    def is_open(self) -> bool:
        """Waited for: of the edition that is under review now, and nothing said. Needs `edition__plan`."""
        plan = self.edition.plan
        return not self.verdict and plan.state == states.REVIEWING and self.edition.number == plan.edition


class PlanComment(models.Model):
    """What one body says of one problem of the plan, or of the whole (no item). `merged` is how it stands in the one
    list that goes back, empty where it was left out or joined with another."""

    review = models.ForeignKey(PlanReview, models.CASCADE, related_name="comments")
    item = models.ForeignKey(FeedbackItem, models.PROTECT, null=True, related_name="+")
    text = models.TextField("意见")
    merged = models.TextField("归并后的意见", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "会审意见"
        constraints = [
            models.UniqueConstraint(
                fields=["review", "item"], condition=Q(item__isnull=False), name="plan_comment_item"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}-{self.item_id or 0}"
