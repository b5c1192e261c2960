"""What the stay on site offers to the house."""

from __future__ import annotations

from bihuan.record.closed import reseal
from bihuan.registry.contract import Area, Nav

from .models import Clue, Complaint, Draft, Talk
from .words import DATA_WORDS, EVENT_WORDS

AREA = Area(
    code="onsite",
    title="进驻",
    order=31,
    icon="building-community",
    urls="bihuan.areas.onsite.urls",
    mount="onsite",
    nav=(Nav("进驻", "/onsite/", "building-community", section="find", order=11),),
    event_words=EVENT_WORDS,
    data_words=DATA_WORDS,
    reseal=lambda: reseal(Talk, Complaint, Draft, Clue),
)
