"""What came by the public page and was not taken in yet."""

from __future__ import annotations

import uuid

from django.db import models

from bihuan.areas.inspection.models import Task
from bihuan.record.models import Closed


class Submission(Closed):
    """扫码来件. Closed: `text`, `about`, `name`, `phone`, and of each file its name, type and key.

    Nothing here tells who sent it or when within the day: the key is chance and no counter, there is no time, no event
    and no stored file. `receipt` is a keyed digest of the receipt code; it also makes a form that is sent twice one
    submission. The row is gone once the leader had it taken in as a `Complaint` (ADR 27).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    received_on = models.DateField("收到日期")
    named = models.BooleanField("署名", default=False)
    receipt = models.CharField("回执号指纹", max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "扫码来件"

    def __str__(self) -> str:
        return "扫码来件"


class SubmissionFile(models.Model):
    """A file that came with one, closed with a key of its own. It lies in the row, not in the store: a file on a disk
    has a time, and a stored file an event."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="files")
    order = models.PositiveSmallIntegerField("序号")
    content = models.BinaryField("封存的内容")

    class Meta:
        verbose_name = verbose_name_plural = "扫码来件的文件"
        constraints = [models.UniqueConstraint(fields=["submission", "order"], name="submission_file_order")]

    def __str__(self) -> str:
        return f"{self.order}"
