"""A department tells what it was asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.areas.inspection.advance import advance_briefing
from bihuan.areas.inspection.models import Answer, Briefing
from bihuan.areas.inspection.policies import briefing_verdict
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.record.actions.keep_closed import keep_closed
from bihuan.record.closed import shut

MOST_FILES, LONGEST = 10, 5000


@transaction.atomic
def answer_briefing(
    *,
    briefing: Briefing,
    texts: Sequence[str],
    by: Actor,
    at: datetime,
    files: Sequence[tuple[Any, str]] = (),
) -> Answer:
    """A text for each item, in its order; `files` are (content, name). Whoever answers a second time leaves the first
    answer standing. Words and files are sealed, the event has none of them."""
    said = [text.strip() for text in texts]
    if briefing_verdict("answer", briefing, by):
        _check(briefing, said, files)
    turn = briefing.answers.count() + 1
    on = local_day(at)
    advance_briefing(
        "answer", briefing, by=by, at=at,
        data={"round_code": briefing.task.round.code, "turn": turn, "number_files": len(files)},
    )  # fmt: skip
    made = Answer(
        briefing=briefing, turn=turn, due_on=briefing.due_on, answered_on=on, answered_at=at,
        answered_by_id=by.person_id,
    )  # fmt: skip
    shut(made, {"texts": said, "reason": ""})
    made.save(force_insert=True)
    for order, (content, name) in enumerate(files, 1):
        keep_closed(content=content, name=name, owner=made, order=order, by=by, at=at)
    return made


def _check(briefing: Briefing, said: list[str], files: Sequence[tuple[Any, str]]) -> None:
    if len(said) != len(briefing.items):
        raise Refused("条目和看到的不一样了", "刷新页面再报")
    for number, text in enumerate(said):
        if not text:
            raise Refused("还有条目没有写", "没有这方面情况的写“无”", field=f"text-{number}")
        if len(text) > LONGEST:
            raise Refused(f"超过 {LONGEST} 字", "长的材料作为附件", field=f"text-{number}")
    if len(files) > MOST_FILES:
        raise Refused(f"附件超过 {MOST_FILES} 个", "合并后再传", field="files")
