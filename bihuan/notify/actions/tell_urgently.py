"""Say one red thing at once, and still leave people in peace: few urgent messages a day."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.moment import local_day
from bihuan.notify.models import Channel, Line, Message, Notice
from bihuan.notify.reads import most_urgent, on_duty
from bihuan.record.actions.enqueue import enqueue

URGENT_MAIL, URGENT_POST = "notify.urgent_mail", "notify.urgent_post"
_TRIES = 8


def tell_urgently(*, notice: Notice, at: datetime) -> bool:
    """A message of its own, with a mail where mails are on. Past the day's number further lines join the
    last one, except for duty officers. False when it had been said. Must run in a transaction.

    Two that take the same number at the same moment: the constraint lets one have it, the other looks again.
    """
    day = local_day(at)
    free = on_duty(notice.person_id, day)
    urgent = Message.objects.on_day(notice.person_id, day).filter(kind=Message.Kind.URGENT)
    for left in reversed(range(_TRIES)):
        last = urgent.order_by("-number").first()
        joins = last is not None and (not left or (not free and last.number >= most_urgent(day)))
        try:
            with transaction.atomic():
                message = last if joins else _next(notice.person_id, day, last, at)
                notice.line_in(message.pk, at).save(force_insert=True)
        except IntegrityError:
            if Line.objects.of(notice.person_id).filter(key=notice.key).exists():
                return False
            continue
        if not joins and settings.MAIL_ON:
            enqueue(kind=URGENT_MAIL, payload={"message": message.pk}, by=SYSTEM, at=at)
        if not joins and Channel.objects.active().filter(urgent=True).exists():
            enqueue(kind=URGENT_POST, payload={"message": message.pk}, by=SYSTEM, at=at)
        return True
    raise RuntimeError(f"no place for {notice.key} after {_TRIES} tries")


def _next(person_id: int, day, last: Message | None, at: datetime) -> Message:
    return Message.objects.create(
        person_id=person_id,
        day=day,
        kind=Message.Kind.URGENT,
        number=last.number + 1 if last else 1,
        opened_on=at,
    )
