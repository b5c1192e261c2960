"""Open an access token. It is shown once; what is kept is its hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.models import AccessToken, Person, Unit
from bihuan.org.scopes import CALENDAR, SCOPES
from bihuan.record.actions.append import append

MARK = "bht"
MOST = 20
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def digest_of(secret: str) -> str:
    """The secret has 256 bits of chance: a plain hash cannot be turned back, a slow one would slow every request."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def open_token(
    *,
    person: Person,
    name: str,
    scope: str,
    expires_on: date,
    by: Actor,
    at: datetime,
    unit: Unit | None = None,
) -> tuple[AccessToken, str]:
    """Returns the token and its text (`bht_<ident>_<secret>`), which is kept nowhere.

    Raises Refused for somebody else's person or too many tokens, Invalid for a purpose, scope, unit or term
    that cannot be. Only the person, at a page: a token opens no further tokens.
    """
    today = local_day(at)
    if (by.person_id != person.pk and not by.is_system) or by.token_id is not None:
        raise Refused("令牌只能由本人在页面上开", "请本人登录后办")
    _check(name, scope, expires_on, today)
    if unit is not None and not _reaches(unit, scope, by):
        raise Invalid(f"{unit}不在你的授权范围里", "选范围内的单位，或不限单位", field="unit")
    if AccessToken.objects.of(person.pk).good_on(today).count() >= MOST:
        raise Refused(f"已经有 {MOST} 个有效令牌", "先收回不用的")
    ident = "".join(secrets.choice(_LETTERS) for _ in range(10))
    secret = secrets.token_urlsafe(32)
    token = AccessToken.objects.create(
        ident=ident, digest=digest_of(secret), name=name.strip(), person=person, scope=scope, unit=unit,
        opened_on=at, expires_on=expires_on, hat_id=by.hat.unit_id if by.hat else None,
    )  # fmt: skip
    append(
        stream=f"token:{token.pk}",
        kind="token.opened",
        by=by,
        at=at,
        seq=1,
        subject=ident,
        unit_id=person.unit_id,
        data={
            "person": person.pk,
            "scope": scope,
            "unit": unit.pk if unit else None,
            "to": str(expires_on),
            "hat": by.hat.code if by.hat else None,
        },
    )
    return token, f"{MARK}_{ident}_{secret}"


def _check(name: str, scope: str, expires_on: date, today: date) -> None:
    if not name.strip():
        raise Invalid("没有写用途", "写上给谁用、做什么", field="name")
    if scope not in SCOPES:
        raise Invalid(f"没有范围“{scope}”", "从列表里选一个", field="scope")
    if expires_on < today:
        raise Invalid("有效期已经过了", "改成今天以后的一天", field="expires_on")
    last = today + timedelta(days=settings.TOKEN_MOST_DAYS)
    if expires_on > last:
        raise Invalid(
            f"有效期最长 {settings.TOKEN_MOST_DAYS} 天", f"最晚填到 {last}，到期再开", field="expires_on"
        )


def _reaches(unit: Unit, scope: str, by: Actor) -> bool:
    """A calendar shows the unit one works in or has a grant over; a token is kept within a grant."""
    if by.is_system or any(
        r.covers(unit.path or "") or ((unit.path or "#") and r.unit_path.startswith(unit.path or "#"))
        for r in by.reaches
    ):
        return True
    return scope == CALENDAR and unit.pk == by.unit_id
