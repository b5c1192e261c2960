"""Joint supervision of the demo group: the matrix with who holds which body, and two visits that are shared."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from bihuan.areas.inspection.models import Task
from bihuan.areas.joint.actions.add_part import add_part
from bihuan.areas.joint.actions.map_body import map_body
from bihuan.areas.joint.actions.plan_joint import plan_joint
from bihuan.areas.joint.actions.publish_matrix import publish_matrix
from bihuan.areas.joint.actions.report_part import report_part
from bihuan.areas.joint.actions.share_report import share_report
from bihuan.areas.joint.actions.start_joint import start_joint
from bihuan.areas.joint.models import JointTask
from bihuan.areas.joint.reads import shipped
from bihuan.kernel.moment import CHINA, local_day
from bihuan.org.demo.group import Group
from bihuan.org.models import Person

_BODIES = (
    ("office", "XCB"), ("discipline", "JJ"), ("personnel", "ZZ"), *(("department", code) for code in
    ("SJ", "CW", "FW", "AQ", "HB", "SB", "XF", "XC")),
)  # fmt: skip
_PLAN = (
    "一次进驻，一个动员会；巡察组牵头，每周五碰头一次。\n"
    "台账、合同、凭证调阅一次，登记后各方共用；谈话和来信只由巡察组办。\n"
    "同一件事只写一次，谁先查到谁写，别的报告引用文号。"
)


def build(world: Any) -> None:
    writer = _Writer(world.things["org"], world.at)
    writer.rules()
    tasks = {task.org.code: task for task in Task.objects.filter(round=world.things["inspection"]["R2"])
             .select_related("org", "round")}  # fmt: skip
    writer.under_way(tasks["DW-LG2"])
    writer.planned(tasks["DW-GM"])


class _Writer:
    def __init__(self, group: Group, at: datetime) -> None:
        self.group, self.at, self.today = group, at, local_day(at)
        self.office = group.actor(group.person("高文静"))

    def _moment(self, days_ago: int) -> datetime:
        return datetime.combine(self.today - timedelta(days=days_ago), time(10, 20), CHINA)

    def rules(self) -> None:
        since = self.group.since + timedelta(days=20)
        at = datetime.combine(since, time(9, 40), CHINA)
        map_body(body="committee", org=self.group.party["DW"], on=since, by=self.office, at=at)
        for body, code in _BODIES:
            map_body(body=body, unit=self.group.units[code], on=since, by=self.office, at=at)
        title = "巡察工作领导小组工作规则"
        publish_matrix(title=title, from_day=since, duties=shipped()["duties"], by=self.office, at=at)

    def _joint(self, task: Task, title: str, days_ago: int) -> JointTask:
        at = self._moment(days_ago)
        return plan_joint(task=task, title=title, plan=_PLAN, by=self.office, at=at)

    def _part(self, joint: JointTask, code: str, leader: Person, looks_into: str, due: date, days_ago: int):
        return add_part(
            joint=joint, unit=self.group.units[code], leader=leader, looks_into=looks_into, due_on=due, by=self.office,
            at=self._moment(days_ago),
        )  # fmt: skip

    def under_way(self, task: Task) -> None:
        """Audit still owes its report; safety has sent what it knew beforehand and shared it."""
        joint = self._joint(task, "炼钢二厂巡察审计安全联动", 9)
        person = self.group.person
        audit = "厂长任期经济责任、废钢采购和工程结算"
        self._part(joint, "SJ", person("江海平"), audit, task.to_day, 8)
        safety = self._part(
            joint, "AQ", person("郝立明"), "煤气和起重隐患整改是否到位", task.from_day + timedelta(days=5), 8
        )
        start_joint(joint=joint, by=self.office, at=self._moment(7))
        safety.joint = joint
        own = self.group.actor(person("郝立明"))
        number = f"安全监〔{self.today.year}〕31 号"
        said = {"by": own, "at": self._moment(1)}
        report_part(part=safety, received_on=self.today - timedelta(days=1), number=number, **said)
        share_report(part=safety, **said)

    def planned(self, task: Task) -> None:
        joint = self._joint(task, "国贸公司巡察审计联动", 5)
        self._part(joint, "SJ", self.group.person("江海平"), "进口合同和资金往来", task.to_day, 5)
        head = self.group.staff.of("FW", "head")[0]
        self._part(joint, "FW", head, "合同纠纷和诉讼", task.to_day, 5)
