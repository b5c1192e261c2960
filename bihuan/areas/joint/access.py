"""In whose name somebody acts here: the bodies a person stands for. Under a hat it is the body of that hat."""

from __future__ import annotations

from bihuan.kernel.actor import Actor

from . import states

#: depth of the group itself: a right over the whole house makes nobody every department of it
_ROOT = 2


def stands_for(actor: Actor) -> set[int]:
    """Ids of units: the own one where a right of a body covers it, and those the right was given over by name."""
    if not actor.is_person:
        return set()
    own = any(actor.may_in(code, actor.unit_path) for code in states.BODIES) if actor.unit_path else False
    given = {r.unit_id for r in actor.reaches_for(states.DEPARTMENT) if r.unit_path.count("/") > _ROOT}
    return given | (
        {actor.unit_id} if own and actor.unit_id and actor.unit_path.count("/") > _ROOT else set()
    )


def sees_all(actor: Actor) -> bool:
    """The office, the leaders and the two bodies that supervise with it: that there is a joint task, and its plan."""
    return actor.is_system or actor.may(states.VIEW)
