"""Memory: events, stored files, jobs. It knows no people and no problems, it keeps their ids as values."""

from __future__ import annotations

import re

from django.db import models

from bihuan.record.querysets import EventQuery, JobQuery

#: how a stored technical error begins: the type of the exception, then its place
_TECHNICAL = re.compile(r"^[A-Za-z_.]+: ")


class Event(models.Model):
    """One thing that happened, never changed and never deleted.

    `stream` groups the events of one thing (`problem:17`), `seq` counts within it from 1. `by_id` is a
    person id kept as a value: names live in `org`, where they can be corrected or erased. `subject` is
    what an auditor recognises the thing by (a problem's number), never a name.
    `occurred_at` is what a person or device said, `recorded_at` is ours; `late` marks a later entry (补录).
    `clock_offset_s` is device clock minus ours, in seconds, as noted when the device handed it in.
    `hash` binds everything above, the row's own id and the hash of the event before it in the stream: see
    `chain`. The database itself refuses to change or delete a row: see `append_only`.
    """

    stream = models.CharField("事件流", max_length=60)
    seq = models.PositiveIntegerField("序号")
    kind = models.CharField("事件", max_length=60)
    subject = models.CharField("对象", max_length=120, blank=True)
    data = models.JSONField("内容", default=dict)
    by_kind = models.CharField("经办类别", max_length=10)
    by_id = models.BigIntegerField("经办人", null=True)
    unit_id = models.BigIntegerField("单位", null=True)
    occurred_at = models.DateTimeField("发生时间")
    recorded_at = models.DateTimeField("记录时间")
    clock_offset_s = models.IntegerField("设备时钟偏差（秒）", null=True)
    late = models.BooleanField("补录", default=False)
    hash = models.CharField("链值", max_length=64)

    objects = EventQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "事件"
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="event_stream_seq"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="event_seq_from_one"),
        ]
        indexes = [
            models.Index(fields=["kind", "-id"], name="event_kind"),
            models.Index(fields=["by_id", "-id"], name="event_by"),
            models.Index(fields=["unit_id", "-id"], name="event_unit"),
            models.Index(fields=["recorded_at", "id"], name="event_recorded"),
        ]

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq} {self.kind}"


class StreamHead(models.Model):
    """The last event of a stream: where the next one connects, and what shows that the last one is gone.

    Moved by a conditional update, so that two writers of one stream cannot both connect to the same event.
    """

    stream = models.CharField("事件流", max_length=60, primary_key=True)
    seq = models.PositiveIntegerField("末号")
    hash = models.CharField("链值", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "事件流末端"

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq}"


class Seal(models.Model):
    """All events from `first_id` to `last_id`, sealed: their number and one hash over their hashes.

    Seals are a chain of their own (`before` is the hash of the seal before) and are signed (Ed25519, hex)
    with a key that is kept outside the database; `signer` is its public half. Append-only like the events.
    A seal printed or mailed out catches whoever writes the whole chain anew: see `reads`' `verify`.
    The head of the stream STREAM names the last seal, so that its going shows too.
    """

    STREAM = "last-seal"

    number = models.PositiveIntegerField("编号", unique=True)
    first_id = models.BigIntegerField("起")
    last_id = models.BigIntegerField("止")
    events = models.PositiveIntegerField("条数")
    root = models.CharField("根", max_length=64)
    before = models.CharField("前一封存", max_length=64, blank=True)
    sealed_at = models.DateTimeField("封存时间")
    hash = models.CharField("封存值", max_length=64)
    signer = models.CharField("签名公钥", max_length=64)
    signature = models.CharField("签名", max_length=128)

    class Meta:
        verbose_name = verbose_name_plural = "封存"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_id__gte=models.F("first_id")), name="seal_span_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 号封存"


class WireCommand(models.Model):
    """A command that came over a wire with a key of its own, and what was answered: sent again, it is not
    done again.

    `key` was chosen by the sender and counts per account; `fingerprint` is a keyed hash over method, address
    and body, so that a key used for something else is noticed. Written in the transaction of the deed.
    """

    account_id = models.BigIntegerField("账号")
    key = models.CharField("去重键", max_length=80)
    fingerprint = models.CharField("内容指纹", max_length=64)
    status = models.PositiveSmallIntegerField("答复状态", default=0)
    headers = models.JSONField("答复头", default=dict)
    body = models.BinaryField("答复", default=bytes)
    done_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "已收命令"
        constraints = [models.UniqueConstraint(fields=["account_id", "key"], name="command_once")]
        indexes = [models.Index(fields=["done_at", "id"], name="command_age")]

    def __str__(self) -> str:
        return f"{self.key} {self.status}"


