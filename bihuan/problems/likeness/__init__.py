"""Which problems look like one another: found, explained, and waiting for a person's word."""

from .find import Draft, Found, alike
from .waiting import (
    JUDGES,
    LOOK,
    Pair,
    later_repeats,
    still_looking,
    waiting_for,
    waiting_list,
    waiting_within,
)

__all__ = [
    "JUDGES",
    "LOOK",
    "Draft",
    "Found",
    "Pair",
    "alike",
    "later_repeats",
    "still_looking",
    "waiting_for",
    "waiting_list",
    "waiting_within",
]
