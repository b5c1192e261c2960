"""What the outcome of an inspection offers to the house."""

from __future__ import annotations

from bihuan.record.closed import reseal
from bihuan.registry.contract import Area, JobKind, Nav
from bihuan.registry.papers import PaperKind

from . import states
from .actions.ask_pack import PACK
from .demo import build
from .exports import THREAD
from .jobs import make_pack
from .models import Feedback, FeedbackItem, Opinion, Report, ReportEdition, ReportFinding
from .papers import PAPERS
from .querysets import READERS
from .reads import publishing
from .reads.desk import desk_lines, desk_rows
from .reads.desk_waits import desk_waits
from .words import DATA_WORDS, EVENT_WORDS

#: who stands above all teams, or gets what was found; a member of a team comes by their desk
_ABOVE = (states.PLAN, states.DECIDE, states.HEAD, states.DISCIPLINE, states.PERSONNEL, states.DEPARTMENT)

AREA = Area(
    code="outcome",
    title="巡后",
    order=32,
    icon="file-check",
    urls="bihuan.areas.outcome.urls",
    mount="outcome",
    nav=(
        Nav("巡后", "/outcome/", "file-check", section="find", order=12, needs=_ABOVE),
        Nav("巡察整改", "/outcome/mine/", "checklist", order=13, needs=states.RECTIFY),
        Nav("整改经验", "/outcome/experience/", "medal", order=15, needs=READERS),
        Nav(
            "现场验证",
            "/outcome/checks/",
            "eye-check",
            section="find",
            order=13,
            needs=(states.CHECK, states.PLAN, states.DECIDE),
        ),
    ),
    jobs=(JobKind(PACK, "佐证包", make_pack),),
    demo=build,
    event_words=EVENT_WORDS,
    data_words=DATA_WORDS,
    papers=(*PAPERS, PaperKind(THREAD, "现场验证的佐证包")),
    desk_lines=desk_lines,
    desk_rows=desk_rows,
    desk_waits=desk_waits,
    exempts=publishing.exempts,
    reseal=lambda: reseal(Report, ReportFinding, ReportEdition, Opinion, Feedback, FeedbackItem),
)
