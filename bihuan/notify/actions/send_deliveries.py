"""Deliver what waits for one receiver, in the order it happened, until all is delivered or one fails.

One sender at a time holds the receiver (`busy`). What happened first leaves first: nothing overtakes an event
whose own delivery is not written yet. A failure stops the row; the next try comes after a growing pause.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from bihuan.kernel.actor import SYSTEM, Actor
from bihuan.kernel.refused import Refused
from bihuan.notify import wire, words
from bihuan.notify.models import Delivery, Endpoint
from bihuan.org.reads import actor_for
from bihuan.record.actions.append import REACTION, append
from bihuan.record.models import Event, Job
from bihuan.record.strongbox import take_out
from bihuan.registry import shelf

from .open_endpoint import purpose_of
from .tell import tell
from .wake_endpoint import wake_endpoint

CLAIM = timedelta(seconds=90)
BATCH, BUDGET_S = 20, 20
FIRST_PAUSE_S, LONGEST_PAUSE_S = 30, 3600
_PENDING = 2000


def send_deliveries(*, endpoint_id: int, at: datetime) -> int:
    """Returns how many were delivered. Harmless when called twice, or while another sender is at work."""
    mark, sent = secrets.token_hex(8), 0
    deadline = time.monotonic() + BUDGET_S
    while (
        Endpoint.objects.filter(pk=endpoint_id)
        .free(at)
        .with_waiting()
        .update(busy=mark, busy_until=at + CLAIM)
    ):
        endpoint = Endpoint.objects.select_related("person__unit", "person__account").get(pk=endpoint_id)
        try:
            done, moved = _send_some(endpoint, at, deadline)
        finally:
            # Whoever found the receiver busy has gone again: look once more after letting it go.
            Endpoint.objects.filter(pk=endpoint_id, busy=mark).update(busy="", busy_until=None)
        sent += done
        if time.monotonic() >= deadline:
            wake_endpoint(endpoint_id=endpoint_id, at=at)
            break
        if not moved:
            break
    return sent


def _send_some(endpoint: Endpoint, at: datetime, deadline: float) -> tuple[int, bool]:
    """(delivered, whether anything left the row): one batch, in order."""
    actor = _owner(endpoint, at)
    if actor is None:
        pause(endpoint, "owner", at)
        return 0, False
    rows = list(endpoint.deliveries.waiting().filter(event__lt=_barrier(endpoint)).order_by("event")[:BATCH])
    events = Event.objects.in_bulk([row.event for row in rows])
    seen = shelf.visible_streams(actor, {event.stream for event in events.values()})
    key = take_out(endpoint.sealed, purpose_of(endpoint.ident)).encode()
    sent = 0
    for row in rows:
        event = events.get(row.event)
        if event is None or event.stream not in seen:
            Delivery.objects.filter(pk=row.pk, state="waiting").update(state="unseen", tried_on=at)
        elif not _deliver(endpoint, row, event, key, at):
            return sent, False
        else:
            sent += 1
        if time.monotonic() >= deadline:
            break
    return sent, bool(rows)


def _owner(endpoint: Endpoint, at: datetime) -> Actor | None:
    """Its person as of now: what may be told is asked anew each time."""
    account = getattr(endpoint.person, "account", None)
    if account is None or not account.is_active:
        return None
    actor = actor_for(endpoint.person, at=at, wear=endpoint.hat_id)
    return actor if actor.is_person else None


def _barrier(endpoint: Endpoint) -> int:
    """The first event this receiver wants whose delivery is still to be written; nothing behind it may go."""
    jobs = Job.objects.unfinished().filter(kind=REACTION).order_by("id").values_list("payload", flat=True)
    ids = [
        pk
        for payload in jobs[:_PENDING]
        if payload.get("room") == "notify"
        for pk in payload.get("events") or [payload["event"]]
    ]
    if not ids:
        return 2**63 - 1
    written = endpoint.deliveries.filter(event__in=ids).values("event")
    wanted = Event.objects.filter(pk__in=ids, kind__in=endpoint.kinds, recorded_at__gte=endpoint.opened_on)
    first = wanted.exclude(pk__in=written).order_by("pk").values_list("pk", flat=True).first()
    return first if first is not None else 2**63 - 1


def body_of(delivery: Delivery, event: Event) -> bytes:
    """What leaves the house: numbers, kinds and times, no text. The same for every try."""
    told = {
        "id": str(delivery.ident),
        "kind": event.kind,
        "number": event.subject,
        "seq": event.seq,
        "event": event.pk,
        "occurred_at": event.occurred_at.isoformat(),
        "recorded_at": event.recorded_at.isoformat(),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def signature(key: bytes, at: datetime, body: bytes) -> str:
    """`t=<seconds>,v1=<hex>`: HMAC-SHA256 over `<seconds>.<body>`, so that an old message cannot be sent again."""
    seconds = int(at.timestamp())
    said = hmac.new(key, f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={said}"


def _deliver(endpoint: Endpoint, row: Delivery, event: Event, key: bytes, at: datetime) -> bool:
    body = body_of(row, event)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Bihuan-Webhook/1",
        "Bihuan-Delivery": str(row.ident),
        "Bihuan-Event": event.kind,
        "Bihuan-Signature": signature(key, at, body),
    }
    status, error = None, ""
    try:
        status = wire.post(endpoint.url, body, headers)
        if not 200 <= status < 300:
            error = words.answered(status)
    except (wire.Unreachable, Refused) as problem:
        error = str(problem)[:100]
    tried = {"attempts": F("attempts") + 1, "tried_on": at, "status": status, "error": error}
    if not error:
        Delivery.objects.filter(pk=row.pk, state="waiting").update(state="sent", sent_on=at, **tried)
        failing = Q(failures__gt=0) | Q(failing_since__isnull=False)
        Endpoint.objects.filter(failing, pk=endpoint.pk).update(
            failures=0, failing_since=None, next_try_on=None
        )
        endpoint.failures, endpoint.failing_since = 0, None
        return True
    Delivery.objects.filter(pk=row.pk, state="waiting").update(**tried)
    _put_off(endpoint, at, gone=status == 410)
    return False


def pause_before(failures: int) -> timedelta:
    """30 s, doubled each time, an hour at most: a receiver that comes back is found within the hour."""
    return timedelta(seconds=min(FIRST_PAUSE_S * 2 ** min(failures - 1, 12), LONGEST_PAUSE_S))


def _put_off(endpoint: Endpoint, at: datetime, *, gone: bool) -> None:
    failures, since = endpoint.failures + 1, endpoint.failing_since or at
    if gone or at - since >= timedelta(days=settings.WEBHOOK_PATIENCE_DAYS):
        pause(endpoint, "gone" if gone else "failing", at)
        return
    next_try = at + pause_before(failures)
    with transaction.atomic():
        Endpoint.objects.filter(pk=endpoint.pk).update(
            failures=failures, failing_since=since, next_try_on=next_try
        )
        wake_endpoint(endpoint_id=endpoint.pk, at=at, run_at=next_try)


def pause(endpoint: Endpoint, why: str, at: datetime) -> None:
    """Stop knocking and tell the owner. What waits goes on waiting, and what happens is still noted."""
    with transaction.atomic():
        if not Endpoint.objects.filter(pk=endpoint.pk, state="active").update(state="paused", why=why):
            return
        append(
            stream=f"endpoint:{endpoint.pk}", kind="endpoint.paused", by=SYSTEM, at=at, subject=endpoint.ident,
            data={"why": why},
        )  # fmt: skip
        if why != "owner":
            tell(
                people=[endpoint.person_id],
                key=f"endpoint:{endpoint.pk}:{at:%Y%m%d%H%M}",
                text=words.paused(endpoint.name),
                url=f"/notices/endpoints/{endpoint.pk}/",
                at=at,
                tone="late",
            )
