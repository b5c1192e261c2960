"""What joint supervision offers to the house."""

from __future__ import annotations

from bihuan.registry.contract import Area, Nav

from . import states
from .demo import build
from .reads.desk import desk_lines, desk_rows
from .words import DATA_WORDS, EVENT_WORDS, NAV

AREA = Area(
    code="joint",
    title=NAV,
    order=39,
    icon="users-group",
    urls="bihuan.areas.joint.urls",
    mount="joint",
    nav=(Nav(NAV, "/joint/", "users-group", section="find", order=14, needs=(states.VIEW, *states.BODIES)),),
    event_words=EVENT_WORDS,
    data_words=DATA_WORDS,
    desk_lines=desk_lines,
    desk_rows=desk_rows,
    demo=build,
)
