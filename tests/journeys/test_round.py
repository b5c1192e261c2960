"""A whole round by hand, from the year plan to the archive: the office, who decides, the leader of a team and a member
who writes. A deputy reviews what the member wrote, and somebody who is tied to the mill must be let in. Everybody comes
by their desk."""

from __future__ import annotations

from bihuan.areas.inspection.models import Round, Task
from bihuan.areas.inspection.reads import coverage_of
from bihuan.areas.inspection.tests.story import MEETING
from bihuan.areas.onsite.models import Draft, Midterm, Talk
from bihuan.areas.outcome.models import Feedback, Report
from bihuan.kernel.actor import SYSTEM
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.tests.world import SINCE
from bihuan.problems.models import Problem
from bihuan.record.models import Event

from .tally import Tally

DAY = 24 * 3600
#: words that only the team may read, and after the archive nobody of it
SECRET = "检修安全费用挪去招待"


def test_a_round_from_plan_to_archive(world, people, clock, camera):
    grant_role(
        role="inspection_lead", unit=world.unit("group"), person=world.person("leader"), from_day=SINCE,
        by=SYSTEM, at=world.at,
    )  # fmt: skip
    office, above = people("inspection_officer"), people("leader")
    leader, member, deputy = people("safety_officer"), people("second_officer"), people("duty_officer")
    tied = people("liaison")
    tally = Tally(office, above, leader, member, deputy, tied)
    _planned(world, office, above, camera)
    tally.done("plan", most=45)
    _composed(office, above, (leader, deputy, member), tied, camera)
    tally.done("team", most=62)
    _entered(office, camera)
    tally.done("entry", most=16)
    _on_site(office, leader, member, deputy, camera)
    tally.done("on site", most=56)
    clock.shift(30 * DAY)
    _reported(office, above, leader, member, camera)
    tally.done("report", most=32)
    _given_back(office, camera)
    tally.done("feedback", most=15)
    saved = _saved_addresses()
    _archived(office, leader, camera)
    tally.done("archive", most=17)
    for person in (leader, member, deputy):
        for address in saved:
            answer = person.page.goto(person.home + address)
            assert answer is not None and answer.status == 404, (person.name, address)
            person.sees("没有这一页", "不在您能看的范围里")
            person.does_not_see(SECRET)
    opened = Event.objects.filter(kind__in=("onsite.read", "outcome.read")).exists()
    assert opened and Round.objects.get().state == "archived"


def _decided(above, line: str, button: str, confirm: str = "记下") -> None:
    """What a meeting decided is written down by who sits in it."""
    above.desk(line)
    above.press(button)
    above.fill(on="2026-11-19", document=MEETING)
    above.press(confirm)


def _planned(world, office, above, camera) -> None:
    office.go("/")
    office.follow("巡察")
    office.sees("还没有五年规划")
    office.press("立五年规划")
    office.press("立规划")
    office.sees("规划立好了", "还没有批准，也没有年度计划")
    _decided(above, "巡察工作规划编好了，等批准", "记党委批准", "记批准")
    office.follow("关注重点")
    office.press("定一组重点")
    office.fill(title="四个落实", items="上级决策部署落实\n从严治党责任落实")
    office.press("保存")
    office.follow("巡察")
    office.sees("还没有年度计划")
    office.press("编年度计划")
    office.press("开始编")
    office.press("立轮次")
    office.fill(name="2026年第一轮巡察", starts_on="2026-11-20", ends_on="2027-01-31")
    office.press("立轮次")
    office.sees("轮次立好了", "本轮还没有任务")
    office.press("列入任务")
    # the only framework stands chosen, the organisations in scope come first
    office.page.locator("[name='org']").select_option(str(world.party["mill"].pk))
    office.fill(from_day="2026-11-20", to_day="2026-12-31")
    office.press("列入")
    office.sees("热轧厂党总支")
    _decided(above, "2026年度计划，编制中", "记审议")
    _decided(above, "2026年度计划，领导小组已审议", "记批准")
    _decided(above, "2026年第一轮巡察编好了，等批准", "记批准", "记批准")


