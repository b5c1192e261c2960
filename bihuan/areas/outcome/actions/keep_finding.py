"""Write one finding of a report: a new one, or the whole of one anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from bihuan.areas.inspection.models import Focus
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Draft
from bihuan.areas.outcome import words
from bihuan.areas.outcome.advance import touch
from bihuan.areas.outcome.models import Citation, Report, ReportFinding
from bihuan.areas.outcome.policies import may_write
from bihuan.areas.outcome.reads.citing import why_not
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import shut


@transaction.atomic
def keep_finding(
    *,
    report: Report,
    focus: Focus,
    said: Mapping[str, str],
    drafts: Sequence[Draft],
    standing: Standing,
    by: Actor,
    at: datetime,
    finding: ReportFinding | None = None,
    category: str = "other",
    severity: str = "general",
    common: str = "",
) -> ReportFinding:
    """`said` holds `words.FINDING_FIELDS`; `drafts` are what it rests on: one at least, each signed by the leader and
    standing. Raises Refused."""
    insist(may_write(report, standing))
    _check(report, focus, said, drafts)
    touch(report)
    kept = finding or ReportFinding(report=report, order=_next(report))
    kept.focus, kept.category, kept.severity, kept.common = focus, category, severity, common.strip()
    shut(kept, {key: str(said.get(key, "")).strip() for key, _ in words.FINDING_FIELDS})
    kept.save()
    Citation.objects.filter(finding=kept).exclude(draft__in=drafts).delete()
    Citation.objects.bulk_create(
        [Citation(finding=kept, draft=draft) for draft in drafts], ignore_conflicts=True
    )
    append(
        stream=report.stream, kind="outcome.finding_kept", by=by, at=at, subject=str(report),
        data={"task": report.task_id, "finding": kept.order, "drafts": [str(draft) for draft in drafts]},
    )  # fmt: skip
    return kept


def _next(report: Report) -> int:
    return (report.findings.aggregate(last=Max("order"))["last"] or 0) + 1


def _check(report: Report, focus: Focus, said: Mapping[str, str], drafts: Sequence[Draft]) -> None:
    if focus.framework_id != report.task.framework_id:
        raise Refused("这个重点不在本任务的关注重点里", "选本任务的重点", field="focus")
    if not str(said.get("phenomenon", "")).strip():
        raise Refused("要写现象", "一句话写清是什么问题", field="phenomenon")
    if not drafts:
        raise Refused("没有引用底稿，不能列入报告", "选组长签过的底稿，至少一份", field="drafts")
    for draft in drafts:
        if why := why_not(draft, report.task_id):
            raise Refused(why, "改引组长签过的现行版", field="drafts")
