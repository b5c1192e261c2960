"""What other rooms ask of the organisation."""

from .days import known_until, work_calendar
from .demo import DemoPlace, demo_places
from .hanging import Hanging, hanging_on
from .rules import current_pack, history, rule, rule_of, values_of
from .starting import Step, first_steps
from .trees import TreeNode, children_of, tree_as_of, tree_now
from .who import actor_for, people_who
from .work import OpenWork, may_settle, open_work, pending_hand_overs, remaining, unit_work

__all__ = [
    "DemoPlace",
    "Hanging",
    "OpenWork",
    "Step",
    "TreeNode",
    "actor_for",
    "children_of",
    "current_pack",
    "demo_places",
    "first_steps",
    "hanging_on",
    "history",
    "known_until",
    "may_settle",
    "open_work",
    "pending_hand_overs",
    "people_who",
    "remaining",
    "rule",
    "rule_of",
    "tree_as_of",
    "tree_now",
    "unit_work",
    "values_of",
    "work_calendar",
]
