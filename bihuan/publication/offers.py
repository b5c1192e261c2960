"""What this room offers to the house."""

from __future__ import annotations

from datetime import datetime

from bihuan.kernel.actor import Actor
from bihuan.registry.contract import Nav, Offer, Tick

from . import facts, jobs
from .actions.move_unit_work import move_unit_work
from .demo import build
from .reads.desk import desk_lines, desk_rows
from .reads.work import unit_work
from .words import DATA_WORDS, EVENT_WORDS


def _follow(from_id: int, to_id: int, by: Actor, at: datetime) -> int:
    return move_unit_work(from_id=from_id, to_id=to_id, by=by, at=at)


OFFER = Offer(
    code="publication",
    title="公开",
    order=70,
    nav=(Nav("公开", "/publications/", "speakerphone", section="daily", order=70),),
    facts=facts.FACTS,
    ticks=(
        Tick("publication.expire", "到期撤下公开的内容", "1,31 * * * *", jobs.take_down_what_is_over),
        Tick("publication.count", "记昨天收到的意见件数", "20 6 * * *", jobs.note_opinions),
    ),
    urls="bihuan.publication.urls",
    event_words=EVENT_WORDS,
    data_words=DATA_WORDS,
    desk_lines=desk_lines,
    desk_rows=desk_rows,
    unit_work=unit_work,
    move_unit_work=_follow,
    demo=build,
)
