"""What the responsible unit may do."""

from __future__ import annotations

from datetime import datetime

from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.org.reads import rule_of
from bihuan.problems.models import Problem

from .checks import checks_before
from .sides import may_rectify, verified

_NOT_UNIT = "只有责任单位和责任人能办"


def _unit(problem: Problem, by: Actor) -> Verdict:
    if not may_rectify(problem, by):
        return Verdict.not_yours(_NOT_UNIT, f"责任单位是{problem.unit}")
    if verified(problem, by):
        return Verdict.no("本轮是你核验的，不能再参加整改", "请责任单位的其他人办")
    return Verdict.yes()


def _first_missing(step: str, problem: Problem) -> Verdict:
    for check in checks_before(step, problem):
        if not check.ok:
            detail = f"，{check.detail}" if check.detail else ""
            return Verdict.no(f"{check.label}：不满足{detail}", check.todo)
    return Verdict.yes()


def accept(problem: Problem, by: Actor, at: datetime) -> Verdict:
    return _unit(problem, by)


def plan(problem: Problem, by: Actor, at: datetime) -> Verdict:
    return _unit(problem, by)


def report(problem: Problem, by: Actor, at: datetime) -> Verdict:
    return _unit(problem, by)


def record_guarantees(problem: Problem, by: Actor, at: datetime) -> Verdict:
    if not problem.is_major:
        return Verdict.not_yours("只有重大隐患要五落实")
    return _unit(problem, by)


def submit(problem: Problem, by: Actor, at: datetime) -> Verdict:
    may = _unit(problem, by)
    if not may:
        return may
    if problem.transfer_asked:
        return Verdict.no("正在等对方答复移交", "对方答复后再申请销号")
    return _first_missing("submit", problem)


def fix_now(problem: Problem, by: Actor, at: datetime) -> Verdict:
    """Small things stay small: fixed on the spot with a photo, then a second person looks."""
    own_find = by.person_id is not None and by.person_id in (problem.raised_by_id, problem.found_by_id)
    if not own_find and not may_rectify(problem, by):
        return Verdict.not_yours("只有发现人和责任单位能办")
    if problem.transfer_asked:
        return Verdict.no("正在等对方答复移交", "对方答复后再办")
    if problem.grade != "general":
        return Verdict.no("较大和重大问题不能当场整改了事", "按下达、方案、整改、核验办")
    if problem.timing == "long_term":
        return Verdict.no("长期坚持的问题不能当场销号", "按阶段目标检查")
    if not any(file.round == problem.round and file.role == "after" for file in problem.attachments.all()):
        return Verdict.no("还没有整改后的照片", "拍一张整改后的照片")
    return Verdict.yes()


def ask_extension(problem: Problem, by: Actor, at: datetime) -> Verdict:
    may = _unit(problem, by)
    if not may:
        return may
    if problem.due_on is None:
        return Verdict.no("还没有期限，不用延期", "先由下达部门定期限")
    if problem.timing == "immediate":
        return Verdict.no("立行立改的问题不能延期", "确有困难请督办部门改为限期整改")
    most = int(rule_of(problem.rule_pack, "extension.max_count").value)
    if problem.extended_times >= most:
        return Verdict.no(
            f"已延期 {problem.extended_times} 次，最多 {most} 次", "按现期限办，或请督办部门协调"
        )
    if problem.extension_asked:
        return Verdict.no("上一次延期申请还没有批", "等督办部门批复")
    return Verdict.yes()


def ask_transfer(problem: Problem, by: Actor, at: datetime) -> Verdict:
    may = _unit(problem, by)
    if not may:
        return may
    if problem.transfer_asked:
        return Verdict.no("已经申请移交，正在等对方答复", "等对方接收或退回")
    return Verdict.yes()


def decide_transfer(problem: Problem, by: Actor, at: datetime) -> Verdict:
    asked = problem.transfer_asked
    if asked is None:
        return Verdict.not_yours("没有待答复的移交")
    if not by.may_in("problem.rectify", asked.to_unit.path or "") and not by.may_in(
        "problem.assign", asked.to_unit.path or ""
    ):
        return Verdict.not_yours("只有接收单位能答复", f"接收单位是{asked.to_unit}")
    if asked.done_by_id == by.person_id:
        return Verdict.no("移交是你申请的，不能自己接收", "请接收单位的其他人答复")
    return Verdict.yes()
