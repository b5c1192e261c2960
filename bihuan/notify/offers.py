"""What notices offer to the house: the bell, and mails sent by the worker."""

from __future__ import annotations

from bihuan.notify import words
from bihuan.notify.actions.wake_endpoint import WEBHOOK
from bihuan.notify.jobs import (
    DIGESTS,
    deliver_webhooks,
    knock_again,
    queue_digests,
    send_digests,
    send_urgent,
    tidy_deliveries,
)
from bihuan.notify.reactions import hear
from bihuan.notify.reads import bell
from bihuan.registry.contract import JobKind, Offer, Tick

OFFER = Offer(
    code="notify",
    title="通知",
    order=80,
    jobs=(
        JobKind(DIGESTS, "每日摘要邮件", send_digests, show=False),
        JobKind("notify.urgent_mail", "即时通知邮件", send_urgent, show=False),
        JobKind(WEBHOOK, "推送到别的系统", deliver_webhooks, show=False),
    ),
    ticks=(
        Tick("notify.digest", "发送每日摘要邮件", "5 * * * *", queue_digests),
        Tick("notify.knock", "再试没有推出去的", "*/5 * * * *", knock_again),
        Tick("notify.tidy", "清理推送记录", "50 3 * * *", tidy_deliveries),
    ),
    hears=hear,
    event_words=words.EVENT_WORDS,
    urls="bihuan.notify.urls",
    mount="notices",
    frame=bell,
)
