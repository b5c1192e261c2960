"""Which step leads from which state to which: for a year plan and for a round."""

from __future__ import annotations

from bihuan.kernel.steps import Step, StepTable

DRAFT, REVIEWED, APPROVED = "draft", "reviewed", "approved"
ONSITE, REPORTING, ARCHIVED, CANCELLED = "onsite", "reporting", "archived", "cancelled"

PLAN = "inspection.plan"
DECIDE = "inspection.decide"
_OFFICE, _LEADERS = "巡察办", "领导小组成员"

YEAR_STATES = ((DRAFT, "编制中"), (REVIEWED, "领导小组已审议"), (APPROVED, "已批准"))
YEAR = StepTable(
    states=YEAR_STATES,
    steps=(
        Step("plan_year", "编年度计划", (), DRAFT, PLAN, _OFFICE, event="inspection.year_planned"),
        Step(
            "review", "记领导小组审议", (DRAFT,), REVIEWED, DECIDE, _LEADERS, event="inspection.year_reviewed"
        ),
        Step(
            "approve", "记党委批准", (REVIEWED,), APPROVED, DECIDE, _LEADERS, event="inspection.year_approved"
        ),
        Step("return", "退回重编", (REVIEWED,), DRAFT, DECIDE, _LEADERS, event="inspection.year_returned"),
    ),
)

ROUND_STATES = (
    (DRAFT, "拟定中"),
    (APPROVED, "已批准"),
    (ONSITE, "进驻了解"),
    (REPORTING, "已离场"),
    (ARCHIVED, "已归档"),
    (CANCELLED, "已取消"),
)
ROUND = StepTable(
    states=ROUND_STATES,
    steps=(
        Step("open_round", "立轮次", (), DRAFT, PLAN, _OFFICE, event="inspection.round_opened"),
        Step("approve", "批准方案", (DRAFT,), APPROVED, DECIDE, _LEADERS, event="inspection.round_approved"),
        Step("enter", "进驻", (APPROVED, ONSITE), ONSITE, PLAN, _OFFICE, event="inspection.entered"),
        Step("leave", "离场", (ONSITE,), ONSITE, PLAN, _OFFICE, also=(REPORTING,), event="inspection.left"),
        Step("archive", "归档", (REPORTING,), ARCHIVED, PLAN, _OFFICE, event="inspection.archived"),
        Step("cancel", "取消", (DRAFT, APPROVED), CANCELLED, DECIDE, _LEADERS, event="inspection.round_cancelled"),
    ),
)  # fmt: skip
#: a round whose tasks may still be added or taken out
OPEN_TO_CHANGE = (DRAFT,)

ASKED, ANSWERED, RETURNED = "asked", "answered", "returned"
DEPARTMENT, DISCIPLINE, PERSONNEL = "inspection.department", "inspection.discipline", "inspection.personnel"
BRIEFING_STATES = ((ASKED, "等部门报"), (ANSWERED, "已报"), (RETURNED, "退回补充"))
BRIEFING = StepTable(
    states=BRIEFING_STATES,
    steps=(
        Step("ask", "请部门通报情况", (), ASKED, PLAN, _OFFICE, event="inspection.briefing_asked"),
        Step(
            "answer", "报情况通报", (ASKED, RETURNED), ANSWERED, DEPARTMENT, "被请的部门",
            event="inspection.briefing_answered",
        ),
        Step("return", "退回补充", (ANSWERED,), RETURNED, PLAN, _OFFICE, event="inspection.briefing_returned"),
    ),
)  # fmt: skip
#: the department still owes an answer
OWED = (ASKED, RETURNED)
#: a round that is being prepared or is on site, decided upon: departments are asked, teams read
ALIVE = (APPROVED, ONSITE)
#: over on site
OVER = (REPORTING, ARCHIVED)
