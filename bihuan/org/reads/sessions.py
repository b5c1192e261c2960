"""Where an account is signed in at this moment."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from bihuan.org.access import BEGUN, SEEN, WAY
from bihuan.org.models import Account, BrowserSession
from bihuan.org.words import way_words

_MARK = 16


@dataclass(frozen=True, slots=True)
class OpenSession:
    """`mark` names the session on a page; the key itself would open it."""

    key: str
    mark: str
    said: str
    began: datetime | None
    seen: datetime | None
    here: bool


def mark_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:_MARK]


def _moment(seconds: float | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def open_sessions(account: Account, *, at: datetime, here: str) -> list[OpenSession]:
    """The one at hand first, then the last used first. One query. Sessions ended by a changed password or by
    `end_sessions` still have a row until it runs out, but open nothing: they are left out."""
    found = []
    for row in BrowserSession.objects.filter(account=account, expire_date__gt=at):
        held = row.get_decoded()
        if held.get("_auth_user_hash") == account.get_session_auth_hash():
            mark = mark_of(row.session_key)
            began, seen = _moment(held.get(BEGUN)), _moment(held.get(SEEN))
            way = held.get(WAY, "")
            found.append(
                OpenSession(
                    row.session_key, mark, way_words(way), began, seen or began, row.session_key == here
                )
            )
    long_ago = datetime.min.replace(tzinfo=UTC)
    return sorted(found, key=lambda one: (one.here, one.seen or long_ago), reverse=True)
