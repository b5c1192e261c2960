"""What the inspection area offers to the house."""

from __future__ import annotations

from bihuan.record.closed import reseal
from bihuan.registry.contract import Area, Nav, Source, Tick

from . import facts, jobs
from .demo import build, build_ugly
from .models import Answer, Appraisal, Consultation
from .papers import PAPERS
from .reads.desk import desk_lines, desk_rows
from .words import DATA_WORDS, EVENT_WORDS

AREA = Area(
    code="inspection",
    title="巡察",
    order=30,
    icon="clipboard-search",
    urls="bihuan.areas.inspection.urls",
    mount="inspection",
    nav=(
        Nav("巡察", "/inspection/", "clipboard-search", section="find", order=10, needs="inspection.view"),
        Nav(
            "请我通报的",
            "/inspection/briefings/",
            "message",
            section="find",
            order=12,
            needs=("inspection.department", "inspection.discipline", "inspection.personnel"),
        ),
    ),
    source=Source("inspection", "巡察", "XC", colour="c-2"),
    facts=facts.FACTS,
    period=facts.period,
    event_words=EVENT_WORDS,
    data_words=DATA_WORDS,
    ticks=(Tick("inspection.ties", "核对组员回避", "10 6 * * *", jobs.look_for_ties),),
    desk_lines=desk_lines,
    desk_rows=desk_rows,
    papers=PAPERS,
    reseal=lambda: reseal(Answer, Consultation, Appraisal),
    demo=build,
    ugly=build_ugly,
)
