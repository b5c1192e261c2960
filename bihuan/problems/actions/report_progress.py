"""报进度: what the unit says about its own work. Saying is not proving: closure is another axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid
from bihuan.problems import states
from bihuan.problems.advance import advance
from bihuan.problems.models import Measure, Problem, ProgressReport

from .attach import Upload, attach, name_in, receipt
from .join import join

_KNOWN = {code for code, _ in states.PROGRESS}


@transaction.atomic
def report_progress(
    *,
    problem: Problem,
    by: Actor,
    at: datetime,
    text: str = "",
    percents: Mapping[int, int] | None = None,
    documents: Mapping[int, str] | None = None,
    progress: str = "",
    files: Sequence[Upload] = (),
    occurred_at: datetime | None = None,
) -> Problem:
    """Report on measures: `percents` and `documents` by measure id. Without measures, `progress` says it.

    The problem's progress follows from its measures: all at 100 % is `done`, any begun is `in_progress`.
    Raises Invalid for a percentage outside 0–100 or a measure of another problem.
    """
    measures = {measure.pk: measure for measure in problem.measures.all()}
    _apply(measures, percents or {}, documents or {})
    state = _overall(list(measures.values()), progress, problem)
    kept = attach(problem=problem, files=files, by=by, at=at)
    event = advance(
        "report",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        changes={"progress": state},
        data={
            "progress": state,
            "text": text,
            "files": receipt(kept),
            "percents": {str(m.order): m.percent for m in measures.values()},
        },
    )
    name_in(event, kept)
    join(problem=problem, person_id=by.person_id, side="rectify")
    ProgressReport.objects.create(
        problem=problem,
        round=problem.round,
        done_at=at,
        done_by_id=by.person_id,
        text=text,
        state=state,
        percent=_mean([m.percent for m in measures.values()]),
    )
    return problem


def _apply(measures: dict[int, Measure], percents: Mapping[int, int], documents: Mapping[int, str]) -> None:
    """Put what was said onto the measures. Raises Invalid; nothing is written then."""
    for pk, percent in percents.items():
        if pk not in measures:
            raise Invalid("有一条措施不属于这个问题", "刷新页面后再报", field="percents")
        if not 0 <= percent <= 100:
            raise Invalid(f"完成比例 {percent} 不在 0 到 100 之间", "改成 0 到 100 的整数", field="percents")
        measures[pk].percent = percent
        measures[pk].progress = _of(percent)
    for pk, document in documents.items():
        if pk in measures:
            measures[pk].document_no = document.strip()[:60]
    Measure.objects.bulk_update(measures.values(), ["percent", "progress", "document_no"])


def _of(percent: int) -> str:
    return "not_started" if percent == 0 else "done" if percent == 100 else "in_progress"


def _mean(percents: list[int]) -> int:
    return round(sum(percents) / len(percents)) if percents else 0


def _overall(measures: list[Measure], said: str, problem: Problem) -> str:
    """`basically_done` is only ever said by a person; the rest follows from the measures where there are any."""
    if said and said not in _KNOWN:
        raise Invalid(f"没有“{said}”这种进度", "从四种进度里选一种", field="progress")
    if said == "basically_done" or not measures:
        return said or problem.progress
    if all(measure.progress == "done" for measure in measures):
        return "done"
    return "in_progress" if any(measure.percent for measure in measures) else "not_started"
