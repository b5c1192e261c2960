"""May I? One question, one answer per step, with a Chinese reason."""

from .checks import Check, checks_before
from .lateness import is_late_entry
from .verdicts import buttons, verdict

__all__ = ["Check", "buttons", "checks_before", "is_late_entry", "verdict"]
