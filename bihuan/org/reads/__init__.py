"""What other rooms ask of the organisation."""

from .days import known_until, work_calendar
from .demo import DemoPlace, demo_places
from .hanging import Hanging, hanging_on
from .packs import changes_between, in_words, pack_shelf, pack_table
from .pages import PersonCard, UnitCard, branch_of, party_card, person_card, sees_private, unit_card
from .personal import FIELDS
from .rules import current_pack, history, rule, rule_of, values_of
from .sheets import PEOPLE_COLUMNS, UNIT_COLUMNS, read_sheet
from .starting import Step, first_steps
from .trees import TreeNode, children_of, tree_as_of, tree_now
from .who import actor_for, people_who
from .work import OpenWork, may_settle, open_work, pending_hand_overs, remaining, unit_work

__all__ = [
    "FIELDS",
    "PEOPLE_COLUMNS",
    "UNIT_COLUMNS",
    "DemoPlace",
    "Hanging",
    "OpenWork",
    "PersonCard",
    "Step",
    "TreeNode",
    "UnitCard",
    "actor_for",
    "branch_of",
    "changes_between",
    "children_of",
    "current_pack",
    "demo_places",
    "first_steps",
    "hanging_on",
    "history",
    "in_words",
    "known_until",
    "may_settle",
    "open_work",
    "pack_shelf",
    "pack_table",
    "party_card",
    "pending_hand_overs",
    "people_who",
    "person_card",
    "read_sheet",
    "remaining",
    "rule",
    "rule_of",
    "sees_private",
    "tree_as_of",
    "tree_now",
    "unit_card",
    "unit_work",
    "values_of",
    "work_calendar",
]
