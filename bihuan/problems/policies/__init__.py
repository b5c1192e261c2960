"""May I? One question, one answer per step, with a Chinese reason."""

from .checks import Check, checks_before
from .verdicts import buttons, verdict

__all__ = ["Check", "buttons", "checks_before", "verdict"]
