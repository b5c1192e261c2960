"""意见和异议: what people say about something public, and what is answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.org.models import PackVersion, Person
from bihuan.publication import words
from bihuan.publication.querysets import OpinionQuery

from .publication import Publication


class Opinion(models.Model):
    """Of whoever gave no name nothing is kept: no person, no address, no time finer than the day.

    `receipt` is the hash of a code that the sender alone has; with it the answer can be read. `gist` is what the
    answerer says was asked, where the answer is shown: the sender's own words are never shown.
    """

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="opinions")
    kind = models.CharField("类别", max_length=10, choices=words.OPINION_KINDS)
    door = models.CharField("来自", max_length=8, choices=words.DOORS)
    text = models.TextField("内容")
    sender = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reach = models.CharField("联系方式", max_length=80, blank=True)
    receipt = models.CharField("回执指纹", max_length=64, unique=True)
    given_on = models.DateField("收到日期")
    due_on = models.DateField("答复期限")
    rule_pack = models.ForeignKey(PackVersion, models.PROTECT, related_name="+")
    answered_on = models.DateField("答复日期", null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answer = models.TextField("答复", blank=True)
    ruling = models.CharField("认定", max_length=10, choices=words.RULINGS, blank=True)
    shown = models.BooleanField("公开答复", default=False)
    gist = models.CharField("公开时的摘要", max_length=200, blank=True)

    objects = OpinionQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "意见"
        indexes = [models.Index(fields=["publication", "answered_on"], name="opinion_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="", ruling="", shown=False)
                | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="opinion_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(kind="opinion", ruling="") | (Q(kind="objection") & ~Q(ruling="")),
                name="opinion_ruled_if_objection",
            ),
            models.CheckConstraint(condition=Q(shown=False) | ~Q(gist=""), name="opinion_shown_has_gist"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.publication_id}-{self.pk}"
