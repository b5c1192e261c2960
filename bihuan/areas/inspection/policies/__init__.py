"""Who may, and what must be there first: plans and rounds, teams, and the gates of an entry."""

from .gates import Gate, entry_verdict, gates_of
from .plan import (
    may_adopt,
    may_approve_term,
    may_change_tasks,
    may_decide,
    may_enter,
    may_leave,
    may_plan,
    round_verdict,
    year_verdict,
)
from .teams import (
    may_authorise,
    may_compose,
    may_declare,
    may_lift,
    may_name_liaison,
    may_prepare,
    may_sign,
)

__all__ = [
    "Gate",
    "entry_verdict",
    "gates_of",
    "may_adopt",
    "may_approve_term",
    "may_authorise",
    "may_change_tasks",
    "may_compose",
    "may_decide",
    "may_declare",
    "may_enter",
    "may_leave",
    "may_lift",
    "may_name_liaison",
    "may_plan",
    "may_prepare",
    "may_sign",
    "round_verdict",
    "year_verdict",
]
