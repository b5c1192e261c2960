"""The facts a paper is filled with, each under the name the template calls it by."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bihuan.kernel.calendar import DAY_TYPE_LABELS
from bihuan.kernel.moment import CHINA, local_day
from bihuan.org.models import Unit
from bihuan.problems import words
from bihuan.problems.lists.looks import source_label
from bihuan.problems.models import Addressee, Attachment, Closure, Letter, Problem, Submission

_NONE = "（没有写）"
_RESTRICTED = "（限知悉，凭编号在系统内查看）"


def day_words(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "未定"


def moment_words(at: datetime | None) -> str:
    return f"{day_words(local_day(at))} {at.astimezone(CHINA):%H:%M}" if at else ""


def _base(problem: Problem) -> dict[str, Any]:
    """What every paper may say of a problem. A restricted one's content never leaves on paper."""
    shut = problem.secrecy != "normal"
    return {
        "发文机关": _organ(problem),
        "责任单位": problem.unit.name,
        "责任人": problem.lead.name if problem.lead else problem.lead_text or "未定",
        "督办部门": problem.supervisor.name if problem.supervisor else "未定",
        "问题编号": problem.number,
        "问题表述": _RESTRICTED if shut else problem.statement,
        "地点": _RESTRICTED if shut else problem.place or _NONE,
        "依据": _RESTRICTED if shut else problem.basis or _NONE,
        "整改要求": "" if shut else problem.demand.strip().rstrip("。"),
        "等级": problem.get_grade_display(),
        "整改类型": problem.get_timing_display(),
        "整改进度": problem.get_progress_display(),
        "来源": source_label(problem),
        "期限": day_words(problem.due_on),
        "首次期限": day_words(problem.first_due_on),
    }


def _organ(problem: Problem) -> str:
    """Who the paper comes from: the supervising department, else the group itself."""
    if problem.supervisor is not None:
        return problem.supervisor.name
    root = Unit.objects.filter(parent=None).exclude(path=None).order_by("id").first()
    return root.name if root else problem.unit.name


def letter_facts(letter: Letter, day: date) -> dict[str, Any]:
    """For one letter; `day` stands on it as long as it has not gone out. Four queries."""
    problem = letter.problem
    rows = list(letter.addressees.select_related("person__unit").order_by("id"))
    return _base(problem) | {
        "文种": letter.title,
        "文号": letter.number or "",
        "颜色": words.LETTER_COLOURS.get(letter.colour, ""),
        "主送": _to(letter, rows),
        "抄送": _copies(letter, rows),
        "责任单位": letter.unit.name,
        "期限": day_words(letter.due_on),
        "逾期": f"已逾期 {letter.days} {DAY_TYPE_LABELS.get(letter.day_type, '天')}",
        "天数": letter.days,
        "此前函件": _earlier(letter),
        "日期": day_words(local_day(letter.issued_at) if letter.issued_at else day),
        "签收人": letter.received_by.name if letter.received_by else "",
        "签收时间": moment_words(letter.received_at),
        "签收意见": letter.receipt,
    }


def _to(letter: Letter, rows: list[Addressee]) -> str:
    """A person's name for the owner and the leader; the unit for its head: the office is written to, not the man."""
    names = [row.person.name for row in rows if row.kind == Addressee.Kind.TO]
    if letter.addressed in ("owner", "leader") and names:
        return "、".join(names)
    return letter.unit.name


def _copies(letter: Letter, rows: list[Addressee]) -> str:
    said: list[str] = []
    for row in rows:
        if row.kind != Addressee.Kind.COPY:
            continue
        department = letter.problem.supervisor
        if row.role == "supervisor":
            said.append(department.name if department else words.LETTER_ROLES["supervisor"])
        elif row.role == "head":
            said.append(letter.unit.name)
        else:
            said.append(row.person.name)
    return "、".join(dict.fromkeys(said)) or "无"


def _earlier(letter: Letter) -> str:
    before = (
        Letter.objects.filter(problem=letter.problem_id, round=letter.round, number__isnull=False)
        .filter(rank__lt=letter.rank, due_on=letter.due_on, unit=letter.unit_id)
        .exclude(state=Letter.State.CANCELLED)
        .order_by("rank", "id")
    )
    return "、".join(f"{one.title}（{one.number}，{day_words(local_day(one.issued_at))}）" for one in before)


def notice_facts(problem: Problem, day: date) -> dict[str, Any]:
    facts = _base(problem)
    return facts | {"整改要求": facts["整改要求"] or "按期整改到位，举一反三", "日期": day_words(day)}


def closing_facts(problem: Problem) -> dict[str, Any]:
    """For a closed problem. Five queries."""
    shut = problem.secrecy != "normal"
    closure = (
        Closure.objects.filter(problem=problem).select_related("done_by").order_by("-round", "-id").first()
    )
    asked = (
        Submission.objects.filter(problem=problem).select_related("done_by").order_by("-round", "-id").first()
    )
    files = Attachment.objects.filter(problem=problem, round=problem.round, role__in=("evidence", "after"))
    measures = problem.measures.select_related("owner").order_by("order")
    lines = [
        f"{one.order}. {one.text}（{one.owner.name if one.owner else one.owner_text or '未定'}）"
        for one in measures
    ]
    return _base(problem) | {
        "整改措施": _RESTRICTED if shut else "\n".join(lines) or "没有另定措施",
        "整改情况": _RESTRICTED if shut else (asked.text if asked else "") or _NONE,
        "申请人": asked.done_by.name if asked and asked.done_by else "",
        "申请时间": moment_words(asked.done_at if asked else None),
        "佐证": f"{files.count()} 件，存系统备查",
        "核验意见": _RESTRICTED if shut else (closure.text if closure else "") or "同意销号",
        "核验人": closure.done_by.name if closure and closure.done_by else "",
        "销号时间": moment_words(closure.done_at if closure else problem.closed_at),
        "日期": day_words(local_day(problem.closed_at)) if problem.closed_at else "",
    }
