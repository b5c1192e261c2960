"""公开件: one thing that is made public, from the draft to the end of its term."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from bihuan.org.models import Person, Unit
from bihuan.publication import states, words
from bihuan.publication.querysets import FileQuery, PublicationQuery
from bihuan.record.models import StoredFile

from .catalogue import Entry

_OUT = (states.APPROVED, states.PUBLISHED, *states.ENDED)


def _apart(one: str, other: str) -> Q:
    """Two hands that must not be the same; the system has none."""
    return Q(**{one: None}) | Q(**{other: None}) | ~Q(**{one: F(other)})


class Publication(models.Model):
    """`chain` and `scope` are those of the entry on the day it was begun: a later catalogue changes neither.

    `made_by` began it, `drafted_by` wrote the present text; neither looks at it, and nobody looks twice. `origin` is
    `<room>.<what>:<key>` where a higher room gave it; that room says what of it must not appear (`Offer.exempts`).
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="publications")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.CharField("标题", max_length=100)
    scope = models.CharField("范围", max_length=8, choices=words.SCOPES)
    chain = models.CharField("要过的关", max_length=3, choices=states.CHAIN_CHOICES)
    text_inside = models.TextField("内部公开的正文", blank=True)
    text_outside = models.TextField("社会公开的正文", blank=True)
    contact = models.CharField("意见反映渠道", max_length=120)
    term_days = models.PositiveSmallIntegerField("公开天数")
    origin = models.CharField("出处", max_length=80, blank=True)
    state = models.CharField("状态", max_length=10, choices=states.STATES, default=states.DRAFT)
    version = models.PositiveIntegerField("版本", default=1)
    made_at = models.DateTimeField("起草时间")
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField("成稿时间")
    drafted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField("核的时间", null=True)
    checked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField("审的时间", null=True)
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField("批的时间", null=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField("退回时间", null=True)
    returned_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    why_returned = models.CharField("退回的意见", max_length=300, blank=True)
    published_at = models.DateTimeField("公开时间", null=True)
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    from_day = models.DateField("公开自", null=True)
    to_day = models.DateField("公开至", null=True)
    taken_down_at = models.DateTimeField("撤下时间", null=True)
    taken_down_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    why_down = models.CharField("撤下的原因", max_length=300, blank=True)

    objects = PublicationQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公开件"
        indexes = [
            models.Index(fields=["state", "to_day"], name="publication_state"),
            models.Index(fields=["entry", "unit", "from_day"], name="publication_due"),
            models.Index(fields=["origin"], name="publication_origin"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(chain__in=states.CHAINS), name="publication_has_a_look"),
            models.CheckConstraint(
                condition=~Q(state__in=_OUT)
                | (
                    (Q(chain__in=states.without("h")) | Q(checked_at__isnull=False))
                    & (Q(chain__in=states.without("o")) | Q(reviewed_at__isnull=False))
                    & (Q(chain__in=states.without("l")) | Q(approved_at__isnull=False))
                ),
                name="publication_looked_at",
            ),
            models.CheckConstraint(
                condition=_apart("checked_by", "made_by")
                & _apart("checked_by", "drafted_by")
                & _apart("reviewed_by", "made_by")
                & _apart("reviewed_by", "drafted_by")
                & _apart("approved_by", "made_by")
                & _apart("approved_by", "drafted_by"),
                name="publication_four_eyes",
            ),
            models.CheckConstraint(
                condition=_apart("checked_by", "reviewed_by")
                & _apart("checked_by", "approved_by")
                & _apart("reviewed_by", "approved_by"),
                name="publication_looks_differ",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(states.PUBLISHED, *states.ENDED))
                | Q(published_at__isnull=False, from_day__isnull=False, to_day__gte=F("from_day")),
                name="publication_has_a_term",
            ),
            models.CheckConstraint(
                condition=(Q(state=states.DOWN, taken_down_at__isnull=False) & ~Q(why_down=""))
                | (~Q(state=states.DOWN) & Q(taken_down_at=None)),
                name="publication_down_why",
            ),
            models.CheckConstraint(
                condition=(Q(scope="outside") | ~Q(text_inside=""))
                & (Q(scope="inside") | ~Q(text_outside="")),
                name="publication_texts",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stream(self) -> str:
        return f"publication:{self.pk}"

    @property
    def number(self) -> str:
        """What an auditor recognises it by: a title may still say what must not become public."""
        return f"GK-{self.pk}"

    @property
    def text_for_group(self) -> str:
        """What the people of the group read; where only society is told, they read the same."""
        return self.text_inside or self.text_outside

    def days_left(self, day: date) -> int:
        return (self.to_day - day).days if self.to_day else 0

    def get_absolute_url(self) -> str:
        return reverse("publication:page", args=[self.pk])


class PublicFile(models.Model):
    """A file that goes with it. `outside`: also shown to society."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=200)
    outside = models.BooleanField("社会也看得到", default=False)
    added_at = models.DateTimeField("加入时间")
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = FileQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公开的文件"

    def __str__(self) -> str:
        return self.name
