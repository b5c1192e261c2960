"""What is to be said, before it is: the value every telling takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bihuan.notify.models import Line


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing for one person. `key` names the occasion: the same key is said to a person once, ever.

    `text` may be mailed (numbers, verbs, units); `detail` is shown in the product only. `url` is local.
    `tone` is that of a clock (late, today, soon) or empty.
    """

    person_id: int
    key: str
    text: str
    url: str
    tone: str = ""
    detail: str = ""
    urgent: bool = False


def line_of(notice: Notice, message_id: int, at: datetime) -> Line:
    return Line(
        message_id=message_id, person_id=notice.person_id, key=notice.key, text=notice.text[:200],
        detail=notice.detail[:200], url=notice.url, tone=notice.tone, said_on=at,
    )
