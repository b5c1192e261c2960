"""What other rooms ask of the organisation."""

from .days import known_until, work_calendar
from .demo import DemoPlace, demo_places
from .hanging import Hanging, hanging_on
from .hats import Wear
from .pages import PersonCard, UnitCard, branch_of, party_card, person_card, sees_private, unit_card
from .portfolios import Charge, portfolio_of
from .rules import current_pack, history, rule, rule_of, values_of
from .second import Second, must_have_second, second_card, second_of
from .sessions import OpenSession, open_sessions
from .trees import TreeNode, children_of, tree_as_of, tree_now
from .who import actor_for, holdings_to_confirm, people_who
from .work import OpenWork, may_settle, open_work, openable, pending_hand_overs, remaining, unit_work

__all__ = [
    "Charge",
    "DemoPlace",
    "Hanging",
    "OpenSession",
    "OpenWork",
    "PersonCard",
    "Second",
    "TreeNode",
    "UnitCard",
    "Wear",
    "actor_for",
    "branch_of",
    "children_of",
    "current_pack",
    "demo_places",
    "hanging_on",
    "history",
    "holdings_to_confirm",
    "known_until",
    "may_settle",
    "must_have_second",
    "open_sessions",
    "open_work",
    "openable",
    "party_card",
    "pending_hand_overs",
    "people_who",
    "person_card",
    "portfolio_of",
    "remaining",
    "rule",
    "rule_of",
    "second_card",
    "second_of",
    "sees_private",
    "tree_as_of",
    "tree_now",
    "unit_card",
    "unit_work",
    "values_of",
    "work_calendar",
]
