"""What stands on a desk because a team is on site: what somebody was asked for, and what came back to the team. One
query; numbers and days, nothing of what they say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse

from bihuan.areas.inspection import states as rounds
from bihuan.areas.inspection.models import Liaison
from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.models import Ask, ImmediateNotice, Loan, Midterm, NoticeItem
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import CHINA
from bihuan.registry.lines import DeskLine

from .addressed import asks_to, loans_to, notices_to
from .standing import in_team

#: where each line leads, and whether it is the team's own (then it names the organisation)
_PAGES = {
    "loan": ("onsite:inbox-document", False),
    "ask": ("onsite:inbox-ask", False),
    "sign": ("onsite:inbox-notice", False),
    "settle": ("onsite:ask", True),
    "receive": ("onsite:document", True),
    "return": ("onsite:document", True),
    "issue": ("onsite:immediate", True),
    "verify": ("onsite:immediate", True),
    "submit": ("onsite:midterm", True),
    "hear": ("onsite:midterm", True),
}


class _Line(NamedTuple):
    what: str
    pk: int
    number: int
    kind: str
    due: date | None
    org: str


def work_rows(actor: Actor) -> list[QuerySet]:
    return [rows for _, rows in _waiting(actor)]


def work_lines(actor: Actor) -> Iterator[DeskLine]:
    """One query over all of them."""
    parts = [_lines(what, rows) for what, rows in _waiting(actor)]
    if not parts:
        return
    for line in sorted((_Line(*row) for row in parts[0].union(*parts[1:], all=True)), key=_by_due):
        page, own = _PAGES[line.what]
        text = words.desk_text(line.what, line.kind, line.number, line.org if own else "")
        yield DeskLine(words.DESK[line.what], text, reverse(page, args=[line.pk]), line.due)


def _by_due(line: _Line) -> tuple[date, str, int]:
    return line.due or date.max, line.what, line.pk


def _waiting(actor: Actor) -> list[tuple[str, QuerySet]]:
    """(what, rows) for which something is to be done by this person; of rounds that are not archived."""
    if not actor.is_person or actor.person_id is None:
        return []
    me = actor.person_id
    own, led = in_team(actor, task="task_id"), in_team(actor, "leader", task="task_id")
    ours = Liaison.objects.filter(side="office")
    heard = Q(task__in=ours.filter(person_id=me).values("task"))
    if actor.may(states.PLAN):  # where nobody of the office was named for a task, it is the whole office's
        heard |= ~Exists(ours.filter(task=OuterRef("task_id")))
    found: list[tuple[str, QuerySet]] = [
        ("loan", loans_to(actor).filter(state=states.ASKED)),
        ("ask", asks_to(actor).filter(state=states.ASKED).exclude(asked_by_id=me)),
        ("sign", notices_to(actor).filter(state=states.ISSUED)),
        ("settle", Ask.objects.filter(own, asked_by_id=me, state=states.ANSWERED)),
        ("receive", Loan.objects.filter(own, asked_by_id=me, state=states.ANSWERED)),
        (
            "return",
            Loan.objects.filter(own, received_by_id=me, state=states.HELD, task__left_on__isnull=False),
        ),
        ("issue", ImmediateNotice.objects.filter(led, state=states.WRITTEN)),
        ("submit", Midterm.objects.filter(led, state=states.WRITTEN)),
        ("hear", Midterm.objects.filter(heard, state=states.SUBMITTED)),
    ]
    verify = NoticeItem.objects.to_verify().filter(notice__issued_by_id=me)
    found.append(("verify", ImmediateNotice.objects.filter(own, pk__in=verify.values("notice"))))
    return [(what, rows.exclude(task__round__state=rounds.ARCHIVED)) for what, rows in found]


def _lines(what: str, rows: QuerySet) -> QuerySet:
    """The same columns of each kind, for one union."""
    since = {"submit": "written_at", "hear": "submitted_at"}.get(what)
    due = TruncDate(since, tzinfo=CHINA) if since else F("due_on")
    kind = F("kind") if rows.model is Ask else Value("")
    return rows.order_by().values_list(
        Value(what, CharField()), "pk", "number", Cast(kind, CharField()), Cast(due, DateField()),
        "task__org__name",
    )  # fmt: skip
