"""The board of a round: how far each task is, and what is stuck. One query a kind, however many tasks; numbers and
days only, nothing anybody said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from bihuan.areas.inspection.models import Round, Task
from bihuan.areas.onsite import states
from bihuan.areas.onsite.models import (
    Ask,
    Clue,
    Complaint,
    Draft,
    ImmediateNotice,
    Interviewee,
    Loan,
    NoticeItem,
    Outreach,
    Talk,
    Visit,
)
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.org.models import PartyLink

from .standing import tasks_of

#: who sees the numbers of every task of a round; a team sees its own
ABOVE = (states.PLAN, states.DECIDE, states.HEAD)
_REVIEWING = (states.HANDED_IN, states.REVIEWED, states.DISCUSSED)


@dataclass(frozen=True, slots=True)
class Stuck:
    """Something that waits: `what` is a key of words.STUCK, `days` how long it waits or how many are left."""

    what: str
    task: Task
    count: int
    days: int


@dataclass(slots=True)
class BoardRow:
    """Figures of one task. `days` is (gone, of all)."""

    task: Task
    day: date
    said: dict[str, int] = field(default_factory=dict)
    since: dict[str, date] = field(default_factory=dict)

    def count(self, name: str) -> int:
        return self.said.get(name, 0)

    @property
    def gone(self) -> int:
        if self.task.entered_on is None:
            return 0
        last = self.task.left_on or max(self.day, self.task.entered_on)
        return (last - self.task.entered_on).days + 1

    @property
    def left(self) -> int:
        """Days until the team leaves; below zero when it stays longer than planned."""
        return (self.task.to_day - self.day).days

    @property
    def here(self) -> bool:
        return self.task.entered_on is not None and self.task.left_on is None

    def stuck(self) -> Iterable[Stuck]:
        missing = self.count("wanted") - self.count("covered")
        if self.here and missing:
            yield Stuck("talks", self.task, missing, self.left)
        for what, count in (
            ("loans", self.count("loans_late")),
            ("asks", self.count("asks_late")),
            ("pushes", self.count("pushes_late")),
        ):
            if count:
                yield Stuck(what, self.task, count, (self.day - self.since[what]).days)
        if self.count("reviewing") and self.since["drafts"] < self.day:
            yield Stuck("drafts", self.task, self.count("reviewing"), (self.day - self.since["drafts"]).days)
        if self.count("unsigned"):
            yield Stuck("notices", self.task, self.count("unsigned"), (self.day - self.since["notices"]).days)
        if self.task.left_on is not None and self.count("held"):
            yield Stuck("held", self.task, self.count("held"), (self.day - self.task.left_on).days)


def board_tasks(round: Round, actor: Actor) -> list[Task]:
    """Tasks of the round whose numbers this person sees; never those of an organisation they belong to. Two
    queries."""
    rows = round.tasks.select_related("org", "framework", "given__team")
    if not any(actor.may(code) for code in ABOVE):
        rows = rows.filter(
            pk__in=tasks_of(actor).values("pk"), given__team__members__person_id=actor.person_id
        )
    own = _orgs_of(actor)
    return [
        task for task in rows.distinct().order_by("from_day", "org__order", "id") if task.org_id not in own
    ]


def board_of(tasks: list[Task], day: date) -> list[BoardRow]:
    """Ten queries; the rows keep the order of the tasks."""
    rows = {task.pk: BoardRow(task, day) for task in tasks}
    for query in _queries(list(rows), day):
        for said in query:
            row = rows[said.pop("task")]
            for name, value in said.items():
                if name.endswith("_since"):
                    if value is not None:
                        row.since[name.removesuffix("_since")] = (
                            value if type(value) is date else local_day(value)
                        )
                else:
                    row.said[name] = value or 0
    return list(rows.values())


def sum_of(rows: list[BoardRow], name: str) -> int:
    return sum(row.count(name) for row in rows)


def _queries(ids: list[int], day: date) -> Iterable[QuerySet]:
    def of(model, **annotated) -> QuerySet:
        return model.objects.filter(task__in=ids).values("task").order_by("task").annotate(**annotated)

    def count(**where) -> Count:
        return Count("pk", filter=Q(**where))

    late = {"state": states.ASKED, "due_on__lt": day}
    yield of(Talk, talks=Count("pk"))
    yield of(Interviewee, wanted=Count("pk"), covered=Count("pk", filter=~Q(talk=None) | ~Q(excused_at=None)))
    yield of(
        Draft, drafts=count(edition=1), writing=count(state=states.WRITTEN), signed=count(state=states.SIGNED),
        reviewing=count(state__in=_REVIEWING),
        drafts_since=Min(Coalesce("reviewed_at", "written_at"), filter=Q(state__in=_REVIEWING)),
    )  # fmt: skip
    yield of(
        Complaint, complaints=Count("pk"), complaints_new=count(state=states.REGISTERED),
        complaints_closed=count(state=states.CLOSED),
    )  # fmt: skip
    yield of(Clue, clues=Count("pk", filter=~Q(state=states.DROPPED)))
    yield of(
        Loan, copies=Sum("copies"), held=count(state=states.HELD), loans_late=count(**late),
        loans_open=count(state__in=(states.ASKED, states.ANSWERED)), loans_since=Min("due_on", filter=Q(**late)),
    )  # fmt: skip
    open_ = {"state__in": (states.ASKED, states.ANSWERED)}
    yield of(
        Ask, asks_open=count(push=False, **open_), asks_late=count(push=False, **late),
        asks_since=Min("due_on", filter=Q(push=False, **late)), pushes=count(push=True),
        pushes_open=count(push=True, **open_), pushes_late=count(push=True, **late),
        pushes_since=Min("due_on", filter=Q(push=True, **late)),
    )  # fmt: skip
    yield of(
        ImmediateNotice, notices=count(state__in=(states.ISSUED, states.SIGNED)),
        unsigned=count(state=states.ISSUED), notices_since=Min("issued_at", filter=Q(state=states.ISSUED)),
    )  # fmt: skip
    yield _items(ids)
    yield of(Visit, visits=Count("pk"))
    yield of(Outreach, outreaches=Count("pk"), audience=Sum("audience"))


def _items(ids: list[int]) -> QuerySet:
    sent = NoticeItem.objects.filter(notice__task__in=ids, problem__isnull=False).values(
        task=F("notice__task")
    )
    return sent.order_by("task").annotate(asked=Count("pk"), verified=Count("verified_at"))


def _orgs_of(actor: Actor) -> set[int]:
    """Organisations that cover the unit this person works in."""
    return set(PartyLink.objects.filter(unit__in=actor.home_ids).values_list("party_org_id", flat=True))
