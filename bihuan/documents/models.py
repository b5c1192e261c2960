"""Papers: the templates an office may replace, and what was made."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.org.models import Person
from bihuan.record.models import Closed, StoredFile

from . import words
from .querysets import MadeQuery, TemplateQuery


class Template(models.Model):
    """An office's own Word template for one kind of paper; the newest row of a kind counts.

    `file` empty means: back to the template that comes with the product.
    """

    kind = models.CharField("文种", max_length=60)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    name = models.CharField("文件名", max_length=200, blank=True)
    put_at = models.DateTimeField("更换时间")
    put_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = TemplateQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文书模板"
        indexes = [models.Index(fields=["kind", "-id"], name="template_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class MadePaper(Closed):
    """One paper somebody asked for, made by the worker.

    `about` is the key of what it is about, as its room knows it. `file` stays empty for a confidential kind: what is
    made of it is a closed file that belongs to this row.
    """

    kind = models.CharField("文种", max_length=60)
    about = models.CharField("关于", max_length=60)
    which = models.CharField("格式", max_length=4, choices=words.WHICH)
    confidential = models.BooleanField("保密", default=False)
    asked_at = models.DateTimeField("要的时间")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_on = models.DateTimeField("制成时间", null=True)
    name = models.CharField("文件名", max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    objects = MadeQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "制成的文书"
        constraints = [
            models.CheckConstraint(condition=Q(confidential=False) | Q(file=None), name="made_closed"),
            models.CheckConstraint(
                condition=Q(made_on=None) | Q(confidential=True) | Q(file__isnull=False), name="made_has_file"
            ),
        ]
        indexes = [models.Index(fields=["asked_by", "-id"], name="made_mine")]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"

    @property
    def stream(self) -> str:
        return f"document:{self.pk}"
