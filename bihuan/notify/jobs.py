"""Mails and posts into group chats leave in the worker: urgent ones at once, digests once a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import Count, Q
from django.urls import reverse

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.moment import CHINA, local_day
from bihuan.notify import words
from bihuan.notify.actions.send_deliveries import send_deliveries
from bihuan.notify.actions.send_mail import send_mail
from bihuan.notify.actions.send_post import send_post
from bihuan.notify.actions.wake_endpoint import wake_endpoint
from bihuan.notify.models import Channel, Delivery, Endpoint, Line, Mail, Message, Post
from bihuan.notify.reads import digest_is_due, most_urgent
from bihuan.notify.robots import Undelivered
from bihuan.org.models import Person
from bihuan.record.actions.enqueue import enqueue
from bihuan.record.actions.run_job import JobRun

DIGESTS, DIGEST = "notify.digests", "digest"
GROUP_DIGEST, URGENT = "notify.group_digest", "urgent:"


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


def queue_group_digests(at: datetime) -> None:
    """Every hour from the digest's hour on: each group that has had no digest today. A job per group, so that one
    that does not answer holds up no other."""
    if not digest_is_due(at):
        return
    hour, day = at.astimezone(CHINA), local_day(at)
    had = Post.objects.filter(day=day, slot=DIGEST).values("channel_id")
    for channel in Channel.objects.active().filter(digest=True).exclude(pk__in=had):
        enqueue(
            kind=GROUP_DIGEST, payload={"channel": channel.pk, "day": str(day)}, by=SYSTEM, at=at,
            key=f"{GROUP_DIGEST}:{channel.pk}:{hour:%Y-%m-%d:%H}",
        )  # fmt: skip


def send_group_digest(run: JobRun) -> None:
    """How many of the unit's people have how much to read: counts, and nothing that says of what."""
    channel = Channel.objects.active().select_related("unit").filter(pk=run.payload["channel"]).first()
    if channel is None:
        return
    lines = Line.objects.recent(run.at).of_people_in(channel.unit.path or "-")
    told = lines.aggregate(
        people=Count("person_id", distinct=True),
        things=Count("key", distinct=True),
        late=Count("key", distinct=True, filter=Q(tone="late")),
    )
    if told["things"]:
        text = words.digest_post(channel.unit.shown, told["people"], told["things"], told["late"], _notices())
        day = date.fromisoformat(run.payload["day"])
        send_post(channel=channel, day=day, slot=DIGEST, text=text, at=run.at)


def send_urgent_post(run: JobRun) -> None:
    """Into the groups of the person's unit and above: once per occasion, however many people it concerns, and a
    few a day."""
    rows = Message.objects.select_related("person__unit").prefetch_related("lines")
    message = rows.filter(pk=run.payload["message"]).first()
    line = message.lines.first() if message else None
    if message is None or line is None or message.person.unit is None:
        return
    person, day, failed = message.person, message.day, None
    for channel in Channel.objects.active().of_unit(person.unit.path or "").filter(urgent=True):
        posted = Post.objects.filter(channel=channel, day=day, slot__startswith=URGENT)
        if posted.count() >= most_urgent(day):
            continue
        mobiles = [person.phone] if channel.mentions and person.phone else []
        text = words.urgent_post(person.unit.shown, _notices())
        try:
            send_post(
                channel=channel, day=day, slot=f"{URGENT}{line.key}", text=text, at=run.at, mobiles=mobiles
            )
        except Undelivered as fault:  # the other groups first; then the job tries this one again
            failed = fault
    if failed:
        raise failed


def _notices() -> str:
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('notify:notices')}"
