"""What a page or a telling asks: the bell, the list by day, who is on duty, the numbers of the rule pack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.urls import reverse

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import CHINA, local_day
from bihuan.kernel.refused import Missing
from bihuan.org.models import Grant
from bihuan.org.permissions import Permission
from bihuan.org.reads import openable, rule
from bihuan.org.roles import ROLES

from .models import Line

_PACK, _PAGE = "problems", 100
_DUTY = [role.code for role in ROLES.values() if Permission.DUTY in role.permissions]


@dataclass(frozen=True, slots=True)
class DayOfLines:
    """The lines of one day, newest first."""

    day: date
    lines: list[Line]


def bell(actor: Actor, at: datetime) -> dict[str, object]:
    """For the frame of every page: how many lines are unread. One query, on an index of unread lines only."""
    if not actor.is_person:
        return {}
    count = Line.objects.of(actor.person_id).unread().count()
    return {"bell_count": count, "bell_url": reverse("notify:notices")}


def lines_by_day(actor: Actor, *, before: int | None = None) -> tuple[list[DayOfLines], int | None]:
    """The person's lines, newest first, grouped by day; and the id to go on before, if there are more."""
    lines = Line.objects.of(actor.person_id).select_related("message").order_by("-id")
    if before is not None:
        lines = lines.filter(pk__lt=before)
    found = list(lines[: _PAGE + 1])
    more = found[_PAGE - 1].pk if len(found) > _PAGE else None
    _keep_back(found, actor)
    return list(_by_day(found[:_PAGE])), more


def _keep_back(lines: list[Line], actor: Actor) -> None:
    """What was told stays told, but its words are shown only while the thing itself may be seen: a problem may
    have gone to another unit since."""
    seen = openable(actor, (line.url for line in lines if line.detail))
    for line in lines:
        if line.url not in seen:
            line.detail = ""


def _by_day(lines: Iterable[Line]) -> Iterable[DayOfLines]:
    for day, group in groupby(lines, key=lambda line: local_day(line.said_on)):
        yield DayOfLines(day, list(group))


def on_duty(person_id: int, day: date) -> bool:
    """Duty officers get every red message at once, however many there are."""
    return Grant.objects.standing(day).held_by(person_id, day).filter(role__in=_DUTY).exists()


def most_urgent(day: date) -> int:
    """How many urgent messages a day, beside the digest."""
    return max(1, int(_number("digest.most_per_day", day, 3)) - 1)


def digest_is_due(at: datetime) -> bool:
    """True from the hour on at which the day's digest goes out by mail."""
    return at.astimezone(CHINA).hour >= int(_number("digest.hour", local_day(at), 8))


def _number(key: str, day: date, otherwise: int) -> int:
    try:
        return rule(_PACK, key, day).value
    except Missing:
        return otherwise