def _composed(office, above, team, tied, camera) -> None:
    office.desk("2026年第一轮巡察：准备进驻")
    office.press("建一个组")
    office.sees("第一巡察组建好了")
    for number, part in (("2001", "组长"), ("2003", "副组长"), ("2002", "组员"), ("3002", "组员")):
        office.press("加人")
        office.fill(person=number, part=part)
        office.press("列入")
        office.sees("列入了，请本人申报")
    office.press("定组")
    office.fill(team="第一巡察组")
    office.press("定组")
    office.sees("还差 7 项")
    assert camera.look(office.page, "inspection-team") == []
    for one in (*team, tied):
        one.desk("2026年第一轮巡察 第一巡察组")
        one.press("申报")
        one.press("申报，情况属实")
        one.sees("申报记下了")
        one.press("签承诺书")
        one.press("我承诺，签名")
        one.sees("签了")
    tied.sees("现在热轧厂工作", "等领导小组认定")
    assert camera.look(tied.page, "inspection-mine") == []
    for topic in ("巡察工作条例", "谈话和底稿"):
        office.press("记培训")
        office.fill(topic=topic, lecturer="高文静", held_on="2026-11-20")
        office.press("记下")
        office.sees("学时记下了")
    above.go("/")
    above.press("认定回避")
    above.fill(why="借调机关三年，不管热轧厂的事")
    above.press("认定不需回避")
    above.sees("认定记下了")
    above.desk("第一巡察组申报了回避，等授权")
    above.press("记授权")
    above.fill(document="晋岭巡组〔2026〕1 号")
    above.press("记授权")
    above.sees("授权记下了")


def _entered(office, camera) -> None:
    office.desk("2026年第一轮巡察：准备进驻")
    office.follow("还差 2 项")
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


def _on_site(office, leader, member, deputy, camera) -> None:
    member.desk("进驻：热轧厂党总支")
    member.follow("谈话")
    member.press("列入名单")
    member.fill(person="3001", why="领导班子成员")
    member.press("列入")
    member.page.locator(".b-gates").get_by_text("登记", exact=True).click()
    # two of the team talk: who writes it down, and the leader
    member.fill(second="侯振华", place="招待所二楼", record=f"他说：{SECRET}，凭证在财务科。")
    member.press("登记")
    member.sees("谈话登记了", SECRET)
    assert camera.look(member.page, "onsite-talk") == []
    member.press("记核对签字")
    member.press("记核对签字")
    member.sees("不能再改")
    member.follow("底稿")
    member.press("编写底稿")
    member.fill(
        focus="从严治党责任落实", title="检修安全费用 12 万元列支为招待费", fact=f"2026年6月，{SECRET} 12 万元",
        process="调阅凭证发现，谈话核实", basis="《企业安全生产费用提取和使用管理办法》第四条", nature="安全费用挪作他用",
    )  # fmt: skip
    member.fill(
        **{"evidence-0-name": "6 月第 31 号凭证", "evidence-0-number": "证01", "evidence-0-kind": "凭证"}
    )
    member.fill(**{"parties-0-who": "热轧厂"})
    assert camera.look(member.page, "onsite-draft-sheet") == []
    member.press("存")
    member.press("交复核")
    member.press("交复核")
    deputy.desk("底稿001：待复核")
    deputy.press("复核通过")
    deputy.press("复核通过")
    leader.desk("底稿001：待组务会")
    leader.press("记组务会意见")
    leader.fill(opinion="事实清楚，同意")
    leader.press("记组务会意见")
    leader.press("签字")
    leader.press("签字")
    leader.sees("已签")
    member.desk("进驻：热轧厂党总支")
    member.follow("日志")
    member.page.locator("table").get_by_text("写", exact=True).click()
    member.fill(text="进驻动员会；和厂长谈话；调阅 6 月凭证。")
    member.press("存下")
    member.sees("存下了")
    member.follow("中期汇报")
    member.press("写汇报")
    member.fill(text="谈了一人，写了一份底稿；下一步核对外委队伍。")
    member.press("存下")
    leader.desk("中期汇报1")
    leader.press("报送")
    leader.press("报送")
    office.desk("中期汇报1")
    office.press("记听取")
    office.fill(opinions="抓紧核对外委队伍")
    office.press("记听取")
    office.sees("已听取")


