"""Mail the digest to where this system's administrators have no hands."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.moment import local_day
from bihuan.record.digest import digest_text

from .append import append
from .seal import seal


def mail_digest(*, at: datetime) -> bool:
    """Seal, and send the digest to `BIHUAN_DIGEST_TO`. False where no mail is set up or nothing was ever sealed.

    A mail that cannot be sent raises, and the job is tried again.
    """
    if not (settings.MAIL_ON and settings.DIGEST_TO):
        return False
    seal(at=at)
    text = digest_text(at)
    if not text:
        return False
    day = local_day(at)
    mail = EmailMessage(f"闭环 记录封存摘要 {day}", text, to=settings.DIGEST_TO)
    mail.attach(f"封存摘要-{day}.txt", text, "text/plain")
    mail.send()
    with transaction.atomic():
        append(stream="seals", kind="seal.mailed", by=SYSTEM, at=at, data={"to": len(settings.DIGEST_TO)})
    return True
