"""What will be checked, shown before it is needed: 四不放过, the five guarantees, evidence per measure.

Source: 4 checks of the review of plans (问题不放过、措施不放过、期限不放过、责任不放过); 安全生产法 art. 41
and the five parts of a major hazard's plan for the guarantees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bihuan.problems.models import Closure, Guarantees, Measure, Problem

_SYSTEM = re.compile(r"(修订|制定|建立|完善|健全|印发|出台).{0,20}(制度|办法|规定|规程|细则|机制|方案)")
_GUARANTEES = (
    ("duty", "责任"),
    ("measures", "措施"),
    ("funds", "资金"),
    ("time_limit", "时限"),
    ("emergency_plan", "预案"),
)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a check list: what, whether it holds, and in numbers what is missing.

    `mends` is "files" where handing in files is all that is missing: then the form that takes them stays open.
    """

    label: str
    ok: bool
    detail: str = ""
    todo: str = ""
    mends: str = ""


def checks_before(step: str, problem: Problem) -> list[Check]:
    """The checks of `plan`, `approve`, `submit` or `close`; empty for every other step."""
    measures = sorted(problem.measures.all(), key=lambda measure: measure.order)
    if step in ("plan", "approve"):
        return _plan_checks(problem, measures) + (
            _major_before_approval(problem) if step == "approve" else []
        )
    if step in ("submit", "close"):
        return _done_checks(problem, measures) + (_major_before_closing(problem) if step == "close" else [])
    return []


def _plan_checks(problem: Problem, measures: list[Measure]) -> list[Check]:
    n = len(measures)
    no_owner = [m.order for m in measures if m.owner_id is None]
    no_due = [m.order for m in measures if m.due_on is None]
    vague = [m.order for m in measures if not m.standard.strip()]
    beyond = [m.order for m in measures if m.due_on and problem.due_on and m.due_on > problem.due_on]
    long_term = problem.timing == "long_term"
    checks = [
        Check("问题逐条对应", bool(problem.statement.strip()), "原文照录"),
        Check(
            "措施具体可查",
            n > 0 and not vague,
            _which(n, vague, "没有结果标准"),
            "给每条措施写上能查验的结果标准",
        ),
        Check(
            "责任落实到人",
            n > 0 and not no_owner and problem.lead_id is not None,
            _which(n, no_owner, "没有责任人") if problem.lead_id else "还没有定责任领导",
            "定一名责任领导，每条措施定一人",
        ),
        Check(
            "期限明确",
            n > 0 and not no_due and (long_term or not beyond),
            _which(n, no_due, "没有期限") if no_due or long_term else _which(n, beyond, "晚于问题期限"),
            "每条措施的期限不晚于问题期限",
        ),
    ]
    if long_term:
        checks.append(
            Check("长期坚持有阶段目标", bool(problem.stage_goals.strip()), "", "写上阶段目标和检查节点")
        )
    return checks


def _which(n: int, bad: list[int], words: str) -> str:
    if n == 0:
        return "还没有措施"
    if not bad:
        return f"{n} 条都有"
    return f"第 {'、'.join(str(order) for order in bad)} 条{words}"


def _done_checks(problem: Problem, measures: list[Measure]) -> list[Check]:
    n = len(measures)
    done = [m for m in measures if m.progress == "done"]
    files = [file for file in problem.attachments.all() if file.round == problem.round]
    proving = {file.measure_id for file in files if file.role in ("evidence", "after")}
    proofs, general = proving - {None}, None in proving
    proven = [m for m in measures if m.pk in proofs] if n > 1 else (measures if general or proofs else [])
    checks = (
        [Check(f"措施自报完成 {len(done)}/{n}", len(done) == n, "", "先把没完成的措施办完并报进度")]
        if n
        else []
    )
    checks += [
        Check(
            f"佐证齐全 {len(proven)}/{n}" if n else "佐证",
            len(proven) == n if n else general,
            "" if n else "有" if general else "还没有",
            "给没有佐证的措施传上照片或文件",
            mends="files",
        ),
    ]
    systems = [m for m in measures if _SYSTEM.search(m.text)]
    if systems:
        numbered = [m for m in systems if m.document_no.strip()]
        checks.append(
            Check(
                f"制度有文号 {len(numbered)}/{len(systems)}",
                len(numbered) == len(systems),
                "",
                "补填制度文号",
            )
        )
    if problem.timing == "long_term":
        checks.append(
            Check(
                "长期坚持有阶段目标",
                bool(problem.stage_goals.strip()),
                "",
                "写上阶段目标，按节点检查，不按日期销号",
            )
        )
    return checks


def _major_before_approval(problem: Problem) -> list[Check]:
    if not problem.is_major:
        return []
    kept = Guarantees.objects.filter(problem=problem).first() or Guarantees()
    missing = [label for name, label in _GUARANTEES if not getattr(kept, name).strip()]
    return [
        Check(
            f"五落实 {5 - len(missing)}/5",
            not missing,
            f"缺{'、'.join(missing)}" if missing else "",
            "补齐五落实",
        ),
        Check("临时防范措施", bool(kept.interim_controls.strip()), "", "写明整改期间怎样防范"),
        Check("停产与否已定", kept.stops_production is not None, "", "写明是否停产停用"),
        Check(
            "已向监管部门和职代会报告",
            bool(kept.authority_report.strip() and kept.congress_report.strip()),
            "",
            "记下报告的时间和对象",
        ),
    ]


def _major_before_closing(problem: Problem) -> list[Check]:
    if not problem.is_major:
        return []
    kept = Guarantees.objects.filter(problem=problem).first()
    last = (
        Closure.objects.filter(problem=problem).order_by("-done_at").values_list("done_at", flat=True).first()
    )
    done = bool(kept and kept.evaluated_at and (last is None or kept.evaluated_at > last))
    return [Check("治理效果已评估", done, "", "由督办部门组织评估并记下结论")]
