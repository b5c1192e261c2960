"""What is kept closed: rows whose words stand in one sealed text, and files whose content is sealed."""

from __future__ import annotations

import uuid

from django.db import models

from .memory import StoredFile


class Closed(models.Model):
    """A row whose confidential words stand in one sealed text; only `record.closed` opens it.

    `key` names the row to the seal: a text moved to another row does not open there.
    """

    key = models.UUIDField("封存编号", unique=True, default=uuid.uuid4, editable=False)
    sealed = models.TextField("封存的内容", editable=False)

    class Meta:
        abstract = True


class ClosedFile(Closed):
    """A file handed in with something confidential. What is stored is closed with a key of its own, which stands with
    the name and type in the sealed text. `owner` is the thing it belongs to (`onsite.talk:<key>`): whoever may read
    that may read this.."""

    owner = models.CharField("属于", max_length=80, db_index=True)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField("序号")

    class Meta:
        verbose_name = verbose_name_plural = "封存的文件"

    def __str__(self) -> str:
        return f"{self.owner}-{self.order}"
