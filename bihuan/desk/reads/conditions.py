"""Which open problems wait for this person, and for which verb: the rules of the loop as conditions.

They follow `problems.policies` (a button the policy would refuse is not offered as a to-do), but set-based,
so that a desk costs the same for ten problems as for ten thousand.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from bihuan.kernel.actor import Actor
from bihuan.org.models import Unit
from bihuan.problems import states
from bihuan.problems.models import Extension, Measure, Part, Plan, Submission, Transfer, Voiding

NOTHING = Q(pk__in=())


def units_for(actor: Actor, *codes: str) -> QuerySet | None:
    """Ids of the units this person's grants cover with any of these permissions; None without any."""
    reaches = tuple(reach for code in codes for reach in actor.reaches_for(code))
    return Unit.objects.in_reach(reaches).values("pk") if reaches else None


def within(actor: Actor, *codes: str) -> Q:
    units = units_for(actor, *codes)
    return NOTHING if units is None else Q(unit__in=units)


def supervised(actor: Actor) -> Q:
    """Of this person's department, or of none: a problem has one supervising department, not ten."""
    own = [int(part) for part in actor.unit_path.strip("/").split("/") if part]
    return Q(supervisor=None) | Q(supervisor__in=own)


def conditions(actor: Actor) -> list[tuple[str, Q]]:
    """(verb, condition) in the order in which they are asked; the first that holds is the one verb."""
    me = actor.person_id
    owns = Exists(Measure.objects.filter(problem=OuterRef("pk"), owner_id=me).exclude(progress="done"))
    mine = Q(lead_id=me) | Q(owns)
    unclaimed = Q(lead=None) & within(actor, "problem.rectify")
    of_unit = mine | within(actor, "problem.rectify")
    other = ~_on_the_team(me) & ~within(actor, "problem.rectify")
    ready = Q(progress="done") | Q(needs_plan=False)
    return [
        ("void", _pending(Voiding, "granted", me) & within(actor, "problem.void") & other),
        ("decide_transfer", _offered(actor)),
        ("decide_extension", _pending(Extension, "granted", me) & within(actor, "problem.extend") & other),
        ("assign", Q(closure=states.RAISED) & within(actor, "problem.assign") & supervised(actor)),
        ("accept", Q(closure=states.ASSIGNED) & of_unit),
        ("plan", Q(closure=states.PLANNING) & of_unit),
        ("approve", _to_approve(actor)),
        ("submit", Q(closure=states.RECTIFYING) & ready & (Q(lead_id=me) | unclaimed)),
        ("report", Q(closure=states.RECTIFYING) & (mine | unclaimed)),
        ("close", _to_verify(actor)),
    ]


def _pending(rows: type, answer: str, me: int | None) -> Q:
    """Asked by somebody else and not answered."""
    return Q(Exists(rows.objects.filter(**{answer: None}, problem=OuterRef("pk")).exclude(done_by_id=me)))


def _on_the_team(me: int | None) -> Q:
    parts = Part.objects.filter(problem=OuterRef("pk"), person_id=me, side="rectify")
    owns = Measure.objects.filter(problem=OuterRef("pk"), owner_id=me)
    return Q(lead_id=me) | Q(submitted_by_id=me) | Q(Exists(parts)) | Q(Exists(owns))


def _offered(actor: Actor) -> Q:
    units = units_for(actor, "problem.rectify")
    if units is None:
        return NOTHING
    asked = Transfer.objects.filter(problem=OuterRef("pk"), accepted=None, to_unit__in=units)
    return Q(Exists(asked.exclude(done_by_id=actor.person_id)))


def _to_approve(actor: Actor) -> Q:
    own = Plan.objects.filter(problem=OuterRef("pk"), verdict="", done_by_id=actor.person_id)
    may = within(actor, "problem.approve") & supervised(actor)
    return Q(closure=states.PLAN_REVIEW) & may & ~_on_the_team(actor.person_id) & ~Q(Exists(own))


def _to_verify(actor: Actor) -> Q:
    """A major hazard is never verified by who answers for its unit; small things also by the unit's own eyes."""
    full = (
        within(actor, "problem.verify")
        & supervised(actor)
        & ~(Q(grade="major") & within(actor, "problem.rectify"))
    )
    spot = Submission.objects.filter(problem=OuterRef("pk"), round=OuterRef("round"), on_the_spot=True)
    small = within(actor, "problem.verify_minor") & Q(grade="general") & Q(Exists(spot))
    return Q(closure=states.VERIFYING) & (full | small) & ~_on_the_team(actor.person_id)
