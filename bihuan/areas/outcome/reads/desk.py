"""What stands on a desk because of reports and feedback: for each hand in the chain, and for the inspected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from bihuan.areas.inspection import states as rounds
from bihuan.areas.inspection.models import Finding, Task
from bihuan.areas.onsite import states as onsite
from bihuan.areas.onsite.models import Draft
from bihuan.areas.onsite.reads import in_team, was_in_team
from bihuan.areas.outcome import states, words
from bihuan.areas.outcome.models import Feedback, Report
from bihuan.kernel.actor import Actor
from bihuan.registry.lines import DeskLine

from .desk_after import after_lines, after_rows
from .desk_ends import end_lines, end_rows
from .desk_sharing import sharing_lines, sharing_rows
from .mine import feedbacks_of
from .standing import orgs_over


def _to_write(actor: Actor) -> QuerySet[Task]:
    """Of every member of the team: tasks they have left, with signed drafts, whose report nobody has begun."""
    signed = Draft.objects.filter(task=OuterRef("pk"), state=onsite.SIGNED)
    begun = Report.objects.filter(task=OuterRef("pk"), kind="task")
    over = Task.objects.entered().filter(left_on__isnull=False, round__state__in=_GOING)
    return over.filter(in_team(actor, task="pk"), Exists(signed)).exclude(Exists(begun))


_GOING = (rounds.ONSITE, rounds.REPORTING)


def _drafting(actor: Actor) -> QuerySet[Report]:
    """Every member's of the team: the room is not in their navigation, and a report that was sent back is theirs."""
    going = Report.objects.filter(task__round__state__in=_GOING, state=states.DRAFTING)
    return going.filter(in_team(actor, task="task_id"))


def _reports(actor: Actor) -> QuerySet[Report]:
    """Those whose next step is this person's."""
    going = Report.objects.filter(task__round__state__in=_GOING)
    mine = Q(in_team(actor, "leader", task="task_id"), state=states.TEAM)
    turns = Q(pk__in=())
    if actor.may(states.PLAN):
        turns |= Q(state__in=(states.OFFICE, states.APPROVED))
    if actor.may(states.DECIDE):
        turns |= Q(state=states.LEADING)
        turns |= Q(state=states.COMMITTEE) & ~Q(made_by=actor.person_id) & ~Q(handed_in_by=actor.person_id)
    own = was_in_team(actor, task="task_id")
    return going.filter(mine | (turns & ~Q(own) & ~Q(task__org__in=orgs_over(actor))))


def _to_compose(actor: Actor) -> QuerySet[Report]:
    """The office's: decided reports without a feedback."""
    if not actor.may(states.PLAN):
        return Report.objects.none()
    made = Feedback.objects.filter(task=OuterRef("task"))
    rows = Report.objects.filter(kind="task", state=states.ISSUED, task__round__state__in=_GOING)
    return rows.exclude(Exists(made)).exclude(task__org__in=orgs_over(actor))


def _to_give(actor: Actor) -> QuerySet[Feedback]:
    """The office's: feedback that is not given out yet, or signed for and not yet handed out. Where problems of the task
    came in another way, by a ledger, nobody is reminded."""
    if not actor.may(states.PLAN):
        return Feedback.objects.none()
    known = Exists(Finding.objects.filter(task=OuterRef("task")))
    waiting = Q(issued_at=None) | (Q(received_on__isnull=False, raised_at=None) & ~known)
    rows = Feedback.objects.filter(waiting, task__round__state__in=_GOING)
    return rows.exclude(was_in_team(actor, task="task_id")).exclude(task__org__in=orgs_over(actor))


def _to_sign(actor: Actor) -> QuerySet[Feedback]:
    """The inspected's: given out and not signed for."""
    return feedbacks_of(actor).filter(received_on=None)


def desk_rows(actor: Actor) -> list[QuerySet]:
    return [
        _to_write(actor), _drafting(actor), _reports(actor), _to_compose(actor), _to_give(actor), _to_sign(actor),
        *after_rows(actor), *end_rows(actor), *sharing_rows(actor),
    ]  # fmt: skip


def desk_lines(actor: Actor, at: datetime) -> Iterator[DeskLine]:
    """Names of organisations and states; never a word of what is closed."""
    for task in _to_write(actor).select_related("org").order_by("left_on", "pk"):
        yield DeskLine(words.DRAFT_IT, words.report_of(str(task)), reverse("outcome:task", args=[task.pk]))
    for report in _drafting(actor).defer("sealed").select_related("task__org").order_by("pk"):
        text = words.waits(str(report.task), str(report), report.get_state_display())
        yield DeskLine(words.DRAFT_IT, text, reverse("outcome:report", args=[report.pk]))
    now = dict(states.REPORT_STATES)
    for report in _reports(actor).defer("sealed").select_related("task__org").order_by("pk"):
        step = words.TO_ISSUE if report.state == states.APPROVED else now[report.state]
        text = words.waits(str(report.task), str(report), step)
        yield DeskLine(words.HANDLE, text, reverse("outcome:report", args=[report.pk]))
    for report in _to_compose(actor).defer("sealed").select_related("task__org").order_by("pk"):
        text = words.waits(str(report.task), str(report), words.TO_COMPOSE)
        yield DeskLine(words.HANDLE, text, reverse("outcome:feedback-new", args=[report.pk]))
    for feedback in _to_give(actor).defer("sealed").select_related("task__org").order_by("pk"):
        what = words.TO_RAISE if feedback.received_on else words.TO_GIVE
        text = words.waits(str(feedback.task), str(feedback), what)
        yield DeskLine(words.HANDLE, text, reverse("outcome:feedback", args=[feedback.pk]))
    for feedback in _to_sign(actor).defer("sealed").order_by("pk"):
        yield DeskLine(words.SIGN, words.TO_SIGN, reverse("outcome:receipt", args=[feedback.pk]))
    yield from sharing_lines(actor, at)
    yield from after_lines(actor)
    yield from end_lines(actor)
