"""What notices offer to the house: the bell, and mails and group posts sent by the worker."""

from __future__ import annotations

from bihuan.notify import words
from bihuan.notify.actions.reseal import reseal
from bihuan.notify.actions.tell_urgently import URGENT_MAIL, URGENT_POST
from bihuan.notify.actions.wake_endpoint import WEBHOOK
from bihuan.notify.jobs import (
    DIGESTS,
    GROUP_DIGEST,
    deliver_webhooks,
    knock_again,
    queue_digests,
    queue_group_digests,
    send_digests,
    send_group_digest,
    send_urgent,
    send_urgent_post,
    tidy_deliveries,
)
from bihuan.notify.reactions import REACTIONS, anybody_listens, hear, react
from bihuan.notify.reads import bell
from bihuan.org.permissions import Permission as P
from bihuan.registry.contract import JobKind, Nav, Offer, Tick

OFFER = Offer(
    code="notify",
    title="通知",
    order=80,
    jobs=(
        JobKind(DIGESTS, "每日摘要邮件", send_digests, show=False),
        JobKind(URGENT_MAIL, "即时通知邮件", send_urgent, show=False),
        JobKind(WEBHOOK, "推送到别的系统", deliver_webhooks, show=False),
        JobKind(GROUP_DIGEST, "群里的每日摘要", send_group_digest),
        JobKind(URGENT_POST, "群里的即时通知", send_urgent_post),
    ),
    ticks=(
        Tick("notify.digest", "发送每日摘要邮件", "5 * * * *", queue_digests),
        Tick("notify.group_digest", "往群里发每日摘要", "5 * * * *", queue_group_digests),
        Tick("notify.knock", "再试没有推出去的", "*/5 * * * *", knock_again),
        Tick("notify.tidy", "清理推送记录", "50 3 * * *", tidy_deliveries),
    ),
    nav=(Nav("通知群", "/notices/channels/", "users-group", section="base", order=85, needs=P.JOB_MANAGE),),
    reacts_to=dict.fromkeys(REACTIONS, react),
    hears=hear,
    has_ears=anybody_listens,
    event_words=words.EVENT_WORDS,
    reseal=reseal,
    urls="bihuan.notify.urls",
    mount="notices",
    frame=bell,
)
