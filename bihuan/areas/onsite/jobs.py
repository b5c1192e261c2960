"""What runs by itself."""

from __future__ import annotations

from datetime import datetime

from .actions.tally_told import tally_told


def tally(at: datetime) -> int:
    return tally_told(at=at)
