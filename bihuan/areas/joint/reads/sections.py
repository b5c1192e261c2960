"""部门页: what one department was asked and given, whom it lent, what it owns and handles. Each section is one function
of (reader, unit, moment); another thing a department is asked is another function in SECTIONS."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bihuan.kernel.actor import Actor
from bihuan.org.models import Unit

from .asked import asks, briefings, clues, plan_reviews
from .given import crossing, joint_parts, lent, owned
from .section import Section

#: in the order of the page; None where there can be nothing of it for this department
SECTIONS: tuple[Callable[[Actor, Unit, datetime], Section | None], ...] = (
    briefings,
    asks,
    clues,
    plan_reviews,
    joint_parts,
    lent,
    owned,
    crossing,
)


def sections_of(actor: Actor, unit: Unit, at: datetime) -> list[Section]:
    """The page, in its order. The caller has checked that this person stands for the unit."""
    found = (section(actor, unit, at) for section in SECTIONS)
    return [section for section in found if section is not None]
