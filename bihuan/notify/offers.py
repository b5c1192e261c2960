"""What notices offer to the house: the bell, and mails sent by the worker."""

from __future__ import annotations

from bihuan.notify.jobs import DIGESTS, queue_digests, send_digests, send_urgent
from bihuan.notify.reads import bell
from bihuan.registry.contract import JobKind, Offer, Tick

OFFER = Offer(
    code="notify",
    title="通知",
    order=80,
    jobs=(
        JobKind(DIGESTS, "每日摘要邮件", send_digests, show=False),
        JobKind("notify.urgent_mail", "即时通知邮件", send_urgent, show=False),
    ),
    ticks=(Tick("notify.digest", "发送每日摘要邮件", "5 * * * *", queue_digests),),
    urls="bihuan.notify.urls",
    mount="notices",
    frame=bell,
)
