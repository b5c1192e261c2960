"""A check team of the upper level comes to look at the hot mill: three people, accounts and grants of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bihuan.areas.outcome.actions.open_check import open_check
from bihuan.areas.outcome.models import CheckVisit
from bihuan.kernel.actor import SYSTEM
from bihuan.org.actions.add_person import add_person
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.actions.open_unit import open_unit
from bihuan.org.models import Unit
from bihuan.org.tests.world import World

from .closing_story import Closing
from .story import OFFICE

CHECKERS = (("checker", "尉迟明远"), ("second_checker", "司徒静怡"), ("third_checker", "欧阳立新"))
TERM = timedelta(days=6)


class Checking(Closing):
    """The first problem is closed with proof, the second one is being rectified."""

    def __init__(self, world: World, *, begun: bool = True) -> None:
        super().__init__(world)
        admin = world.actor("system_admin")
        unit = open_unit(
            code="SJXS", name="上级巡视检查组", kind="department", parent=world.unit("group"), on=world.day, by=admin,
            at=world.at,
        )  # fmt: skip
        for n, (word, name) in enumerate(CHECKERS, 1):
            self.visitor(word, name, f"99{n:02d}", unit)
        if begun:
            self.measured()
            self.closed(self.problems[0])

    def visitor(self, word: str, name: str, staff_no: str, unit: Unit) -> None:
        world = self.world
        made = add_person(
            staff_no=staff_no, name=name, unit=unit, title="检查组成员", on=world.day, by=SYSTEM, at=world.at
        )
        world.people[word] = self.around[word] = made
        grant_role(
            role="upper_checker", unit=world.unit("group"), person=made, from_day=self.day,
            to_day=self.day + timedelta(days=60), by=world.actor("security_admin"), at=world.at,
        )  # fmt: skip

    def visit(self, **more: Any) -> CheckVisit:
        said = {
            "body": "省国资委党委巡视办", "document": "国资巡函〔2025〕17 号", "tasks": [self.task],
            "members": [self.world.person("checker"), self.world.person("second_checker")],
            "from_on": self.day, "until_on": self.day + TERM, "by": self.actor(OFFICE), "at": self.at,
        }  # fmt: skip
        return open_check(**said | more)


def pages(checking: Checking, visit: CheckVisit) -> list[str]:
    """All that a check may open."""
    base, problem = f"/outcome/checks/{visit.pk}/", checking.problems[0]
    task = f"{base}tasks/{checking.task.pk}/"
    file = f"{base}problems/{problem.number}/files/{problem.attachments.first().pk}/"
    papers = [f"{task}{what}/" for what in ("plan", "reports", "evaluation", "publication")]
    return [base, task, *papers, f"{base}problems/{problem.number}/", file, f"{task}packs/new/"]
