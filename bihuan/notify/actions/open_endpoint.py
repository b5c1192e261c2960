"""Register a receiver outside the house. The key of its signatures is shown once and kept sealed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused
from bihuan.notify import wire
from bihuan.notify.models import Endpoint
from bihuan.org.models import Person
from bihuan.record.actions.append import append
from bihuan.record.strongbox import shut_away
from bihuan.registry import shelf

MOST = 10
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def purpose_of(ident: str) -> str:
    return f"webhook:{ident}"


def open_endpoint(
    *, person: Person, name: str, url: str, kinds: Sequence[str], by: Actor, at: datetime
) -> tuple[Endpoint, str]:
    """Returns the endpoint and the key of its signatures in the clear. It hears what happens from now on.

    Raises Invalid for an address that may not be reached or events nobody announces, Refused for somebody
    else's person or too many of them.
    """
    if (by.person_id != person.pk and not by.is_system) or by.token_id is not None:
        raise Refused("推送地址只能由本人在页面上登记", "请本人登录后办")
    _check(name, kinds)
    try:
        wire.addresses_of(wire.read_url(url))
    except wire.Unreachable as problem:
        raise Invalid(str(problem), "核对地址", field="url") from None
    if Endpoint.objects.of(person.pk).alive().count() >= MOST:
        raise Refused(f"已经登记了 {MOST} 个推送地址", "先停用不用的")
    ident = "".join(secrets.choice(_LETTERS) for _ in range(10))
    secret = f"whs_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        endpoint = Endpoint.objects.create(
            person=person, ident=ident, name=name.strip(), url=url.strip(), kinds=sorted(set(kinds)),
            sealed=shut_away(secret, purpose_of(ident)), opened_on=at, hat_id=by.hat.unit_id if by.hat else None,
        )  # fmt: skip
        append(
            stream=f"endpoint:{endpoint.pk}",
            kind="endpoint.opened",
            by=by,
            at=at,
            seq=1,
            subject=ident,
            unit_id=person.unit_id,
            data={"person": person.pk, "kinds": endpoint.kinds},
        )
    return endpoint, secret


def _check(name: str, kinds: Sequence[str]) -> None:
    if not name.strip():
        raise Invalid("没有写用途", "写上推给谁、做什么", field="name")
    unknown = set(kinds) - set(shelf.announced())
    if not kinds or unknown:
        raise Invalid("没有选事件" if not kinds else "有不能推送的事件", "至少选一种", field="kinds")
