"""What other rooms ask of the organisation."""

from .days import known_until, work_calendar
from .rules import current_pack, history, rule, rule_of, values_of
from .trees import TreeNode, children_of, tree_as_of, tree_now
from .who import actor_for, people_who
from .work import open_work, pending_hand_overs

__all__ = [
    "TreeNode",
    "actor_for",
    "children_of",
    "current_pack",
    "history",
    "known_until",
    "open_work",
    "pending_hand_overs",
    "people_who",
    "rule",
    "rule_of",
    "tree_as_of",
    "tree_now",
    "values_of",
    "work_calendar",
]
