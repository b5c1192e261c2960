"""A round from the year plan to the day a team has left: the office and a leader, each at a desk."""

from __future__ import annotations

from bihuan.areas.inspection.models import Round, Task
from bihuan.areas.inspection.reads import coverage_of
from bihuan.areas.inspection.tests.story import MEETING
from bihuan.kernel.actor import SYSTEM
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.tests.world import SINCE


def test_a_round_is_planned_decided_and_lived_through(world, people, clock, camera):
    grant_role(
        role="inspection_lead", unit=world.unit("group"), person=world.person("leader"), from_day=SINCE,
        by=SYSTEM, at=world.at,
    )  # fmt: skip
    office, leader = people("inspection_officer"), people("leader")

    def meeting(place: str, button: str, confirm: str = "记下") -> None:
        leader.go(place)
        leader.press(button)
        leader.fill(on="2026-11-19", document=MEETING)
        leader.press(confirm)

    office.go("/inspection/")
    office.sees("还没有五年规划")
    office.press("立五年规划")
    office.press("立规划")
    office.sees("规划立好了")
    meeting("/inspection/", "记党委批准", "记批准")
    office.go("/inspection/frameworks/")
    office.press("定一组重点")
    office.fill(title="四个落实", items="上级决策部署落实\n从严治党责任落实")
    office.press("保存")
    office.go("/inspection/")
    office.press("编年度计划")
    office.press("开始编")
    office.press("立轮次")
    office.fill(name="2026年第一轮巡察", starts_on="2026-11-20", ends_on="2027-01-31")
    office.press("立轮次")
    office.sees("轮次立好了", "本轮还没有任务")
    office.press("列入任务")
    office.page.locator("[name='org']").select_option(str(world.party["mill"].pk))
    office.page.locator("[name='framework']").select_option(label="四个落实")
    office.fill(from_day="2026-11-20", to_day="2026-12-31")
    office.press("列入")
    office.sees("热轧厂党总支")
    leader.go("/inspection/rounds/R1/")
    leader.sees("2026年度计划还没有批准")
    meeting("/inspection/", "记审议")
    meeting("/inspection/", "记批准")
    meeting("/inspection/rounds/R1/", "记批准", "记批准")
    office.go("/inspection/rounds/R1/")
    office.press("记进驻")
    office.press("记进驻")
    office.sees("进驻记下了")
    assert camera.look(office.page, "inspection-entered") == []
    clock.shift(30 * 24 * 3600)
    office.go("/inspection/rounds/R1/")
    office.press("记离场")
    office.press("记离场")
    office.sees("离场记下了")
    found = Round.objects.get()
    assert found.state == "reporting" and Task.objects.get().left_on is not None
    covered = coverage_of(found.plan.term, found.ends_on)
    assert (covered.done, covered.total) == (1, 1)
    office.go("/inspection/")
    office.sees("100.00%")
