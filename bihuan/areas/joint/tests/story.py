"""A shared visit in the world of the tests: safety and audit come along to the hot mill."""

from __future__ import annotations

from datetime import timedelta

from bihuan.areas.inspection.tests.story import Story
from bihuan.areas.joint.actions.add_part import add_part
from bihuan.areas.joint.actions.plan_joint import plan_joint
from bihuan.areas.joint.actions.report_part import report_part
from bihuan.areas.joint.actions.start_joint import start_joint
from bihuan.areas.joint.models import JointPart, JointTask
from bihuan.kernel.actor import SYSTEM
from bihuan.org.actions.add_person import add_person
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.actions.open_account import open_account
from bihuan.org.actions.open_unit import NewUnit, open_units
from bihuan.org.tests.world import PASSWORD, SINCE, World

AUDIT = "审计部"


class Joint:
    """`audit` and `safety` stand for two departments; the outsider of the world for none."""

    def __init__(self, world: World, *, accounts: bool = True) -> None:
        self.world, self.at, self.day = world, world.at, world.day
        self.story = Story(world)
        self.office = self.story.office
        (world.units["audit_dept"],) = open_units(
            units=[NewUnit("SJ", AUDIT, "department", "JT", "")], on=SINCE, by=SYSTEM, at=world.at
        )
        self._officer("audit", "2201", "江海平", "audit_dept", accounts)
        self._officer("safety", "2202", "白万山", "safety_dept", accounts)

    def _officer(self, word: str, staff_no: str, name: str, unit: str, accounts: bool) -> None:
        world = self.world
        person = add_person(
            staff_no=staff_no,
            name=name,
            unit=world.unit(unit),
            title="部长",
            on=SINCE,
            by=SYSTEM,
            at=world.at,
        )
        grant_role(
            role="department_officer",
            unit=world.unit(unit),
            person=person,
            from_day=SINCE,
            by=SYSTEM,
            at=world.at,
        )
        world.people[word] = person
        if accounts:
            world.accounts[word], _ = open_account(
                person=person, username=word, password=PASSWORD, must_change=False, by=SYSTEM, at=world.at
            )

    def planned(self, code: str = "R1") -> JointTask:
        task = self.story.task(self.story.round(code))
        return plan_joint(
            task=task, title=f"热轧厂巡审联动 {code}", plan="一次进驻", by=self.office, at=self.at
        )

    def part(self, joint: JointTask, word: str = "audit") -> JointPart:
        unit = self.world.unit(f"{word}_dept")
        return add_part(
            joint=joint, unit=unit, leader=self.world.person(word), looks_into=f"{unit}看的方面",
            due_on=self.day + timedelta(days=20), by=self.office, at=self.at,
        )  # fmt: skip

    def under_way(self, *words: str) -> JointTask:
        joint = self.planned()
        for word in words or ("audit", "safety"):
            self.part(joint, word)
        return start_joint(joint=joint, by=self.office, at=self.at)

    def report(self, joint: JointTask, word: str, **more) -> JointPart:
        part = joint.parts.select_related("joint", "unit").get(unit=self.world.unit(f"{word}_dept"))
        said = {"received_on": self.day, "number": f"{word}〔2025〕1 号", **more}
        return report_part(part=part, by=self.world.actor(word), at=self.at, **said)
