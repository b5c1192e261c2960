"""What the papers of the rectification say: problems as the page of the rectification names them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bihuan.areas.inspection.models import Task
from bihuan.areas.inspection.papers.saying import day_words, numbered, party_name
from bihuan.areas.outcome import words
from bihuan.areas.outcome.models import Feedback, RectificationPlan
from bihuan.areas.outcome.reads.clock import clock_of, concentrated_end
from bihuan.areas.outcome.reads.evaluating import indicators_in, score_in
from bihuan.areas.outcome.reads.figures import figures_of
from bihuan.areas.outcome.reads.lists import Line, lines_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.problems import states as loop
from bihuan.problems.models import Measure
from bihuan.publication import states as public

from .finding import Seen, is_late
from .report import MARK
from .saying import close_up, visit_of


def _unit(task: Task, day: date) -> dict[str, Any]:
    return {"党组织": task.org.name, "轮次": task.round.name, "日期": day_words(day)}


def _standing_lines(feedback: Feedback) -> list[Line]:
    """Those that are in the loop and not void."""
    return [one for one in lines_of(feedback) if one.problem and one.problem.closure != loop.VOID]


def _name(person: Any) -> str:
    return person.name if person else ""


def _due(line: Line) -> str:
    problem = line.problem
    if problem.timing == "long_term":
        return "\n".join(filter(None, (problem.get_timing_display(), problem.stage_goals)))
    return day_words(problem.due_on)


def _taken(measures: Iterable[Measure]) -> str:
    return "\n".join(words.measure_line(one.order, one.text, one.standard) for one in measures)


def _where(line: Line) -> str:
    return line.problem.get_closure_display()


def plan_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    feedback, task = seen.thing, seen.task
    assert task is not None
    plan = RectificationPlan.objects.select_related("head").get(feedback=feedback)
    lines = _standing_lines(feedback)
    assisting = _assisting(lines)
    return _unit(task, plan.started_on or local_day(plan.submitted_at or at)) | {
        "收到": day_words(feedback.received_on),
        "会议": words.met_on(day_words(plan.met_on)),
        "组长": plan.head.name,
        "成员": "、".join(one.name for one in plan.leaders.exclude(pk=plan.head_id).order_by("pk")),
        "集中整改止": day_words(concentrated_end(feedback)),
        "问题清单": numbered(
            {
                "反馈问题": one.problem.aside,
                "问题根源": one.problem.cause if one.problem.secrecy == "normal" else "",
                "整改类型": one.problem.get_timing_display(),
            }
            for one in lines
        ),
        "任务清单": numbered(
            {"整改目标": one.problem.goal, "整改措施": _taken(one.measures), "完成时限": _due(one)}
            for one in lines
        ),
        "责任清单": numbered(
            {
                "反馈问题": one.problem.aside,
                "责任领导": _name(one.problem.lead),
                "责任部门": one.problem.unit.shown,
                "配合部门": assisting.get(one.problem.pk, ""),
            }
            for one in lines
        ),
        "印发": plan.document,
    }


def _assisting(lines: list[Line]) -> dict[int, str]:
    """Problem id -> the units that assist. One query."""
    if not lines:
        return {}
    found: dict[int, list[str]] = {}
    through = type(lines[0].problem).assisting.through
    rows = through.objects.filter(problem_id__in=[one.problem.pk for one in lines]).select_related("unit")
    for row in rows.order_by("pk"):
        found.setdefault(row.problem_id, []).append(row.unit.shown)
    return {pk: "、".join(names) for pk, names in found.items()}


def _figures(feedback: Feedback) -> dict[str, str]:
    now = figures_of([feedback.pk])
    return {
        "总数": str(now.total), "完成": str(now.done), "基本完成": str(now.basically), "未完成": str(now.rest),
        "完成率": now.percent,
    }  # fmt: skip


def ledger_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    assert seen.task is not None
    return _unit(seen.task, local_day(at)) | _figures(seen.thing) | {
        "台账": numbered(
            {
                "反馈问题": one.problem.aside, "整改目标": one.problem.goal, "整改措施": _taken(one.measures),
                "责任领导": _name(one.problem.lead), "责任部门": one.problem.unit.shown, "完成时限": _due(one),
                "进度": _where(one),
            }
            for one in _standing_lines(seen.thing)
        )
    }  # fmt: skip


def notice_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    feedback, task = seen.thing, seen.task
    assert task is not None
    days = [one for one in clock_of(feedback) if one.code in words.HANDED_IN]
    return _unit(task, local_day(at)) | {
        "党委": party_name(),
        "文号": "",
        "收到": day_words(feedback.received_on),
        "签收人": _name(feedback.receiver),
        "总数": str(feedback.items.filter(kind="problem").count()),
        "要求": numbered(
            {"事项": one.label, "多久": close_up(one.amount), "时限": day_words(one.due_on)} for one in days
        ),
        "规则": str(days[0].pack) if days else str(task.round.rule_pack),
    }


def letter_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    """What is late today."""
    assert seen.task is not None
    day = local_day(at)
    return _unit(seen.task, day) | {
        "党委": party_name(),
        "文号": "",
        "事项": numbered(
            {
                "反馈问题": one.problem.aside,
                "存在的差距": words.late_by(_where(one), (day - one.problem.due_on).days),
                "原定期限": day_words(one.problem.due_on),
            }
            for one in lines_of(seen.thing)
            if one.problem and is_late(one.problem, day)
        ),
        "签收人": "",
        "签收时间": "",
    }


def _people(feedback: Feedback) -> tuple[str, str]:
    """(who chairs, the other leaders): by the meeting, or by the plan."""
    plan = RectificationPlan.objects.select_related("head").filter(feedback=feedback).first()
    meeting = getattr(feedback, "life_meeting", None)
    chair = meeting.chair if meeting else plan.head if plan else None
    others = [one.name for one in plan.leaders.order_by("pk") if one != chair] if plan else []
    return _name(chair), "、".join(others)


def life_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    feedback = seen.thing
    assert seen.task is not None
    chair, others = _people(feedback)
    meeting = getattr(feedback, "life_meeting", None)
    return _unit(seen.task, local_day(at)) | {
        "时间": day_words(meeting.held_on) if meeting else "",
        "主持人": chair,
        "参加": others,
        "问题": numbered({"问题": one.problem.aside} for one in _standing_lines(feedback)),
    }


def _states(feedback: Feedback) -> list[dict[str, str]]:
    return numbered(
        {
            "反馈问题": one.problem.aside, "责任领导": _name(one.problem.lead), "责任部门": one.problem.unit.shown,
            "进度": _where(one),
        }
        for one in _standing_lines(feedback)
    )  # fmt: skip


def check_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    assert seen.task is not None
    meeting = getattr(seen.thing, "life_meeting", None)
    return _unit(seen.task, meeting.held_on if meeting else local_day(at)) | {
        "标记": MARK,
        "问题": _states(seen.thing),
        "查摆": meeting.note if meeting else "",
    }


def rect_report_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    """Its figures are those of the day it was handed in; the list below says of which day it is."""
    row, task = seen.thing, seen.task
    assert task is not None
    said = _unit(task, local_day(row.handed_in_at)) | {
        "标记": MARK,
        "主送": words.TO_GROUP_OF_PARTY,
        "收到": day_words(row.feedback.received_on),
        "阶段": row.get_stage_display(),
        "总数": str(row.total),
        "完成": str(row.done),
        "基本完成": str(row.basically),
        "未完成": str(row.rest),
        "完成率": f"{100 * row.done / row.total:.2f}%" if row.total else "—",
        "正文": row.text,
        "今天": day_words(local_day(at)),
        "问题": _states(row.feedback),
    }
    return said | {"姓名": row.handed_in_by.name} if row.kind == "head" else said


def public_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    return _public(seen, seen.thing.text_outside, at)


def inside_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    return _public(seen, seen.thing.text_inside, at)


def _public(seen: Seen, text: str, at: datetime) -> dict[str, Any]:
    made, task = seen.thing, seen.task
    assert task is not None
    out = made.state in (public.APPROVED, public.PUBLISHED, *public.ENDED)
    said = visit_of(task)
    return {name: said[name] for name in ("组别", "起", "止", "党组织")} | {
        "标题": made.title,
        "标记": "" if out else words.NOT_APPROVED,
        "收到": day_words(task.feedback.received_on),
        "正文": text,
        "公开期": words.from_to(day_words(made.from_day), day_words(made.to_day)) if made.from_day else "",
        "联系": made.contact,
        "日期": day_words(made.from_day or local_day(at)),
    }


def _plain(points: Decimal) -> str:
    """12.0 as 12."""
    return f"{points.normalize():f}"


def evaluation_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    row, task = seen.thing, seen.task
    assert task is not None
    indicators = indicators_in(row.scheme, row.deductions.select_related("problem").order_by("pk"))
    score = row.score if row.score is not None else score_in(indicators)
    return _unit(task, local_day(row.handed_in_at or at)) | _figures(row.feedback) | {
        "种类": row.get_kind_display(),
        "评估人": _name(row.made_by),
        "指标": numbered(
            {
                "指标": words.indicator(one.title, one.waits), "满分": _plain(one.points), "扣分": _plain(one.points - one.left),
                "得分": _plain(one.left),
                "扣分原因和依据": "\n".join(
                    words.because(off.reason, off.problem.number if off.problem else off.evidence) for off in one.deductions
                ),
            }
            for one in indicators
        ),
        "总分": _plain(score),
        "等次": row.grade,
        "意见": row.text,
        "审定": words.approved_by(day_words(row.approved_on), row.document) if row.approved_on else "",
    }  # fmt: skip
