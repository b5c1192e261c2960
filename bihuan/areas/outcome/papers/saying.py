"""What the papers on reports and feedback say, each name as its form calls it. Opening is written down by the actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bihuan.areas.inspection.models import Task
from bihuan.areas.inspection.papers.before import han
from bihuan.areas.inspection.papers.saying import UNSAID, day_words, numbered, party_name, people_of
from bihuan.areas.inspection.reads.ready import members_of
from bihuan.areas.onsite.models import Complaint, Loan, Talk, Visit
from bihuan.areas.onsite.papers.saying import team_name
from bihuan.areas.outcome import words
from bihuan.areas.outcome.actions.read_feedback import read_feedback
from bihuan.areas.outcome.actions.read_report import Read, read_report
from bihuan.areas.outcome.models import FeedbackItem
from bihuan.areas.outcome.reads.citing import cited_by
from bihuan.areas.outcome.reads.clock import rule_words
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day

from .finding import Seen
from .report import MARK

_STOPS = "。；，、 "


def visit_of(task: Task) -> dict[str, Any]:
    return {
        "党委": party_name(),
        "组别": team_name(task),
        "党组织": task.org.name,
        "起": day_words(task.entered_on or task.from_day),
        "止": day_words(task.left_on or task.to_day),
        "方式": task.get_mode_display(),
    }


def sentences(*parts: str | None) -> str:
    """Joined by full stops, one after each."""
    return "".join(f"{part.strip(_STOPS)}。" for part in parts if part and part.strip(_STOPS))


def close_up(text: str) -> str:
    """1 个月 as it stands in an official text: 1个月."""
    return text.replace(" ", "")


def lines_in(text: str) -> list[dict[str, str]]:
    """A suggestion a line: （一）, （二）…"""
    said = [line.strip() for line in text.splitlines() if line.strip()]
    return [{"序号": han(n), "内容": line} for n, line in enumerate(said, 1)]


def grouped(rows: Iterable[tuple[str, str, str]]) -> list[dict[str, str]]:
    """(focus, statement, more) in the order of the focus -> （一）focus before its first; counted through."""
    found: list[dict[str, str]] = []
    before, groups = None, 0
    for n, (focus, statement, more) in enumerate(rows, 1):
        new = focus != before and bool(focus)
        groups, before = groups + new, focus
        head = f"（{han(groups)}）{focus}" if new else ""
        found.append({"重点": head, "序号": str(n), "表述": statement, "情况": more})
    return found


def _read(seen: Seen, by: Actor, at: datetime) -> Read:
    assert seen.standing is not None
    return read_report(report=seen.thing, standing=seen.standing, departments=seen.departments, by=by, at=at)


def _findings(said: Read) -> list[dict[str, str]]:
    return grouped(
        (row.focus.title, sentences(text["phenomenon"]), sentences(text["nature"], text["responsibility"]))
        for row, text in said.findings
    )


def report_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    said, report, task = _read(seen, by, at), seen.thing, seen.task
    assert task is not None
    counts = {
        label: str(model.objects.filter(task=task, **more).count())
        for label, model, more in (
            ("谈话", Talk, {}), ("信访", Complaint, {}), ("调阅", Loan, {"received_at__isnull": False}), ("下沉", Visit, {}),
        )
    }  # fmt: skip
    approved = words.approved_by(day_words(report.approved_on), report.document) if report.approved_on else ""
    return (
        visit_of(task)
        | counts
        | {
            "标记": MARK,
            "主送": words.TO_GROUP,
            "评价": said.overall,
            "问题": _findings(said),
            "建议": lines_in(said.suggestions),
            "审定": approved,
            "日期": day_words(report.issued_on or report.approved_on or report.passed_on or local_day(at)),
        }
    )


def special_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    said, report, task = _read(seen, by, at), seen.thing, seen.task
    assert task is not None
    return visit_of(task) | {
        "标记": MARK,
        "主送": report.department.name,
        "轮次": task.round.name,
        "概述": said.overall,
        "问题": _findings(said),
        "建议": lines_in(said.suggestions),
        "日期": day_words(report.issued_on or report.approved_on or local_day(at)),
    }


def problem_list_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    said, task = _read(seen, by, at), seen.task
    assert task is not None
    cited = cited_by(seen.thing)
    return {
        "标记": MARK,
        "轮次": task.round.name,
        "组别": team_name(task),
        "党组织": task.org.name,
        "问题": numbered(
            {
                "重点": row.focus.title,
                "问题表述": sentences(text["phenomenon"], text["nature"]),
                "定性依据": text["basis"],
                "责任": text["responsibility"],
                "底稿": "、".join(str(draft) for draft in cited.get(row.pk, ())),
            }
            for row, text in said.findings
        ),
    }


def feedback_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    feedback, task = seen.thing, seen.task
    assert task is not None and seen.standing is not None
    said = read_feedback(feedback=feedback, standing=seen.standing, by=by, at=at)
    problems = [
        (_focus(row), sentences(text["statement"]), sentences(text["demand"]))
        for _, row, text in said.problems
    ]
    pack = task.round.rule_pack
    return visit_of(task) | {
        "标记": MARK,
        "评价": said.opening,
        "问题": grouped(sorted(problems, key=lambda one: _rank(one[0], problems))),
        "建议": [
            {"序号": han(n), "内容": text["statement"]} for n, (_, _, text) in enumerate(said.suggestions, 1)
        ],
        "要求": said.demands,
        "方案期限": close_up(rule_words(pack, "plan")),
        "集中整改": close_up(rule_words(pack, "concentrated")),
        "抄送": "、".join(dict.fromkeys(one.receiver for one in feedback.copies.order_by("sent_on", "pk"))),
        "签收人": feedback.receiver.name if feedback.receiver else "",
        "收到时间": day_words(feedback.received_on),
        "日期": day_words(feedback.meeting_on or local_day(at)),
    }  # fmt: skip


def _focus(row: FeedbackItem) -> str:
    return row.focus.title if row.focus else ""


def _rank(focus: str, problems: list[tuple[str, str, str]]) -> int:
    """Those of one focus stand together, where the first of them stood."""
    return next(n for n, one in enumerate(problems) if one[0] == focus)


def agenda_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    feedback, task = seen.thing, seen.task
    assert task is not None
    given = getattr(task, "given", None)
    leader = people_of(members_of(task.round).get(given.team_id, []), "leader") if given else ""
    meeting = getattr(task, "entry_meeting", None)
    head = meeting.secretary.name if meeting else UNSAID
    return {
        "会议": words.meeting_of(team_name(task), task.org.shown),
        "时间": day_words(feedback.meeting_on),
        "地点": "",
        "主持人": "",
        "参加": words.AT_MEETING,
        "议程": numbered(
            {"内容": what, "谁": who.format(leader=leader or UNSAID, head=head)} for what, who in words.AGENDA
        ),
    }
