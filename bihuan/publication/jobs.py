"""What publication does by itself: takes down on time, and counts yesterday's opinions without a name."""

from __future__ import annotations

from datetime import datetime

from bihuan.publication.actions.count_opinions import count_opinions
from bihuan.publication.actions.expire import expire


def take_down_what_is_over(at: datetime) -> None:
    expire(at=at)


def note_opinions(at: datetime) -> None:
    count_opinions(at=at)
