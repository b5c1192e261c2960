"""整改经验: what was done well in one rectification, told to those who may have the same problem."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.areas.outcome import words
from bihuan.areas.outcome.querysets import ExperienceQuery
from bihuan.org.models import Unit

from .feedback import FeedbackItem
from .report import person_key


class Experience(models.Model):
    """From one problem of a feedback. Marked by the office, or suggested by the organisation and then decided by the office;
    `shared_at` puts it into the list, `taken_down_at` takes it out again. Never a name of a person in it (`policies.experience`).
    """

    item = models.ForeignKey(FeedbackItem, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="来自")
    category = models.CharField("问题类别", max_length=12, choices=words.CATEGORIES)
    industry = models.CharField("行业", max_length=30, blank=True)
    title = models.CharField("标题", max_length=40)
    trouble = models.CharField("原来的问题", max_length=200)
    done = models.CharField("怎样改的", max_length=400)
    good = models.CharField("好在哪里", max_length=200)
    fits = models.CharField("哪里用得上", max_length=200)
    made_at = models.DateTimeField("提出时间")
    made_by = person_key("提出的人")
    shared_at = models.DateTimeField("交流时间", null=True)
    shared_by = person_key("定交流的人", null=True)
    refused_at = models.DateTimeField("不交流的时间", null=True)
    refused_by = person_key("定不交流的人", null=True)
    taken_down_at = models.DateTimeField("撤下时间", null=True)
    taken_down_by = person_key("撤下的人", null=True)
    why = models.CharField("不交流或撤下的原因", max_length=200, blank=True)

    objects = ExperienceQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "整改经验"
        indexes = [models.Index(fields=["category", "-id"], name="experience_category")]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(refused_at=None, taken_down_at=None), name="experience_once"
            ),
            models.CheckConstraint(
                condition=Q(shared_at=None) | Q(refused_at=None), name="experience_shared_or_refused"
            ),
            models.CheckConstraint(
                condition=Q(taken_down_at=None) | Q(shared_at__isnull=False), name="experience_down_after"
            ),
            models.CheckConstraint(
                condition=Q(refused_at=None, taken_down_at=None) | ~Q(why=""), name="experience_away_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stream(self) -> str:
        return f"outcome-experience:{self.pk}"


class ExperienceUse(models.Model):
    """A unit says that it can use it, or has: a fact with a line, once of each."""

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="uses")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    use = models.CharField("用处", max_length=4, choices=words.USES)
    line = models.CharField("用在哪里", max_length=100)
    said_at = models.DateTimeField("记的时间")
    said_by = person_key("记的人")

    class Meta:
        verbose_name = verbose_name_plural = "整改经验的用处"
        constraints = [
            models.UniqueConstraint(fields=["experience", "unit", "use"], name="experience_use_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.use}"
