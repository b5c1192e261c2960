"""An announced event becomes a delivery for every receiver that wants its kind. Told twice, it is one delivery.
And what people must hear of their own way in, and of what waits for them in who-may-what."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.urls import reverse

from bihuan.kernel.actor import PERSON, SYSTEM, Actor
from bihuan.kernel.moment import local_day
from bihuan.notify import words
from bihuan.notify.actions.tell import tell
from bihuan.notify.actions.wake_endpoint import wake_endpoint
from bihuan.notify.models import Delivery, Endpoint
from bihuan.org.models import Account, PostHolding
from bihuan.org.permissions import Permission as P
from bihuan.org.reads import people_who
from bihuan.record.models import Event

_SPACE = uuid.UUID("6ff1f1a6-59a7-4b52-9d8b-3f4b9c1c3d5e")


def anybody_listens() -> bool:
    """A house without receivers writes no jobs for them. A receiver hears what begins after it is registered."""
    return Endpoint.objects.alive().exists()


def hear(event: Event) -> None:
    """Runs in the job that was written together with the event: no event is passed over."""
    endpoints = (
        Endpoint.objects.alive()
        .filter(opened_on__lte=event.recorded_at)
        .only("pk", "ident", "kinds", "state")
    )
    for endpoint in endpoints:
        if event.kind not in endpoint.kinds:
            continue
        with transaction.atomic():
            _, new = Delivery.objects.get_or_create(
                endpoint=endpoint,
                event=event.pk,
                defaults={
                    # the same however often it is worked out: two workers write the same number
                    "ident": uuid.uuid5(_SPACE, f"{endpoint.ident}:{event.pk}"),
                    "kind": event.kind,
                    "subject": event.subject,
                    "made_on": event.recorded_at,
                },
            )
            if new and endpoint.state == "active":
                wake_endpoint(endpoint_id=endpoint.pk, at=event.recorded_at)


REACTIONS = (
    "person.post_taken",
    "account.factors_reset",
    "account.password_reset",
    "account.passkey_doubted",
)


def react(event: Event) -> None:
    if event.kind == "person.post_taken":
        _to_confirm(event)
    else:
        _your_way_in(event)


def _to_confirm(event: Event) -> None:
    """Somebody took a post that carries rights: the security administrator is asked."""
    day, person_id = local_day(event.recorded_at), int(event.stream.partition(":")[2])
    waiting = PostHolding.objects.to_confirm(day).filter(person_id=person_id, post_id=event.data.get("post"))
    holding = waiting.select_related("post__unit").first()
    if holding is None:
        return
    asked = people_who(P.GRANT_MANAGE, holding.post.unit.path or "", day=day)
    tell(
        people=[person.pk for person in asked], key=f"event:{event.pk}", text=words.HOLDING_TO_CONFIRM,
        url=reverse("org:grants"), at=event.recorded_at, by=_by(event),
    )  # fmt: skip


def _your_way_in(event: Event) -> None:
    account = Account.objects.filter(pk=event.stream.partition(":")[2]).first()
    if account:
        tell(
            people=[account.person_id], key=f"event:{event.pk}", text=words.YOUR_WAY_IN[event.kind],
            url=reverse("org:second"), at=event.recorded_at, by=_by(event),
        )  # fmt: skip


def _by(event: Event) -> Actor:
    return Actor(kind=PERSON, person_id=event.by_id) if event.by_id else SYSTEM
