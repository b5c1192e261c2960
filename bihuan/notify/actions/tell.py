"""Say one thing to some people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bihuan.kernel.actor import SYSTEM, Actor
from bihuan.notify.models import Notice

from .tell_all import tell_all


def tell(
    *,
    people: Iterable[int],
    key: str,
    text: str,
    url: str,
    at: datetime,
    by: Actor = SYSTEM,
    tone: str = "",
    urgent: bool = False,
    detail: str = "",
) -> int:
    """Tell these people, `by` left out, once each under this key; see Notice for the parts.

    Returns how many lines were new.
    """
    notices = [Notice(person, key, text, url, tone, detail, urgent) for person in people]
    return tell_all(notices=notices, at=at, by=by)
