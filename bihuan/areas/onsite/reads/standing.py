"""As what somebody stands towards a task: asked once a page, kept in a value."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from bihuan.areas.inspection import states as rounds
from bihuan.areas.inspection.models import Member, Task, TeamTask
from bihuan.areas.inspection.querysets import still_authorised
from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.onsite.models import Consent, Handed
from bihuan.kernel.actor import Actor
from bihuan.org.models import PartyLink

_BY_GRANT = {
    states.PLAN: Hat.OFFICE,
    states.REGISTER: Hat.REGISTRAR,
    states.DECIDE: Hat.LEADING,
    states.HEAD: Hat.HEAD,
    states.DISCIPLINE: Hat.DISCIPLINE,
    states.PERSONNEL: Hat.PERSONNEL,
    states.DEPARTMENT: Hat.DEPARTMENT,
}
BODY_HATS = {"discipline": Hat.DISCIPLINE, "personnel": Hat.PERSONNEL}


def is_over(task: Task) -> bool:
    """The round was archived: the authority of its teams has ended."""
    return task.round.state == rounds.ARCHIVED


def memberships(task: Task, person_id: int) -> list[Member]:
    """Every time this person was authorised in the task's team: now, before, or until they were replaced."""
    team = TeamTask.objects.filter(task=task).values("team")
    found = Member.objects.filter(team__in=team, person_id=person_id, authorised_at__isnull=False)
    return list(found.order_by("-pk"))


def _standing_member(task: Task, found: list[Member], day: date) -> Member | None:
    """Within the term of the authority, until the round is archived."""
    if is_over(task):
        return None
    holds = (one for one in found if one.removed_at is None)
    return next((one for one in holds if one.authorised_until is None or one.authorised_until >= day), None)


def belongs_to_inspected(task: Task, actor: Actor) -> bool:
    """The unit they work in, whatever hat they wear, lies within one that the organisation covers."""
    return PartyLink.objects.filter(party_org_id=task.org_id, unit__in=actor.home_ids).exists()


def standing_of(task: Task, actor: Actor, day: date) -> Standing:
    """`task` comes with its round. The inspected have that hat alone, whatever they were granted."""
    if not actor.is_person or actor.person_id is None:
        return Standing(task.pk, 0)
    if belongs_to_inspected(task, actor):
        return Standing(task.pk, actor.person_id, frozenset({Hat.INSPECTED}))
    hats = {hat for permission, hat in _BY_GRANT.items() if actor.may(permission)}
    of_team = memberships(task, actor.person_id)
    member = _standing_member(task, of_team, day)
    if member is not None:
        hats.add(Hat.LEADER if member.part == "leader" else Hat.MEMBER)
    consents = Consent.objects.filter(
        task=task, asked_by_id=actor.person_id, granted_at__isnull=False, until__gte=day
    )
    bodies = [body for body, hat in BODY_HATS.items() if hat in hats]
    handed = Handed.objects.filter(task=task, body__in=bodies)
    return Standing(
        task.pk,
        actor.person_id,
        frozenset(hats),
        is_over(task),
        frozenset(consents.values_list("thing", flat=True)),
        frozenset(handed.values_list("thing", flat=True)) if bodies else frozenset(),
        was_team=bool(of_team),
    )


def in_team(actor: Actor, *parts: str, task: str = "pk") -> Exists:
    """`task` names the row's way to its task: this person themselves is an authorised member of its team who was not
    replaced, within the term of the authority, with one of these parts if any are given. Not asked of the whole team: a
    colleague's authority is not theirs. The archive is for the caller to ask."""
    own = _ever(actor, task).filter(still_authorised(actor), removed_at=None)
    return Exists(own.filter(part__in=parts) if parts else own)


def was_in_team(actor: Actor, *, task: str = "pk") -> Exists:
    """As `Standing.was_team`: now, before, or until they were replaced."""
    return Exists(_ever(actor, task))


def _ever(actor: Actor, task: str) -> QuerySet[Member]:
    return Member.objects.filter(
        team__given__task=OuterRef(task), person_id=actor.person_id or 0, authorised_at__isnull=False
    )


def tasks_of(actor: Actor) -> QuerySet[Task]:
    """Tasks on whose pages this person has something to see: those of their teams, and for who stands above all that a
    team has entered. Nothing for the inspected is decided here: see `standing_of`."""
    entered = Task.objects.entered()
    if any(
        actor.may(permission) for permission in (states.PLAN, states.DECIDE, states.HEAD, states.REGISTER)
    ):
        return entered
    found = Q(in_team(actor)) & ~Q(round__state=rounds.ARCHIVED)
    bodies = [body for body, permission in BODY_GRANTS if actor.may(permission)]
    if bodies:
        found |= Q(Exists(Handed.objects.filter(task=OuterRef("pk"), body__in=bodies)))
    return entered.filter(found)


BODY_GRANTS = (("discipline", states.DISCIPLINE), ("personnel", states.PERSONNEL))
