"""Hand a report to the meeting of the team: from here on its text stands, and a closed copy of it is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome import words
from bihuan.areas.outcome.advance import advance
from bihuan.areas.outcome.models import Report, ReportEdition
from bihuan.areas.outcome.policies import may_write
from bihuan.areas.outcome.reads.citing import cited_by, in_order
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.policies import insist
from bihuan.record.closed import fingerprint, opened, shut


@transaction.atomic
def hand_in_report(*, report: Report, standing: Standing, by: Actor, at: datetime) -> ReportEdition:
    """Raises Refused where a part of it is empty. The event keeps a fingerprint of what was handed in."""
    insist(may_write(report, standing))
    number = report.edition + 1
    made = ReportEdition(report=report, number=number, kept_at=at, kept_by_id=by.person_id)
    said = _whole(report)
    _complete(said)
    shut(made, said)
    changes = {"edition": number, "handed_in_at": at, "handed_in_by_id": by.person_id}
    data = {"edition": number, "fingerprint": fingerprint(made)}
    advance("hand_in", report, standing=standing, by=by, at=at, changes=changes, data=data)
    made.save(force_insert=True)
    return made


def _whole(report: Report) -> dict[str, Any]:
    """All that is said, with what it rests on."""
    cited = cited_by(report)
    findings = [
        {
            **opened(row),
            "focus": row.focus.title,
            "category": row.category,
            "severity": row.severity,
            "common": row.common,
            "drafts": [str(draft) for draft in cited.get(row.pk, [])],
        }
        for row in in_order(report)
    ]
    return {**opened(report), "findings": findings}


def _complete(said: dict[str, Any]) -> None:
    if not said["findings"]:
        raise Refused("还没有一条问题", "从签过的底稿列入")
    for key, label in (("overall", "总体评价"), ("suggestions", "意见建议")):
        if not said[key]:
            raise Refused(f"还没有写{label}", "写好再交组务会")
    for place, finding in enumerate(said["findings"], 1):
        lacking = [label for key, label in words.FINDING_FIELDS if not finding.get(key)]
        if lacking:
            raise Refused(f"{words.finding_no(place)}还没有写{'、'.join(lacking)}", "写好再交组务会")
