"""Which step leads a joint task from which state to which. A part has one moment of its own: its report came."""

from __future__ import annotations

from bihuan.kernel.steps import Step, StepTable

PLANNED, UNDER_WAY, CLOSED, DROPPED = "planned", "under_way", "closed", "dropped"
VIEW, PLAN = "inspection.view", "inspection.plan"
DEPARTMENT, DISCIPLINE, PERSONNEL = "inspection.department", "inspection.discipline", "inspection.personnel"
#: who stands for a body of the house beside the inspection office
BODIES = (DEPARTMENT, DISCIPLINE, PERSONNEL)
DECIDE = "inspection.decide"
_OFFICE = "巡察办"

STATES = ((PLANNED, "拟定中"), (UNDER_WAY, "进行中"), (CLOSED, "已办结"), (DROPPED, "不办了"))
JOINT = StepTable(
    states=STATES,
    steps=(
        Step("plan_joint", "立联动任务", (), PLANNED, PLAN, _OFFICE, event="joint.planned"),
        Step("start", "开始", (PLANNED,), UNDER_WAY, PLAN, _OFFICE, event="joint.started"),
        Step("close", "办结", (UNDER_WAY,), CLOSED, PLAN, _OFFICE, event="joint.closed"),
        Step("drop", "不办了", (PLANNED,), DROPPED, PLAN, _OFFICE, event="joint.dropped"),
    ),
)
#: bodies may still join
OPEN = (PLANNED, UNDER_WAY)