class StoredFile(models.Model):
    """A file kept by the hash of its content, as it was received.

    For images `shown_sha256` names a copy without EXIF: the copy is what people see, the original stays
    under restricted access and its hash is the receipt. `thumb_sha256` is the same, small. Coordinates
    are WGS84 degrees; width and height are those of the original, the right way up. The name a file was
    handed in under belongs to whoever attaches it: the same content may arrive under many names.
    """

    sha256 = models.CharField("内容指纹", max_length=64, unique=True)
    size = models.BigIntegerField("字节数")
    mime = models.CharField("类型", max_length=100)
    is_image = models.BooleanField("图片", default=False)
    shown_sha256 = models.CharField("展示件指纹", max_length=64, blank=True)
    shown_mime = models.CharField("展示件类型", max_length=100, blank=True)
    thumb_sha256 = models.CharField("缩略图指纹", max_length=64, blank=True)
    width = models.PositiveIntegerField("宽", null=True)
    height = models.PositiveIntegerField("高", null=True)
    captured_on_device = models.DateTimeField("拍摄时间（设备）", null=True)
    latitude = models.FloatField("纬度", null=True)
    longitude = models.FloatField("经度", null=True)
    kept_at = models.DateTimeField("保存时间")
    kept_by_id = models.BigIntegerField("保存人", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "文件"

    def __str__(self) -> str:
        return self.sha256[:12]


class Job(models.Model):
    """Work for later. Claimed by a conditional update, so that any number of workers may run.

    `claim` is the token of the worker that has it, good until `claimed_until`; whoever writes to a running
    job names the token, so that a worker that was given up for dead cannot overwrite its successor.
    `key` makes the same work asked for twice one job, for as long as the row lives.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "等待"
        RUNNING = "running", "进行中"
        DONE = "done", "已办完"
        DEAD = "dead", "办不成"
        CANCELLED = "cancelled", "已取消"

    kind = models.CharField("种类", max_length=60)
    payload = models.JSONField("内容", default=dict)
    key = models.CharField("去重键", max_length=120, null=True, unique=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    run_at = models.DateTimeField("不早于")
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    claim = models.CharField("认领标记", max_length=40, blank=True)
    claimed_until = models.DateTimeField("认领到", null=True)
    done_steps = models.PositiveIntegerField("已办", default=0)
    total_steps = models.PositiveIntegerField("共", default=0)
    message = models.CharField("进展", max_length=200, blank=True)
    error = models.TextField("错误", blank=True)
    result = models.JSONField("结果", default=dict)
    requested_by_id = models.BigIntegerField("发起人", null=True)
    requested_at = models.DateTimeField("发起时间")
    finished_on = models.DateTimeField("结束时间", null=True)

    objects = JobQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        indexes = [
            models.Index(fields=["state", "run_at", "id"], name="job_due"),
            models.Index(fields=["requested_by_id", "-id"], name="job_mine"),
            models.Index(fields=["kind", "-id"], name="job_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def trouble(self) -> str:
        """Why it went wrong, for the person who asked: a refusal's own sentence, or whom to turn to."""
        if not _TECHNICAL.match(self.error):
            return self.error
        if self.state == self.State.WAITING:
            return "上一次没有办成，稍后自动再办"
        return "系统内部出错，已记下，请告诉系统管理员"

    @property
    def percent(self) -> int:
        """How far it says it is, 0 to 100; a finished job is at 100 whether or not it ever said."""
        if self.state == self.State.DONE:
            return 100
        return min(100, self.done_steps * 100 // self.total_steps) if self.total_steps else 0

    @property
    def is_finished(self) -> bool:
        return self.state in (self.State.DONE, self.State.DEAD, self.State.CANCELLED)


class TickRun(models.Model):
    """When a recurring piece of work last ran. Moved forward by compare-and-swap: one worker wins."""

    code = models.CharField("代码", max_length=60, unique=True)
    last_due = models.DateTimeField("上次应办")

    class Meta:
        verbose_name = verbose_name_plural = "定时"

    def __str__(self) -> str:
        return self.code


class WorkerSeen(models.Model):
    """A worker's sign of life, for `bihuan doctor` and the jobs page."""

    name = models.CharField("名称", max_length=60, unique=True)
    seen_at = models.DateTimeField("最近")

    class Meta:
        verbose_name = verbose_name_plural = "工作进程"

    def __str__(self) -> str:
        return self.name
