"""Who plans joint tasks, who reports a part, who opens a report, who keeps the matrix."""

from __future__ import annotations

from bihuan.areas.joint import states
from bihuan.areas.joint.access import stands_for
from bihuan.areas.joint.models import JointPart, JointTask
from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict

_NOW = dict(states.STATES)


def may_plan(by: Actor) -> Verdict:
    if by.may(states.PLAN):
        return Verdict.yes()
    return Verdict.not_yours("联动任务和职责矩阵由巡察办管", "请巡察办办理")


def step_verdict(step: str, joint: JointTask, by: Actor, parts: list[JointPart]) -> Verdict:
    """Before the start there is at least one other body, before the end every body has reported."""
    row = states.JOINT[step]
    if not (may := may_plan(by)):
        return may
    if joint.state not in row.sources:
        return Verdict.no(f"联动任务{_NOW[joint.state]}，不能{row.label}", "")
    if step == "start" and not parts:
        return Verdict.no("还没有别的部门", "先列入部门：谁负责，看什么")
    waiting = [part.unit.shown for part in parts if part.reported_at is None]
    if step == "close" and waiting:
        return Verdict.no(f"还没有收到报告：{'、'.join(waiting)}", "请这些部门交报告")
    return Verdict.yes()


def may_add_part(joint: JointTask, by: Actor) -> Verdict:
    if not (may := may_plan(by)):
        return may
    if joint.state not in states.OPEN:
        return Verdict.no(f"联动任务{_NOW[joint.state]}，不能再列入部门", "")
    return Verdict.yes()


def may_drop_part(part: JointPart, by: Actor) -> Verdict:
    if not (may := may_plan(by)):
        return may
    if part.joint.state != states.PLANNED:
        return Verdict.no("联动任务已经开始，部门不能去掉", "交一份说明作报告，再办结")
    return Verdict.yes()


def _is_theirs(part: JointPart, by: Actor) -> bool:
    return by.is_system or part.unit_id in stands_for(by) or (by.is_person and part.leader_id == by.person_id)


def may_report(part: JointPart, by: Actor) -> Verdict:
    """The body for itself; not the office for it."""
    if not _is_theirs(part, by):
        return Verdict.not_yours("报告由本部门交", f"请{part.unit.shown}办理")
    if part.reported_at is not None:
        return Verdict.no("报告已经交过", "")
    if part.joint.state != states.UNDER_WAY:
        return Verdict.no(f"联动任务{_NOW[part.joint.state]}", "开始以后、办结以前交报告")
    return Verdict.yes()


def may_share(part: JointPart, by: Actor) -> Verdict:
    if not _is_theirs(part, by):
        return Verdict.not_yours("共享由本部门定", f"请{part.unit.shown}办理")
    if part.reported_at is None:
        return Verdict.no("还没有交报告", "先交报告")
    if part.shared_at is not None:
        return Verdict.no("已经共享", "")
    return Verdict.yes()
