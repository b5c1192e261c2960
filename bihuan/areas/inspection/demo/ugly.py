"""The ugly world's round: organisations of forty characters, a team of odd names, a focus that never ends; on site now."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from bihuan.areas.inspection.actions.add_member import add_member
from bihuan.areas.inspection.actions.add_task import add_task
from bihuan.areas.inspection.actions.approve_round import approve_round
from bihuan.areas.inspection.actions.approve_term import approve_term
from bihuan.areas.inspection.actions.approve_year import approve_year
from bihuan.areas.inspection.actions.authorise_team import authorise_team
from bihuan.areas.inspection.actions.declare import declare
from bihuan.areas.inspection.actions.enter import enter
from bihuan.areas.inspection.actions.form_team import form_team
from bihuan.areas.inspection.actions.give_task import give_task
from bihuan.areas.inspection.actions.hold_training import hold_training
from bihuan.areas.inspection.actions.keep_framework import keep_framework
from bihuan.areas.inspection.actions.open_round import open_round
from bihuan.areas.inspection.actions.open_term import open_term
from bihuan.areas.inspection.actions.plan_year import plan_year
from bihuan.areas.inspection.actions.pledge import pledge
from bihuan.areas.inspection.actions.post_announcement import post_announcement
from bihuan.areas.inspection.actions.review_year import review_year
from bihuan.areas.inspection.actions.send_notice import send_notice
from bihuan.areas.inspection.models import Member, Round, Task, Team
from bihuan.kernel.actor import SYSTEM, Actor
from bihuan.kernel.moment import local_day
from bihuan.org.actions.open_party_org import open_party_org
from bihuan.org.models import PartyOrg

#: as long as the columns allow, and cut nowhere
NAME = "巡察整改常态化长效化专项监督检查暨安全生产责任落实情况"
LONG = "以往巡视巡察和审计及各类监督检查发现问题的整改落实情况并延伸了解下属单位同类问题"
DOCUMENT = "党委常委会会议纪要（扩大会议暨理论学习中心组专题研讨）〔2026〕第 128 号附件三"
AGO, STAY = 20, 45


def build(world: Any) -> None:
    """Leaves the task in `world.things["inspection"]`; the team is `world.people["office"]`'s to look at."""
    world.things["inspection"] = _Writer(world).task()


class _Writer:
    def __init__(self, world: Any) -> None:
        self.world, self.day = world, local_day(world.at) - timedelta(days=AGO)
        self.at = world.at - timedelta(days=AGO)
        self.office: Actor = world.actor("office")
        self.lead: Actor = world.actor("lead")

    def task(self) -> Task:
        orgs = self._orgs()
        term = open_term(
            title=f"{self.day.year}—{self.day.year + 4}年{NAME}工作规划", first_year=self.day.year,
            last_year=self.day.year + 4, orgs=orgs, by=self.office, at=self.at,
        )  # fmt: skip
        said = {"on": self.day, "document": DOCUMENT, "by": self.lead, "at": self.at}
        term = approve_term(term=term, **said)
        plan = plan_year(term=term, year=self.day.year, by=self.office, at=self.at)
        found = open_round(
            plan=plan, code="UGLY2026LONG", name=f"{self.day.year}年第一轮{NAME}", starts_on=self.day,
            ends_on=self.day + timedelta(days=STAY), by=self.office, at=self.at,
        )  # fmt: skip
        focus = keep_framework(
            title=f"{NAME}重点", items=[f"{n}．{LONG}" for n in range(1, 13)], special=False, by=self.office,
            at=self.at,
        )  # fmt: skip
        tasks = [
            add_task(
                round=found, org=org, mode="regular", framework=focus, from_day=self.day,
                to_day=self.day + timedelta(days=STAY), by=self.office, at=self.at,
            )
            for org in orgs
        ]  # fmt: skip
        review_year(plan=plan, **said)
        found.plan = approve_year(plan=plan, **said)
        found = approve_round(round=found, **said)
        for one in tasks:
            one.round = found
        self._team(found, tasks)
        return self._enter(tasks[0])

    def _orgs(self) -> list[PartyOrg]:
        units = self.world.units
        root = open_party_org(
            code="UDW", name=f"中共{units[0].name}委员会"[:80], kind="committee", parent=None, on=self.day,
            units=[units[0]], by=SYSTEM, at=self.at,
        )  # fmt: skip
        return [
            open_party_org(
                code=f"UDW-{n}", name=f"中共{unit.name}委员会", kind="committee", parent=root, on=self.day,
                units=[unit], in_scope=True, by=SYSTEM, at=self.at,
            )
            for n, unit in enumerate(units[1:5], 1)
        ]  # fmt: skip

    def _team(self, found: Round, tasks: list[Task]) -> Team:
        team = form_team(round=found, by=self.office, at=self.at)
        team.round = found
        for n, key in enumerate(TEAM):
            part = ("leader", "deputy")[n] if n < 2 else "member"
            add_member(team=team, person=self.world.people[key], part=part, by=self.office, at=self.at)
        for task in tasks:
            give_task(task=task, team=team, by=self.office, at=self.at)
        members = list(
            Member.objects.filter(team=team)
            .select_related("person", "round__rule_pack", "team")
            .order_by("pk")
        )
        for member, key in zip(members, TEAM, strict=True):
            declare(member=member, by=self.world.actor(key), at=self.at)
            pledge(member=member, by=self.world.actor(key), at=self.at)
        for n in range(2):
            hold_training(
                round=found, topic=f"{LONG}（第 {n + 1} 讲）", kind="rules", lecturer=members[0].person.name,
                hours=Decimal(8), held_on=self.day, present=[one.person for one in members], by=self.office,
                at=self.at,
            )  # fmt: skip
        authorise_team(team=team, document=DOCUMENT, by=self.lead, at=self.at)
        return team

    def _enter(self, task: Task) -> Task:
        said = {"task": task, "by": self.office, "at": self.at}
        send_notice(number=DOCUMENT[:40], sent_on=self.day, receiver=NAME, **said)
        post_announcement(
            posted_on=self.day, places=LONG, phone="内线 6120、6121、6122、6123，工作日 8:00 至 18:00",
            mailbox=LONG, accepts_until=self.day + timedelta(days=STAY - 5), **said,
        )  # fmt: skip
        return enter(task=task, on=self.day, by=self.office, at=self.at)


#: people of the ugly world in the team, its leader and deputy first
TEAM = ("second", "member", "third", "fourth")
