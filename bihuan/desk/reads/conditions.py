"""Which open problems wait for this person, and for which verb: the rules of the loop as conditions.

They follow `problems.policies` (a button the policy would refuse is not offered as a to-do), but set-based,
so that a desk costs the same for ten problems as for ten thousand.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from bihuan.kernel.actor import Actor
from bihuan.org.models import Unit
from bihuan.problems import querysets, states
from bihuan.problems.models import Extension, Measure, Part, Plan, Problem, Submission, Transfer, Voiding
from bihuan.problems.querysets import NOTHING


def within(actor: Actor, code: str) -> Q:
    return querysets.within(actor.reaches_for(code))


def supervised(actor: Actor) -> Q:
    """Of this person's department, or of none: a problem has one supervising department, not ten."""
    own = [int(part) for part in actor.unit_path.strip("/").split("/") if part]
    return Q(supervisor=None) | Q(supervisor__in=own)


#: answers to somebody's request: every other verb holds in one state only
PENDING = ("void", "decide_transfer", "decide_extension")


def conditions(actor: Actor) -> list[tuple[str, Q]]:
    """(verb, condition) in the order in which they are asked; the first that holds is the one verb."""
    me = actor.person_id
    owns = Exists(Measure.objects.filter(problem=OuterRef("pk"), owner_id=me).exclude(progress="done"))
    mine = Q(lead_id=me) | Q(owns)
    unclaimed = Q(lead=None) & within(actor, "problem.rectify")
    # what is said of the unit comes first: it is looked up in a list, a measure of one's own in a table
    of_unit = within(actor, "problem.rectify") | mine
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
        ("submit", Q(closure=states.RECTIFYING) & ready & (unclaimed | Q(lead_id=me))),
        ("report", Q(closure=states.RECTIFYING) & (unclaimed | mine)),
        ("close", _to_verify(actor)),
    ]


def candidates(actor: Actor, most: int | None = None) -> QuerySet:
    """Ids of all problems for which one of the conditions can hold: a union of stretches of indexes.

    The conditions themselves are asked only of these; asked of every open problem they would cost a page more
    than everything else on it. With `most`, no more than that of each stretch that is a condition by itself:
    who counts no further need not look further.
    """
    me, rows = actor.person_id, Problem.objects.order_by()
    asked = _asked_to_take_over(actor)
    parts = [Measure.objects.filter(owner_id=me).exclude(progress="done")]
    parts += [Voiding.objects.filter(granted=None)] if actor.may("problem.void") else []
    parts += [Extension.objects.filter(granted=None)] if actor.may("problem.extend") else []
    parts += [asked] if asked is not None else []
    waits = [
        _at_most(rows.filter(within(actor, code), where, is_open=True, closure=closure), most, closure)
        for closure, code, where in (
            (states.RAISED, "problem.assign", supervised(actor)),
            (states.ASSIGNED, "problem.rectify", Q()),
            (states.PLANNING, "problem.rectify", Q()),
            (states.PLAN_REVIEW, "problem.approve", supervised(actor)),
            (states.RECTIFYING, "problem.rectify", Q(lead=None)),
            (states.VERIFYING, "problem.verify", supervised(actor)),
            (states.VERIFYING, "problem.verify_minor", Q(grade="general")),
        )
        if actor.may(code)
    ]
    own = rows.filter(is_open=True, lead_id=me).values("pk")
    return own.union(*(part.order_by().values("problem_id") for part in parts), *waits)


#: of these states whatever waits, waits for everybody whose stretch it is in; the others ask who took part
_WHOLE = (states.RAISED, states.ASSIGNED, states.PLANNING, states.RECTIFYING)


def _at_most(stretch: QuerySet, most: int | None, closure: str) -> QuerySet:
    """Its ids, cut where that changes no count up to `most`. Neither database takes a cut part of a union."""
    if most is None or closure not in _WHOLE:
        return stretch.values("pk")
    return Problem.objects.order_by().filter(pk__in=stretch.values("pk")[:most]).values("pk")


def _pending(rows: type, answer: str, me: int | None) -> Q:
    """Asked by somebody else and not answered."""
    return Q(Exists(rows.objects.filter(**{answer: None}, problem=OuterRef("pk")).exclude(done_by_id=me)))


def _on_the_team(me: int | None) -> Q:
    parts = Part.objects.filter(problem=OuterRef("pk"), person_id=me, side="rectify")
    owns = Measure.objects.filter(problem=OuterRef("pk"), owner_id=me)
    return Q(lead_id=me) | Q(submitted_by_id=me) | Q(Exists(parts)) | Q(Exists(owns))


def _offered(actor: Actor) -> Q:
    asked = _asked_to_take_over(actor)
    if asked is None:
        return NOTHING
    return Q(Exists(asked.filter(problem=OuterRef("pk")).exclude(done_by_id=actor.person_id)))


def _asked_to_take_over(actor: Actor) -> QuerySet | None:
    reaches = actor.reaches_for("problem.rectify")
    units = Unit.objects.in_reach(reaches).values("pk")
    return Transfer.objects.filter(accepted=None, to_unit__in=units) if reaches else None


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
