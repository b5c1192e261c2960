"""Messages and their lines; what left the house by mail. Knows people, not problems."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Q

from bihuan.org.models import Person

from .querysets import LineQuery, MessageQuery


class Message(models.Model):
    """What a person gets on one day: one digest, and few urgent ones beside it.

    Whether it was read is a matter of its lines: a new line makes it unread again by itself.
    """

    class Kind(models.TextChoices):
        DIGEST = "digest", "每日摘要"
        URGENT = "urgent", "即时通知"

    person = models.ForeignKey(Person, models.CASCADE, related_name="messages")
    day = models.DateField("日期")
    kind = models.CharField("种类", max_length=6, choices=Kind.choices)
    number = models.PositiveSmallIntegerField("第几条", default=1)
    opened_on = models.DateTimeField("开始时间")

    objects = MessageQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        constraints = [
            models.UniqueConstraint(fields=["person", "day", "kind", "number"], name="message_once"),
            models.CheckConstraint(condition=~Q(kind="digest") | Q(number=1), name="message_one_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day} {self.kind} {self.number}"


class Mail(models.Model):
    """One e-mail: the row is the claim, made before sending, so that no mail goes out twice.

    `slot` is `digest` or `urgent-1` …; `sent_on` stays empty while nobody knows whether it arrived.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="mails")
    day = models.DateField("日期")
    slot = models.CharField("种类", max_length=20)
    claimed_on = models.DateTimeField("发送开始")
    sent_on = models.DateTimeField("发出时间", null=True)
    refusal = models.CharField("退信原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "邮件"
        constraints = [models.UniqueConstraint(fields=["person", "day", "slot"], name="mailed_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day} {self.slot}"


class Line(models.Model):
    """One thing said to one person, once: `key` names the occasion.

    `text` may leave the house by mail and holds numbers and verbs only; `detail` (what a problem says) is
    shown in the product alone. `url` is a local address.
    """

    message = models.ForeignKey(Message, models.CASCADE, related_name="lines")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    key = models.CharField("事由", max_length=120)
    text = models.CharField("内容", max_length=200)
    detail = models.CharField("说明", max_length=200, blank=True)
    url = models.CharField("地址", max_length=300)
    tone = models.CharField("轻重", max_length=8, blank=True)
    said_on = models.DateTimeField("时间")
    read_on = models.DateTimeField("已读时间", null=True)
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, related_name="lines")

    objects = LineQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知事项"
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="said_once")]
        indexes = [
            models.Index(fields=["person", "-id"], name="line_person"),
            models.Index(fields=["person"], condition=Q(read_on=None), name="line_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.key}"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing for one person. `key` names the occasion: the same key is said to a person once, ever.

    `text` may be mailed (numbers, verbs, units); `detail` is shown in the product only. `url` is local.
    `tone` is that of a clock (late, today, soon) or empty.
    """

    person_id: int
    key: str
    text: str
    url: str
    tone: str = ""
    detail: str = ""
    urgent: bool = False

    def line_in(self, message_id: int, at: datetime) -> Line:
        """The row this becomes, not yet saved."""
        return Line(
            message_id=message_id, person_id=self.person_id, key=self.key, text=self.text[:200],
            detail=self.detail[:200], url=self.url, tone=self.tone, said_on=at,
        )  # fmt: skip
