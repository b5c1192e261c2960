"""Messages and their lines; what left the house by mail. Knows people, not problems."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Q

from bihuan.org.models import Person, Unit

from .querysets import ChannelQuery, DeliveryQuery, EndpointQuery, LineQuery, MessageQuery


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


class Channel(models.Model):
    """The robot of a group chat (企业微信, 钉钉, 飞书). `sealed` holds its address and signing secret, closed with a
    key that is not in the database; `tail` is the end of the address, to tell two robots apart.

    It hears of the people of `unit` and below: how many things wait, never which or what they say.
    """

    class Kind(models.TextChoices):
        WECOM = "wecom", "企业微信"
        DINGTALK = "dingtalk", "钉钉"
        FEISHU = "feishu", "飞书"

    name = models.CharField("群名", max_length=40)
    kind = models.CharField("平台", max_length=10, choices=Kind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    sealed = models.TextField("地址（加密）")
    tail = models.CharField("地址尾号", max_length=4)
    digest = models.BooleanField("每日摘要", default=True)
    urgent = models.BooleanField("即时通知", default=True)
    mentions = models.BooleanField("按手机号@到人", default=False)
    is_active = models.BooleanField("启用", default=True)
    opened_on = models.DateTimeField("设置时间")
    sent_on = models.DateTimeField("上次发出", null=True)
    failed_on = models.DateTimeField("上次没发出", null=True)
    failure = models.CharField("没发出的原因", max_length=200, blank=True)

    objects = ChannelQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知群"

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """One message into a group: like `Mail` the row is the claim, made before posting, given back only when the
    message surely did not arrive. `slot` is `digest` or `urgent:` and the occasion."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="posts")
    day = models.DateField("日期")
    slot = models.CharField("种类", max_length=130)
    claimed_on = models.DateTimeField("发送开始")
    sent_on = models.DateTimeField("发出时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "群通知"
        constraints = [models.UniqueConstraint(fields=["channel", "day", "slot"], name="posted_once")]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.day} {self.slot}"


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


class Endpoint(models.Model):
    """A receiver outside the house, registered by a person and never told more than that person may see.

    `sealed` is the key of its signatures, closed with the strongbox. `busy_until` with `busy` is the claim of
    the one sender: deliveries leave in order. While it fails, `next_try_on` says when to knock again.
    """

    class State(models.TextChoices):
        ACTIVE = "active", "推送中"
        PAUSED = "paused", "已暂停"
        ENDED = "ended", "已停用"

    class Why(models.TextChoices):
        BY_HAND = "by_hand", "人工暂停"
        FAILING = "failing", "一直推不出去"
        GONE = "gone", "对方说不再接收"
        OWNER = "owner", "登记人不能登录了"

    person = models.ForeignKey(Person, models.CASCADE, related_name="endpoints")
    ident = models.CharField("编号", max_length=12, unique=True)
    name = models.CharField("用途", max_length=60)
    url = models.CharField("地址", max_length=500)
    kinds = models.JSONField("事件", default=list)
    sealed = models.TextField("签名密钥（已加密）")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.ACTIVE)
    why = models.CharField("暂停原因", max_length=8, choices=Why.choices, blank=True)
    #: worn when it was registered: what is told does not change with the person's hat (ADR 25)
    hat = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="身份"
    )
    opened_on = models.DateTimeField("登记时间")
    failures = models.PositiveIntegerField("连续失败", default=0)
    failing_since = models.DateTimeField("从何时失败", null=True)
    next_try_on = models.DateTimeField("下次再试", null=True)
    busy = models.CharField("认领标记", max_length=20, blank=True)
    busy_until = models.DateTimeField("认领到", null=True)

    objects = EndpointQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "推送地址"
        constraints = [
            models.CheckConstraint(condition=Q(state="paused") | Q(why=""), name="endpoint_why_paused")
        ]
        indexes = [models.Index(fields=["person", "-id"], name="endpoint_person")]

    def __str__(self) -> str:
        return self.ident


class Delivery(models.Model):
    """One event for one receiver. `ident` stays the same however often it is tried: the receiver drops doubles.

    `event` is the id of the event, which is also the order in which deliveries leave.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待推送"
        SENT = "sent", "已送达"
        UNSEEN = "unseen", "登记人看不到，未推送"
        SKIPPED = "skipped", "已跳过"

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries")
    ident = models.UUIDField("送达号", unique=True)
    event = models.BigIntegerField("事件号")
    kind = models.CharField("事件", max_length=60)
    subject = models.CharField("对象", max_length=120, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField("次数", default=0)
    status = models.PositiveSmallIntegerField("对方回答", null=True)
    error = models.CharField("没有送到的原因", max_length=100, blank=True)
    made_on = models.DateTimeField("时间")
    tried_on = models.DateTimeField("最近一次", null=True)
    sent_on = models.DateTimeField("送达时间", null=True)

    objects = DeliveryQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "推送"
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "event"], name="delivered_once"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_on__isnull=False), name="delivery_sent_has_time"
            ),
        ]
        indexes = [
            models.Index(fields=["endpoint", "event"], condition=Q(state="waiting"), name="delivery_waiting"),
            models.Index(fields=["endpoint", "-id"], name="delivery_new"),
        ]

    def __str__(self) -> str:
        return str(self.ident)
