"""The way of a report from its draft to its issue. Who may take a step depends on the task's team as well as on grants,
so `policies` says it; `permission` is empty where a grant alone does not give it."""

from __future__ import annotations

from bihuan.kernel.steps import Step, StepTable

PLAN, DECIDE, HEAD = "inspection.plan", "inspection.decide", "inspection.head"
DISCIPLINE, PERSONNEL, DEPARTMENT = "inspection.discipline", "inspection.personnel", "inspection.department"
RECTIFY = "problem.rectify"
CHECK = "inspection.check"
#: the mode of a task that looks again at an earlier one
LOOKBACK = "lookback"

DRAFTING, TEAM, OFFICE = "drafting", "team", "office"
LEADING, COMMITTEE, APPROVED, ISSUED = "leading", "committee", "approved", "issued"
_TEAM, _LEADER, _OFFICE, _LEADERS = "组员", "组长", "巡察办", "领导小组成员"

REPORT_STATES = (
    (DRAFTING, "起草中"),
    (TEAM, "待组务会"),
    (OFFICE, "待巡察办审核"),
    (LEADING, "待领导小组审议"),
    (COMMITTEE, "待党委审定"),
    (APPROVED, "党委已审定"),
    (ISSUED, "已印发"),
)
REPORT = StepTable(
    states=REPORT_STATES,
    steps=(
        Step("start", "起草报告", (), DRAFTING, "", _TEAM, event="outcome.report_started"),
        Step("hand_in", "交组务会", (DRAFTING,), TEAM, "", _TEAM, event="outcome.report_handed_in"),
        Step("team", "记组务会通过", (TEAM,), OFFICE, "", _LEADER, event="outcome.report_team"),
        Step("office", "审核通过", (OFFICE,), LEADING, PLAN, _OFFICE, event="outcome.report_office"),
        Step("leading", "记领导小组审议", (LEADING,), COMMITTEE, DECIDE, _LEADERS, event="outcome.report_leading"),
        Step("approve", "记党委审定", (COMMITTEE,), APPROVED, DECIDE, _LEADERS, event="outcome.report_approved"),
        Step("issue", "印发", (APPROVED,), ISSUED, PLAN, _OFFICE, event="outcome.report_issued"),
        Step(
            "return", "退回修改", (TEAM, OFFICE, LEADING, COMMITTEE, APPROVED), DRAFTING, "", "当时该审的人",
            event="outcome.report_returned",
        ),
    ),
)  # fmt: skip
#: from here on the text does not change
DONE = (APPROVED, ISSUED)

PREPARING, REVIEWING, RETURNED, AGREED, IN_FORCE = "preparing", "reviewing", "returned", "agreed", "in_force"
_ORG, _HEAD, _MERGERS = "被巡察党组织", "整改领导小组组长", "巡察办或纪检机构"
PLAN_STATES = (
    (PREPARING, "编制中"),
    (REVIEWING, "会审中"),
    (RETURNED, "退回修改"),
    (AGREED, "会审通过"),
    (IN_FORCE, "实施中"),
)
#: the way of a rectification plan (整改方案)
RECT_PLAN = StepTable(
    states=PLAN_STATES,
    steps=(
        Step("prepare", "编整改方案", (), PREPARING, RECTIFY, _ORG, event="outcome.plan_prepared"),
        Step("submit", "报会审", (PREPARING, RETURNED), REVIEWING, RECTIFY, _HEAD, event="outcome.plan_submitted"),
        Step("return", "退回修改", (REVIEWING,), RETURNED, "", _MERGERS, event="outcome.plan_returned"),
        Step("agree", "会审通过", (REVIEWING,), AGREED, "", _MERGERS, event="outcome.plan_agreed"),
        Step("start", "印发实施", (AGREED,), IN_FORCE, RECTIFY, _ORG, event="outcome.plan_started"),
    ),
)  # fmt: skip
PLAN_AGREED = (AGREED, IN_FORCE)
