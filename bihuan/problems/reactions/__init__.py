"""What follows a step: who is told."""

from .rules import REACTIONS, react

__all__ = ["REACTIONS", "react"]
