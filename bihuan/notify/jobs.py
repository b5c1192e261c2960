"""Mails leave in the worker: urgent ones at once, digests once a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.moment import CHINA, local_day
from bihuan.notify.actions.send_deliveries import send_deliveries
from bihuan.notify.actions.send_mail import send_mail
from bihuan.notify.actions.wake_endpoint import wake_endpoint
from bihuan.notify.models import Delivery, Endpoint, Line, Mail, Message
from bihuan.notify.reads import digest_is_due
from bihuan.org.models import Person
from bihuan.record.actions.enqueue import enqueue
from bihuan.record.actions.run_job import JobRun

DIGESTS, DIGEST = "notify.digests", "digest"


def queue_digests(at: datetime) -> None:
    """Every hour from the digest's hour on: whoever has had no digest mail today and has something unread.

    Hourly, so that a worker that was down in the morning makes up for it.
    """
    if settings.MAIL_ON and digest_is_due(at):
        hour = at.astimezone(CHINA)
        payload = {"day": str(local_day(at))}
        enqueue(kind=DIGESTS, payload=payload, by=SYSTEM, at=at, key=f"{DIGESTS}:{hour:%Y-%m-%d:%H}")


def send_digests(run: JobRun) -> None:
    day = date.fromisoformat(run.payload["day"])
    had = Mail.objects.filter(day=day, slot=DIGEST).values("person_id")
    waiting = Line.objects.unread().to_mail(run.at).exclude(person__email="").exclude(person_id__in=had)
    people = list(Person.objects.filter(pk__in=waiting.values("person_id")).order_by("id"))
    if not people or not settings.MAIL_ON:
        return
    with get_connection() as connection:
        for done, person in enumerate(people):
            run.progress(done, len(people))
            lines = Line.objects.of(person.pk)
            send_mail(person=person, day=day, slot=DIGEST, lines=lines, at=run.at, connection=connection)


def send_urgent(run: JobRun) -> None:
    message = Message.objects.select_related("person").filter(pk=run.payload["message"]).first()
    if message is None or not message.person.email or not settings.MAIL_ON:
        return
    slot, lines = f"urgent-{message.number}", Line.objects.filter(message=message)
    with get_connection() as connection:
        send_mail(
            person=message.person, day=message.day, slot=slot, lines=lines, at=run.at, connection=connection
        )


#: What was delivered is listed for so long; the events themselves stay for ever.
KEEP_DELIVERIES = timedelta(days=60)


def deliver_webhooks(run: JobRun) -> None:
    """What waits for one receiver. A receiver that does not answer is no failure of the job."""
    send_deliveries(endpoint_id=run.payload["endpoint"], at=run.at)


def knock_again(at: datetime) -> None:
    """The net below the jobs: receivers with something waiting whose turn it is, whatever became of their job."""
    for pk in Endpoint.objects.free(at).with_waiting().values_list("pk", flat=True):
        wake_endpoint(endpoint_id=pk, at=at)


def tidy_deliveries(at: datetime) -> None:
    Delivery.objects.over().filter(made_on__lt=at - KEEP_DELIVERIES).delete()
