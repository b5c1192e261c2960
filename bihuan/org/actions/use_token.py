"""Come in with an access token: who it stands for, or why not. Wrong ones are counted."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q

from bihuan.kernel.actor import NOBODY, Actor, Reach
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import AccessToken
from bihuan.org.reads import actor_for
from bihuan.org.scopes import CALENDAR, SCOPES
from bihuan.record.actions.append import append

from .open_token import MARK, digest_of

WINDOW_S = 300


class NotLetIn(Refused):
    """The token is no good. `code` is `token`; `guessing` when this place has tried too many wrong ones."""

    code = "token"

    def __init__(self, reason: str, todo: str = "", *, guessing: bool = False) -> None:
        super().__init__(reason, todo)
        self.guessing = guessing


def use_token(*, text: str, address: str, at: datetime, calendar: bool = False) -> tuple[AccessToken, Actor]:
    """The token behind `text` and the Actor it acts as. Raises NotLetIn.

    `address` is where the request comes from; it is only ever counted as a hash that is forgotten after five
    minutes. A wrong secret and an unknown token read alike. `calendar` tokens and those of programs are not
    taken for one another.
    """
    ident, secret = _parts(text)
    token = _found(ident)
    place = _place(address, ident if token else "")
    if (cache.get(place) or 0) >= settings.TOKEN_MOST_GUESSES:
        raise NotLetIn("错的令牌试得太多了", "五分钟后再试，并核对令牌", guessing=True)
    if (
        token is None
        or not hmac.compare_digest(token.digest, digest_of(secret))
        or (token.scope == CALENDAR) is not calendar
    ):
        _count_wrong(place, token, at)
        raise NotLetIn("令牌不对", "核对令牌；忘了就在“访问令牌”页另开一个")
    actor = _actor(token, at)
    _note_day(token, actor, at)
    return token, actor


def _parts(text: str) -> tuple[str, str]:
    mark, _, rest = text.partition("_")
    ident, _, secret = rest.partition("_")
    return (ident, secret) if mark == MARK and ident.isascii() and ident.isalnum() else ("", "")


def _found(ident: str) -> AccessToken | None:
    if not ident or len(ident) > 12:
        return None
    return (
        AccessToken.objects.select_related("person__unit", "person__account", "unit")
        .filter(ident=ident)
        .first()
    )


def _place(address: str, ident: str) -> str:
    return "token-guess:" + hashlib.sha256(f"{address} {ident}".encode()).hexdigest()[:32]


def _count_wrong(place: str, token: AccessToken | None, at: datetime) -> None:
    wrong = (cache.get(place) or 0) + 1
    cache.set(place, wrong, WINDOW_S)
    if token is not None and wrong == settings.TOKEN_MOST_GUESSES:
        with transaction.atomic():
            append(
                stream=f"token:{token.pk}", kind="token.guessed", by=NOBODY, at=at, subject=token.ident,
                data={"times": wrong},
            )  # fmt: skip


def _actor(token: AccessToken, at: datetime) -> Actor:
    """The person as of now, under the hat of the token and kept within it. Raises NotLetIn with what ended it."""
    day = local_day(at)
    account = getattr(token.person, "account", None)
    if token.revoked_at is not None:
        raise NotLetIn("令牌已经收回", "在“访问令牌”页另开一个")
    if day > token.expires_on:
        raise NotLetIn(f"令牌 {token.expires_on} 到期了", "在“访问令牌”页另开一个")
    if account is None or not account.is_active or token.scope not in SCOPES:
        raise NotLetIn("令牌的主人不能登录了", "请系统管理员核对账号")
    if account.must_change:
        raise NotLetIn("令牌的主人要先换掉初始密码", "登录一次，换好密码")
    actor = actor_for(token.person, at=at, wear=token.hat_id)
    if not actor.is_person:
        raise NotLetIn("令牌的主人已离开", "由接手的人另开令牌")
    within = (token.unit.path or "#") if token.unit and token.scope != CALENDAR else ""
    return replace(
        actor,
        account_id=account.pk,
        reaches=kept_within(actor.reaches, token.unit_id, within),
        scope=SCOPES[token.scope].permissions,
        within=within,
        token_id=token.pk,
    )


def kept_within(reaches: tuple[Reach, ...], unit_id: int | None, path: str) -> tuple[Reach, ...]:
    """What is left of these reaches inside the unit with this path; all of them where the path is empty."""
    if not path:
        return reaches
    kept = []
    for reach in reaches:
        if reach.unit_path.startswith(path):
            kept.append(reach)
        elif reach.covers(path):
            kept.append(Reach(reach.permissions, unit_id or 0, path, reach.subtree))
    return tuple(kept)


def _note_day(token: AccessToken, actor: Actor, at: datetime) -> None:
    """The day it was used, once a day: a request that only reads must not wait to write."""
    day = local_day(at)
    if token.last_used_on == day:
        return
    with transaction.atomic():
        first = AccessToken.objects.filter(pk=token.pk).filter(Q(last_used_on=None) | Q(last_used_on__lt=day))
        if first.update(last_used_on=day):
            append(
                stream=f"token:{token.pk}", kind="token.used", by=actor, at=at, subject=token.ident,
                data={"day": str(day)},
            )  # fmt: skip
