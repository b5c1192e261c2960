"""Which problems look like one another: found, explained, and waiting for a person's word."""

from .find import Draft, Found, alike
from .waiting import JUDGES, Pair, later_repeats, waiting_for, waiting_list, waiting_within

__all__ = [
    "JUDGES",
    "Draft",
    "Found",
    "Pair",
    "alike",
    "later_repeats",
    "waiting_for",
    "waiting_list",
    "waiting_within",
]
