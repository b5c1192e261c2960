"""A team on site in the hot mill: a leader, a deputy, two members; and everybody of the table who stands around it."""

from __future__ import annotations

from bihuan.areas.inspection.actions.authorise_team import authorise_team
from bihuan.areas.inspection.actions.enter import enter
from bihuan.areas.inspection.actions.give_task import give_task
from bihuan.areas.inspection.models import Focus, Task
from bihuan.areas.inspection.tests.story import Story
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.actions.discuss_draft import discuss_draft
from bihuan.areas.onsite.actions.hand_in_draft import hand_in_draft
from bihuan.areas.onsite.actions.hold_talk import hold_talk
from bihuan.areas.onsite.actions.review_draft import review_draft
from bihuan.areas.onsite.actions.sign_draft import sign_draft
from bihuan.areas.onsite.actions.write_draft import write_draft
from bihuan.areas.onsite.models import Draft, Talk
from bihuan.areas.onsite.reads import standing_of
from bihuan.kernel.actor import SYSTEM
from bihuan.org.actions.add_person import add_person
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.models import Person
from bihuan.org.reads import actor_for
from bihuan.org.tests.world import SINCE, World

#: a text that may occur nowhere but on the page of who may read it
SECRET = "厂长在停产检修时私下收受承包商购物卡"
SAID = {
    "who": "某车间工人", "post": "看火工", "place": "招待所二楼", "outline": "谈安全投入",
    "record": f"他说：{SECRET}",
}  # fmt: skip
DRAFT = {
    "title": f"{SECRET}，安全投入被挪用",
    "fact": "2025年6月检修期间，安全费用 12 万元列支为招待费",
    "process": "调阅凭证发现，谈话核实",
    "basis": "《企业安全生产费用提取和使用管理办法》第四条",
    "nature": "安全费用挪作他用",
    "evidence": [{"name": "6 月第 31 号凭证", "number": "证01", "kind": "voucher"}],
    "parties": [{"who": "热轧厂", "kind": "main"}],
}
#: word, name, role and unit of its grant
AROUND = (
    ("team_leader", "江海平", "supervisor", "group"),
    ("deputy", "郑玉林", "supervisor", "group"),
    ("member", "邹敏慧", "supervisor", "group"),
    ("other_member", "熊立明", "supervisor", "group"),
    ("registrar", "金思远", "clue_registrar", "group"),
    ("leading", "陆振江", "inspection_lead", "group"),
    ("head", "郝天佑", "inspection_head", "group"),
    ("discipline", "姜知远", "discipline_officer", "group"),
    ("personnel", "孔瑞林", "personnel_officer", "group"),
    ("department", "白万山", "department_officer", "safety_dept"),
)


class Onsite(Story):
    """The team has entered the hot mill; `standing(word)` is as what somebody stands towards its task."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.around: dict[str, Person] = {}
        for n, (word, name, role, unit) in enumerate(AROUND, 1):
            made = add_person(
                staff_no=f"81{n:02d}", name=name, unit=world.unit("inspection_dept"), title="干事",
                on=SINCE, by=SYSTEM, at=world.at,
            )  # fmt: skip
            grant_role(
                role=role, unit=world.unit(unit), person=made, from_day=SINCE,
                by=world.actor("security_admin"), at=world.at,
            )  # fmt: skip
            world.people[word] = self.around[word] = made
        self.task = self._entered()

    def _entered(self) -> Task:
        found = self.round()
        task = self.task_of(found)
        self.decide(found)
        task.round = found
        team = self.team(found, "team_leader")
        self.member(team, "deputy", "deputy")
        for word in ("member", "other_member"):
            self.member(team, word)
        give_task(task=task, team=team, by=self.office, at=self.at)
        self.own(team)
        authorise_team(team=team, document="晋岭巡组〔2025〕1 号", by=self.lead, at=self.at)
        self.papers(task)
        return enter(task=task, on=self.day, by=self.office, at=self.at)

    def task_of(self, round) -> Task:
        return Story.task(self, round)

    def actor(self, word: str):
        return actor_for(self.world.person(word), at=self.at)

    def standing(self, word: str) -> Standing:
        return standing_of(self.task, self.actor(word), self.day)

    def as_(self, word: str) -> dict:
        """`standing`, `by` and `at` of an action."""
        return {"standing": self.standing(word), "by": self.actor(word), "at": self.at}

    @property
    def focus(self) -> Focus:
        return self.task.framework.items.order_by("order").first()

    def talk(self, lead: str = "member", second: str = "deputy", **more) -> Talk:
        return hold_talk(
            task=self.task, on=self.day, said=SAID, lead=self.world.person(lead),
            second=self.world.person(second), **more, **self.as_(lead),
        )  # fmt: skip

    def draft(self, to: str = "written", said: dict | None = None) -> Draft:
        """A draft taken as far as `to`."""
        made = write_draft(task=self.task, focus=self.focus, said=said or DRAFT, **self.as_("member"))
        steps = (
            ("handed_in", lambda: hand_in_draft(draft=made, **self.as_("member"))),
            ("reviewed", lambda: review_draft(draft=made, **self.as_("deputy"))),
            (
                "discussed",
                lambda: discuss_draft(draft=made, on=self.day, opinion="同意", **self.as_("team_leader")),
            ),
            ("signed", lambda: sign_draft(draft=made, **self.as_("team_leader"))),
        )
        for state, do in steps if to != "written" else ():
            do()
            if state == to:
                break
        return made
