"""Who draws, and who looks at what was drawn."""

from __future__ import annotations

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.onsite.policies.team import may_work
from bihuan.areas.outcome import states
from bihuan.areas.outcome.models import Sample
from bihuan.kernel.verdict import Verdict

SEES = {Hat.MEMBER, Hat.LEADER, Hat.OFFICE, Hat.LEADING, Hat.HEAD}


def may_draw_samples(task: Task, standing: Standing) -> Verdict:
    if task.mode != states.LOOKBACK:
        return Verdict.not_yours("不是回头看的任务")
    if not standing.hats & {Hat.OFFICE, Hat.LEADER}:
        return Verdict.not_yours("由巡察办或组长抽", "请他们办理")
    if task.entered_on is None:
        return Verdict.no("巡察组还没有进驻", "进驻以后抽")
    return Verdict.yes()


def may_look(sample: Sample, task: Task, standing: Standing) -> Verdict:
    may = may_work(task, standing)
    if may and sample.verdict:
        return Verdict.no("已经看过", "刷新页面看最新情况")
    return may
