"""What pages, figures and higher rooms ask."""

from .due import Duty, duties, overdue, units_of_part
from .public import Look, answers_of, entry_of, looks_of, publications_of

__all__ = [
    "Duty",
    "Look",
    "answers_of",
    "duties",
    "entry_of",
    "looks_of",
    "overdue",
    "publications_of",
    "units_of_part",
]
