"""The words of preparation: which briefings, consultations, secondments and appraisals, and whose they are."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, QuerySet

from bihuan.areas.inspection import states
from bihuan.kernel.actor import Actor, Reach
from bihuan.org.models import Unit


def ids_above(path: str) -> list[int]:
    """Ids of the units on this path, from the group down to the unit itself."""
    return [int(part) for part in path.strip("/").split("/") if part]


def covered_by(reaches: tuple[Reach, ...]) -> Q:
    """Departments that any of these grants covers."""
    found = Q(pk__in=())
    for reach in reaches:
        found |= Q(unit__path__startswith=reach.unit_path) if reach.subtree else Q(unit_id=reach.unit_id)
    return found


def headed_by(actor: Actor) -> QuerySet[Unit]:
    """Units where this person holds the leading post. The head of the whole group heads no unit that lends."""
    held = Unit.objects.filter(
        posts__leads=True, posts__holdings__person_id=actor.person_id or 0, posts__holdings__to_day=None,
        posts__holdings__confirmed_at__isnull=False,
    )  # fmt: skip
    return held.exclude(kind=Unit.Kind.GROUP).values("pk")


def lent_from(home: str, actor: Actor) -> Q:
    """`home` names the way to the unit that lent: one this person heads, or one up to two levels below it."""
    units = headed_by(actor)
    return (
        Q(**{f"{home}__in": units})
        | Q(**{f"{home}__parent__in": units})
        | Q(**{f"{home}__parent__parent__in": units})
    )


def still_authorised(actor: Actor, member: str = "") -> Q:
    """`member` names the way to a member ("" for the member itself): the term of the authority has not ended by the day
    this actor acts on. Without a day only an authority without a term counts."""
    until = f"{member}__authorised_until" if member else "authorised_until"
    open_ended = Q(**{until: None})
    return open_ended | Q(**{f"{until}__gte": actor.day}) if actor.day else open_ended


def member_of(actor: Actor, task: str) -> Q:
    """`task` names the way to a task: its team counts this person among its authorised members, and the round is
    alive. Before the authorisation nobody is of a team; once its term has ended, or the round is over on site, it is
    dissolved."""
    team = f"{task}__given__team__members"
    return still_authorised(actor, team) & Q(
        **{
            f"{team}__person_id": actor.person_id or 0,
            f"{team}__removed_at": None,
            f"{team}__authorised_at__isnull": False,
            f"{task}__round__state__in": states.ALIVE,
        }
    )


class BriefingQuery(models.QuerySet):
    """What departments are asked: each sees its own alone; the office and the team of the task all of the task."""

    def visible_to(self, actor: Actor) -> BriefingQuery:
        if actor.is_system or actor.may(states.PLAN):
            return self
        mine = self.asked_of(actor).values("pk")
        return self.filter(Q(pk__in=mine) | Q(pk__in=self.for_team_of(actor).values("pk")))

    def asked_of(self, actor: Actor) -> BriefingQuery:
        """For who answers: a person whose right covers the department, or who sits in it with a right of discipline
        or personnel. Never somebody of the organisation that is to be inspected."""
        covered = covered_by(actor.reaches_for(states.DEPARTMENT))
        if any(actor.reaches_for(code) for code in (states.DISCIPLINE, states.PERSONNEL)):
            covered |= Q(unit_id__in=ids_above(actor.unit_path))
        inspected = Q(task__org__links__unit_id__in=actor.home_ids[1:])
        own = self.model._default_manager.filter(inspected).values("pk")
        return self.filter(covered).exclude(pk__in=own).exclude(task__round__state=states.CANCELLED)

    def for_team_of(self, actor: Actor) -> BriefingQuery:
        return self.filter(member_of(actor, "task"))

    def owed(self) -> BriefingQuery:
        """Still to be answered, as long as it can be of use."""
        return self.filter(state__in=states.OWED, task__round__state__in=states.ALIVE)

    def in_state(self, codes: tuple[str, ...]) -> BriefingQuery:
        return self.filter(state__in=codes)

    def to_read(self) -> BriefingQuery:
        """Answered, and nobody of the office has opened it."""
        return self.filter(state=states.ANSWERED, answers__returned_at=None, answers__seen_at=None)


class ConsultationQuery(models.QuerySet):
    """What was agreed is for the office and the team: a department that sat in it has told only its own part."""

    def visible_to(self, actor: Actor) -> ConsultationQuery:
        return self if actor.is_system or actor.may(states.PLAN) else self.for_team_of(actor)

    def for_team_of(self, actor: Actor) -> ConsultationQuery:
        here = still_authorised(actor, "round__members") & Q(
            round__members__person_id=actor.person_id or 0, round__members__removed_at=None,
            round__members__authorised_at__isnull=False, round__state__in=states.ALIVE, task=None,
        )  # fmt: skip
        return self.filter(
            Q(pk__in=self.filter(here).values("pk"))
            | Q(pk__in=self.filter(member_of(actor, "task")).values("pk"))
        )


def lends(actor: Actor) -> bool:
    """Secondments are arranged by the office and the personnel department."""
    return actor.is_system or actor.may(states.PLAN) or actor.may(states.PERSONNEL)


class SecondmentQuery(models.QuerySet):
    """Who was lent: for who arranges it, for the person, and for the head of the unit that lent them."""

    def visible_to(self, actor: Actor) -> SecondmentQuery:
        if lends(actor):
            return self
        own = Q(person_id=actor.person_id or 0) | Q(pk__in=self.lent_by(actor).values("pk"))
        return self.filter(own | Q(pk__in=self.led_by(actor).values("pk")))

    def lent_by(self, actor: Actor) -> SecondmentQuery:
        """By the units this person heads: a post that leads, held now."""
        return self.filter(lent_from("home", actor))

    def led_by(self, actor: Actor) -> SecondmentQuery:
        """Of members of a team this person leads: whom they may appraise."""
        leader = "round__members__team__members"
        return self.filter(
            **{
                "round__members__person_id": F("person_id"),
                "round__members__removed_at": None,
                f"{leader}__part": "leader",
                f"{leader}__person_id": actor.person_id or 0,
                f"{leader}__removed_at": None,
                f"{leader}__authorised_at__isnull": False,
            }
        )

    def standing(self) -> SecondmentQuery:
        """Not back yet."""
        return self.filter(returned_on=None)

    def to_appraise(self, actor: Actor) -> SecondmentQuery:
        """Back from the round, led by this person, and nothing written yet."""
        rows = self.led_by(actor).exclude(person_id=actor.person_id or 0)
        return rows.filter(Q(returned_on__isnull=False) | Q(round__state__in=states.OVER), appraisal=None)


class AppraisalQuery(models.QuerySet):
    """鉴定: for who arranges secondments and the leader of the team; once sent, for the person and the head of the
    home unit."""

    def visible_to(self, actor: Actor) -> AppraisalQuery:
        if lends(actor):  # one's own, like everybody's, once it was sent
            return self.exclude(person_id=actor.person_id or 0, sent_at=None)
        sent = self.sent().filter(Q(person_id=actor.person_id or 0) | lent_from("secondment__home", actor))
        led = self.model.secondment.field.related_model._default_manager.led_by(actor)
        drafts = Q(secondment__in=led.values("pk")) & ~Q(person_id=actor.person_id or 0)
        return self.filter(Q(pk__in=sent.values("pk")) | drafts)

    def sent(self) -> AppraisalQuery:
        return self.filter(sent_at__isnull=False)

    def to_receive(self, actor: Actor) -> AppraisalQuery:
        """Sent to a unit this person heads, and not opened there yet."""
        return self.sent().filter(lent_from("secondment__home", actor), received_at=None)
