"""A round from the year plan to the day a team has left: the office, a leader and the members of a team."""

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
    office.press("建一个组")
    office.sees("第一巡察组建好了")
    for number, part in (("2001", "组长"), ("2002", "组员"), ("3002", "组员")):
        office.press("加人")
        office.fill(person=number, part=part)
        office.press("列入")
        office.sees("列入了，请本人申报")
    office.press("定组")
    office.fill(team="第一巡察组")
    office.press("定组")
    office.sees("还差 7 项")
    assert camera.look(office.page, "inspection-team") == []
    for word in ("safety_officer", "second_officer", "liaison"):
        member = people(word)
        member.go("/")
        member.press("申报、签承诺")
        member.press("申报")
        member.press("申报，情况属实")
        member.sees("申报记下了")
        member.press("签承诺书")
        member.press("我承诺，签名")
        member.sees("签了")
        if word == "liaison":
            member.sees("现在热轧厂工作", "等领导小组认定")
            assert camera.look(member.page, "inspection-mine") == []
    for topic in ("巡察工作条例", "谈话和底稿"):
        office.go("/inspection/rounds/R1/")
        office.press("记培训")
        office.fill(topic=topic, lecturer="高文静", held_on="2026-11-20")
        office.press("记下")
        office.sees("学时记下了")
    leader.go("/inspection/rounds/R1/")
    leader.sees("武丽娜现在热轧厂工作")
    leader.go("/")
    leader.press("认定回避")
    leader.fill(why="借调机关三年，不管热轧厂的事")
    leader.press("认定不需回避")
    leader.sees("认定记下了")
    leader.press("记授权")
    leader.fill(document="晋岭巡组〔2026〕1 号")
    leader.press("记授权")
    leader.sees("授权记下了")
    office.go("/inspection/rounds/R1/")
    office.press("还差 2 项")
    office.press("去办")
    office.fill(number="晋岭巡通〔2026〕1 号", sent_on="2026-11-20", receiver="党委工作部")
    office.press("记下")
    office.press("去办")
    office.fill(places="食堂、厂门口", phone="内线 6120", mailbox="厂门口")
    office.press("记下")
    office.sees("都齐了，可以进驻")
    assert camera.look(office.page, "inspection-gates") == []
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
