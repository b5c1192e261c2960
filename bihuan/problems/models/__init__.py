"""The aggregate: a problem, its measures, one row per step taken."""

from .letters import Addressee, Letter
from .likeness import Likeness, WordShares
from .lookback import Lookback, LookbackDraw
from .measures import Attachment, Guarantees, Measure
from .problem import NumberRun, Problem, SavedView
from .steps import (
    Assignment,
    Closure,
    Extension,
    Part,
    Plan,
    ProgressReport,
    Recheck,
    Reminder,
    Submission,
    TakeOver,
    Transfer,
    Verification,
    Voiding,
)

__all__ = [
    "Addressee",
    "Assignment",
    "Attachment",
    "Closure",
    "Extension",
    "Guarantees",
    "Letter",
    "Likeness",
    "Lookback",
    "LookbackDraw",
    "Measure",
    "NumberRun",
    "Part",
    "Plan",
    "Problem",
    "ProgressReport",
    "Recheck",
    "Reminder",
    "SavedView",
    "Submission",
    "TakeOver",
    "Transfer",
    "Verification",
    "Voiding",
    "WordShares",
]
