"""What stands on a desk because of plans and rounds: what the leaders have to decide, what the office does next, and a
team that gets ready. Whoever drew something up does not decide it: the policies say so, and so do these."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse

from bihuan.areas.inspection import states, words
from bihuan.areas.inspection.models import (
    Member,
    RecusalCase,
    Round,
    ScopeOrg,
    Task,
    Team,
    TeamTask,
    Term,
    YearPlan,
)
from bihuan.kernel.actor import Actor
from bihuan.registry.lines import DeskLine

_TO_COME, _THERE = Q(tasks__entered_on=None), Q(tasks__entered_on__isnull=False, tasks__left_on=None)


def _decides(actor: Actor) -> bool:
    return actor.is_person and actor.may(states.DECIDE)


def _terms(actor: Actor) -> QuerySet[Term]:
    if not _decides(actor):
        return Term.objects.none()
    listed = Exists(ScopeOrg.objects.filter(term=OuterRef("pk")))
    return Term.objects.filter(listed, approved_at=None).exclude(made_by_id=actor.person_id)


def _years(actor: Actor) -> QuerySet[YearPlan]:
    """To be reviewed once a round has its tasks; to be approved where the term was."""
    if not _decides(actor):
        return YearPlan.objects.none()
    filled = Exists(Task.objects.standing().filter(round__plan=OuterRef("pk")))
    waits = Q(filled, state=states.DRAFT) | Q(state=states.REVIEWED, term__approved_at__isnull=False)
    return YearPlan.objects.filter(waits).exclude(made_by_id=actor.person_id)


def _rounds(actor: Actor) -> QuerySet[Round]:
    if not _decides(actor):
        return Round.objects.none()
    filled = Exists(Task.objects.filter(round=OuterRef("pk")))
    rows = Round.objects.filter(filled, state=states.DRAFT, plan__state=states.APPROVED)
    return rows.exclude(made_by_id=actor.person_id)


def _teams(actor: Actor) -> QuerySet[Team]:
    """Those that can be authorised now, as `policies.may_authorise` says of one."""
    if not _decides(actor):
        return Team.objects.none()
    standing = Member.objects.standing().filter(team=OuterRef("pk"))
    tied = RecusalCase.objects.blocking().filter(member__team=OuterRef("pk"))
    rows = Team.objects.filter(
        Exists(standing.filter(part="leader")), Exists(standing.exclude(part="leader")),
        Exists(standing.filter(authorised_at=None)), round__state__in=(states.DRAFT, *states.ALIVE),
    )  # fmt: skip
    not_yet = Exists(standing.filter(declared_at=None)) | Exists(tied)
    not_mine = Exists(standing.filter(person_id=actor.person_id))
    return rows.exclude(not_yet | not_mine).exclude(made_by_id=actor.person_id)


def _going(actor: Actor) -> QuerySet[Round]:
    """The office's, one line a round: tasks to be listed, then the entry, then the leaving."""
    if not (actor.is_person and actor.may(states.PLAN)):
        return Round.objects.none()
    empty = Q(state=states.DRAFT) & ~Exists(Task.objects.filter(round=OuterRef("pk")))
    return Round.objects.filter(empty | Q(state__in=states.ALIVE))


def _own(actor: Actor) -> QuerySet[Member]:
    """Authorised, and their team has still to enter: there is something to read and to prepare."""
    if not actor.is_person:
        return Member.objects.none()
    to_enter = Exists(TeamTask.objects.filter(team=OuterRef("team"), task__entered_on=None))
    rows = Member.objects.standing().filter(person_id=actor.person_id, round__state__in=states.ALIVE)
    return rows.filter(to_enter, authorised_at__isnull=False, pledged_at__isnull=False)


def plan_rows(actor: Actor) -> list[QuerySet]:
    return [_terms(actor), _years(actor), _rounds(actor), _teams(actor), _going(actor), _own(actor)]


def plan_lines(actor: Actor) -> Iterator[DeskLine]:
    """A query each, and none for who has no part in it."""
    home = reverse("inspection:home")
    for term in _terms(actor).order_by("pk"):
        yield DeskLine(words.APPROVE, words.drawn_up(term.title), home)
    for plan in _years(actor).order_by("year"):
        label = words.REVIEW if plan.state == states.DRAFT else words.APPROVE
        yield DeskLine(label, words.stands_at(str(plan), plan.get_state_display()), home)
    for round in _rounds(actor).order_by("starts_on", "pk"):
        yield DeskLine(words.APPROVE, words.drawn_up(round.name), _page(round), round.starts_on)
    for team in _teams(actor).select_related("round").order_by("pk"):
        text = words.ready_team(str(team.round), str(team))
        yield DeskLine(
            words.AUTHORISE, text, f"{_page(team.round)}?team={team.number}#teams", team.round.starts_on
        )
    first = {
        "to_enter": Min("tasks__from_day", filter=_TO_COME),
        "to_leave": Min("tasks__to_day", filter=_THERE),
    }
    for round in _going(actor).annotate(**first).order_by("starts_on", "pk"):
        yield _next(round, round.to_enter, round.to_leave)
    for member in _own(actor).select_related("round", "team").order_by("pk"):
        text = words.to_prepare(str(member.round), str(member.team))
        yield DeskLine(words.OPEN, text, reverse("inspection:mine"), member.round.starts_on)


def _next(round: Round, to_enter: date | None, to_leave: date | None) -> DeskLine:
    """Until all have entered, the entry is what is next; then the leaving."""
    if round.state == states.DRAFT:
        return DeskLine(words.LIST_TASKS, words.no_tasks(round.name), _page(round), round.starts_on)
    if to_enter is not None:
        return DeskLine(words.PREPARE, words.to_enter(round.name), _page(round), to_enter)
    return DeskLine(words.OPEN, words.to_leave(round.name), _page(round), to_leave)


def _page(round: Round) -> str:
    return reverse("inspection:round", args=[round.code])
