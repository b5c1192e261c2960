"""What a report rests on: whether each of its findings cites a draft that stands as the leader signed it."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.areas.onsite import states as onsite
from bihuan.areas.onsite.models import Draft
from bihuan.areas.outcome import words
from bihuan.areas.outcome.models import Citation, Report, ReportFinding


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding that may not go on as it is, and why: numbers only."""

    finding: ReportFinding
    text: str


def in_order(report: Report) -> list[ReportFinding]:
    """As a report shows them: by focus, then as they were written. `place` is what it is counted as."""
    rows = list(report.findings.select_related("focus").order_by("focus__order", "order"))
    for place, row in enumerate(rows, 1):
        row.place = place
    return rows


def cited_by(report: Report, *, lock: bool = False) -> dict[int, list[Draft]]:
    """Finding id -> the drafts it cites. With `lock` nobody replaces or sets aside one of them until the transaction
    ends (on SQLite there is one writer anyway)."""
    pairs = list(Citation.objects.filter(finding__report=report).values_list("finding_id", "draft_id"))
    drafts = Draft.objects.defer("sealed").filter(pk__in={draft for _, draft in pairs}).order_by("pk")
    by_id = {draft.pk: draft for draft in (drafts.select_for_update() if lock else drafts)}
    found: dict[int, list[Draft]] = {}
    for finding, draft in sorted(pairs):
        found.setdefault(finding, []).append(by_id[draft])
    return found


def why_not(draft: Draft, task_id: int) -> str:
    """Why this draft may not be cited for that task, or ""."""
    if draft.task_id != task_id:
        return words.OTHER_TASK
    return "" if draft.state == onsite.SIGNED else words.not_signed(str(draft), draft.get_state_display())


def faults_of(report: Report, *, lock: bool = False) -> list[Fault]:
    """Three queries, however many findings."""
    cited, found = cited_by(report, lock=lock), []
    for finding in in_order(report):
        drafts = cited.get(finding.pk, [])
        said = [text for draft in drafts if (text := why_not(draft, report.task_id))]
        if not drafts:
            said = [words.CITES_NOTHING]
        if said:
            found.append(Fault(finding, words.fault_of(finding.place, "；".join(said))))
    return found


def uncited(report: Report) -> list[Draft]:
    """Signed drafts of the task that no finding of the report cites yet, by focus."""
    used = Citation.objects.filter(finding__report=report).values("draft")
    rows = Draft.objects.filter(task=report.task_id, state=onsite.SIGNED).exclude(pk__in=used)
    return list(rows.select_related("focus").order_by("focus__order", "number"))
