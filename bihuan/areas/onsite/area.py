"""What the stay on site offers to the house."""

from __future__ import annotations

from bihuan.record.closed import reseal
from bihuan.registry.contract import Area, Nav, Tick

from . import jobs, states
from .demo import build, build_ugly
from .models import Ask, Clue, Complaint, DayLog, Draft, Midterm, Submission, Talk, Visit
from .papers import PAPERS
from .reads.desk import desk_lines, desk_rows
from .words import DATA_WORDS, EVENT_WORDS

#: who stands above all teams; a member of a team comes by their desk
_ABOVE = (states.PLAN, states.DECIDE, states.HEAD, states.REGISTER)

AREA = Area(
    code="onsite",
    title="进驻",
    order=31,
    icon="building-community",
    urls="bihuan.areas.onsite.urls",
    mount="onsite",
    nav=(Nav("进驻", "/onsite/", "building-community", section="find", order=11, needs=_ABOVE),),
    demo=build,
    ugly=build_ugly,
    papers=PAPERS,
    desk_lines=desk_lines,
    desk_rows=desk_rows,
    event_words=EVENT_WORDS,
    data_words=DATA_WORDS,
    ticks=(Tick("onsite.tally", "记扫码来件件数", "20 0 * * *", jobs.tally),),
    doors=(("tell", "bihuan.areas.onsite.doors"),),
    reseal=lambda: reseal(Talk, Complaint, Draft, Clue, Submission, Ask, Visit, Midterm, DayLog),
)
