"""What a team did, counted from the rows of the work itself: by day for its log, by week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import TruncDate

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.models import Complaint, Draft, Loan, Outreach, Talk, Visit
from bihuan.kernel.moment import CHINA


@dataclass(slots=True)
class Figures:
    """谈话人次, 信访件, 调阅份数, 走访次, 宣讲次, 底稿."""

    talks: int = 0
    complaints: int = 0
    documents: int = 0
    visits: int = 0
    outreaches: int = 0
    drafts: int = 0

    @property
    def some(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))


def by_day(task: Task, first: date, last: date) -> dict[date, Figures]:
    """Every day from `first` to `last`. One query a kind."""
    found = {first + timedelta(days=n): Figures() for n in range((last - first).days + 1)}
    for name, rows in _counted(task):
        for day, number in rows.filter(day__range=(first, last)).order_by("day"):
            setattr(found[day], name, number)
    return found


def total(days: dict[date, Figures]) -> Figures:
    whole = Figures()
    for one in days.values():
        for each in fields(Figures):
            setattr(whole, each.name, getattr(whole, each.name) + getattr(one, each.name))
    return whole


def _counted(task: Task) -> Iterator[tuple[str, QuerySet]]:
    """(name, rows of day and number)."""
    one = Count("pk")
    yield "talks", _per_day(Talk.objects.filter(task=task), F("held_on"), one)
    yield "complaints", _per_day(Complaint.objects.filter(task=task), F("received_on"), one)
    received = Loan.objects.filter(task=task, received_at__isnull=False)
    yield "documents", _per_day(received, TruncDate("received_at", tzinfo=CHINA), Sum("copies"))
    yield "visits", _per_day(Visit.objects.filter(task=task), F("on"), one)
    yield "outreaches", _per_day(Outreach.objects.filter(task=task), F("on"), one)
    first = Draft.objects.filter(task=task, edition=1)
    yield "drafts", _per_day(first, TruncDate("written_at", tzinfo=CHINA), one)


def _per_day(rows: QuerySet, day, number) -> QuerySet:
    return rows.annotate(day=day).values("day").annotate(number=number).values_list("day", "number")