def _reported(office, above, leader, member, camera) -> None:
    office.desk("2026年第一轮巡察：在进驻")
    office.press("记离场")
    office.press("记离场")
    office.sees("离场记下了")
    member.desk("还没有起草巡察报告")
    member.press("起草巡察报告")
    member.press("起草")
    member.press("从底稿列入")
    member.press("列入选中的")
    member.press("总体评价和建议")
    member.fill(overall="总体好，安全投入管理不严。", suggestions="建立外委队伍准入清单")
    member.press("存")
    assert camera.look(member.page, "outcome-report-draft") == []
    member.press("交组务会")
    member.press("交组务会")
    leader.desk("待组务会")
    _passed(leader, "记组务会通过")
    office.desk("待巡察办审核")
    _passed(office, "审核通过")
    above.desk("待领导小组审议")
    _passed(above, "记领导小组审议")
    _passed(above, "记党委审定", document=MEETING)
    office.desk("待印发")
    _passed(office, "印发")


def _passed(person, step: str, **fields: str) -> None:
    person.press(step)
    person.fill(**fields)
    person.press(step)
    person.sees(f"{step}，记下了")


def _given_back(office, camera) -> None:
    """Told to the principal, then to all who lead; signed for on paper; into the loop, word for word."""
    office.desk("待拟反馈意见")
    office.press("拟稿")
    _passed(office, "记一对一反馈", principal="3001")
    _passed(office, "记班子会议反馈")
    _passed(office, "记签收", receiver="3001")
    office.sees("集中整改期", "起 6 个月", "2027年6月20日")
    assert camera.look(office.page, "outcome-received") == []
    office.desk("待下达问题")
    office.press("下达整改")
    office.press("下达整改")
    office.sees("1 个问题下达了")
    problem = Problem.objects.get()
    assert problem.statement.startswith("检修安全费用 12 万元列支为招待费") and problem.closure == "assigned"


def _saved_addresses() -> list[str]:
    """As somebody of the team kept them in their browser."""
    return [
        f"/onsite/{Task.objects.get().pk}/",
        f"/onsite/talks/{Talk.objects.get().pk}/",
        f"/onsite/drafts/{Draft.objects.get().pk}/",
        f"/onsite/midterms/{Midterm.objects.get().pk}/",
        f"/outcome/{Task.objects.get().pk}/",
        f"/outcome/reports/{Report.objects.get().pk}/",
        f"/outcome/feedbacks/{Feedback.objects.get().pk}/",
    ]


def _archived(office, leader, camera) -> None:
    office.desk("问题都下达了，移交材料、归档")
    office.press("一次移交")
    kinds = ("notice", "talk", "draft", "report", "feedback")
    office.fill(**dict.fromkeys(kinds, "12"), place="巡察办档案柜 3 层")
    assert camera.look(office.page, "outcome-hand-over") == []
    office.press("移交")
    office.sees("记进归档目录了")
    while office.page.locator("button", has_text="核对清退了").count():
        office.press("核对清退了")
        office.sees("记下了")
    leader.go(_saved_addresses()[1])
    leader.sees(SECRET)
    office.press("归档")
    office.press("确定")
    office.sees("归档了，巡察组从现在起不能再看", "已归档")
    assert camera.look(office.page, "outcome-archived") == []
    leader.go("/inspection/mine/")
    leader.sees("本轮已归档，授权结束")
    found = Round.objects.get()
    covered = coverage_of(found.plan.term, found.ends_on)
    assert (covered.done, covered.total) == (1, 1)
