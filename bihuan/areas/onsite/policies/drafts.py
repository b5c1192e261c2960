"""Who takes which step with a working draft: three signatures by three people."""

from __future__ import annotations

from bihuan.areas.inspection.models import Member, Task
from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.onsite.models import Draft
from bihuan.kernel.verdict import Verdict

from .team import may_lead, may_work


def may_write_draft(task: Task, standing: Standing) -> Verdict:
    """Any member but the leader, who signs it."""
    may = may_work(task, standing)
    if may and Hat.LEADER in standing.hats:
        return Verdict.no("底稿由组员编写，组长签字", "请组员编写")
    return may


def may_amend_draft(draft: Draft, standing: Standing) -> Verdict:
    if draft.state != states.WRITTEN:
        now = dict(states.DRAFT_STATES)[draft.state]
        todo = "组长签过的不能改，出新版" if draft.state == states.SIGNED else "退回以后再改"
        return Verdict.no(f"底稿{now}，不能改", todo)
    may = may_work(draft.task, standing)
    if may and draft.written_by_id != standing.person_id:
        return Verdict.not_yours("由编写人改", "请编写人办理")
    return may


def draft_verdict(step: str, draft: Draft, standing: Standing, members: list[Member]) -> Verdict:
    """`members` are the authorised ones of the team: who reviews depends on whom the team has."""
    row = states.DRAFT[step]
    if draft.state not in row.sources:
        now = dict(states.DRAFT_STATES)[draft.state]
        return Verdict.not_yours(f"已被他人处理，现在是“{now}”", "刷新页面看最新情况后再办")
    if step == "hand_in":
        return may_amend_draft(draft, standing)
    if step == "review":
        return _may_review(draft, standing, members)
    if step == "return":
        may = _may_review(draft, standing, members) if draft.state == states.HANDED_IN else None
        return may if may else may_lead(draft.task, standing)
    if step == "replace":
        return may_write_draft(draft.task, standing)
    may = may_lead(draft.task, standing)
    if may and step == "sign" and standing.person_id in (draft.written_by_id, draft.reviewed_by_id):
        return Verdict.no("编写、复核、签字要三个人", "请组长签字")
    return may


def _may_review(draft: Draft, standing: Standing, members: list[Member]) -> Verdict:
    """A deputy who did not write it; where there is none, any other member but the leader."""
    may = may_work(draft.task, standing)
    if not may:
        return may
    if draft.written_by_id == standing.person_id:
        return Verdict.no("是你编写的，不能由你复核", "请副组长复核")
    deputies = {one.person_id for one in members if one.part == "deputy"} - {draft.written_by_id}
    if deputies and standing.person_id not in deputies:
        return Verdict.not_yours("由副组长复核", "请副组长办理")
    if not deputies and Hat.LEADER in standing.hats:
        return Verdict.no("组长签字，不能同时复核", "请另一名组员复核")
    return Verdict.yes()
