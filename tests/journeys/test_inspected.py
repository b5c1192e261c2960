"""The inspected side by hand: feedback signed for, its clock, a plan that several bodies review, problems put right with
proof on a phone, reports, and what of it becomes public, inside and outside, until its term is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bihuan.areas.onsite.models import Draft
from bihuan.areas.outcome.tests.story import DRAFT, Outcome
from bihuan.kernel.actor import SYSTEM
from bihuan.org.actions.open_account import open_account
from bihuan.org.tests.world import PASSWORD, World
from bihuan.problems.models import Problem
from bihuan.publication.actions.load_catalogue import load_catalogue
from bihuan.publication.models import Publication

from .pictures import photo
from .tally import Tally

SHOWN, HIDDEN = "检修安全费用 12 万元列支为招待费", "外委队伍资质造假，3 支队伍证书过期"
TO_RECTIFY = "整改方案和报告"


class Given(Outcome):
    """The feedback with two problems was given to the leaders of the mill this morning; nobody has signed for it."""

    def __init__(self, world: World) -> None:
        self.titles = iter((SHOWN, HIDDEN))
        super().__init__(world, drafts=2)
        self.feedback_of(self.report("issued"), "given")
        load_catalogue(at=self.at)
        for word in ("discipline", "personnel"):
            open_account(
                person=world.person(word),
                username=word,
                password=PASSWORD,
                must_change=False,
                by=SYSTEM,
                at=self.at,
            )

    def draft(self, to: str = "written", said: dict[str, Any] | None = None) -> Draft:
        return super().draft(to, {**DRAFT, "title": next(self.titles), "nature": "主体责任没有落实"})

    def written(self, report):
        found = super().written(report)
        return found


def test_from_feedback_to_publication(world, people, work, clock, camera):
    clock.move_to(world.at)
    Given(world)
    head, liaison, office = people("unit_head"), people("liaison"), people("inspection_officer")
    above, discipline, personnel = people("leader"), people("discipline"), people("personnel")
    pocket = people("liaison", phone=True)
    tally = Tally(head, liaison, office, above, discipline, personnel, pocket)
    _received(head, office, camera)
    tally.done("receipt", most=8)
    _planned(head, liaison, camera)
    tally.done("plan", most=32)
    _reviewed(head, office, discipline, personnel, camera)
    tally.done("review", most=50)
    _met_and_exempted(liaison, above)
    tally.done("meeting and exemption", most=20)
    for line in (SHOWN, HIDDEN):
        office.desk(line)
        office.press("批方案")
        office.fill(text="同意")
        office.press("批方案")
        office.sees("方案已批准")
    clock.shift(timedelta(days=20))
    _mended(pocket, office, camera)
    tally.done("a problem put right", most=26)
    clock.shift(timedelta(days=60))
    _told(head, liaison, office)
    tally.done("reports", most=22)
    _published(liaison, head, office, above, people(), camera)
    tally.done("publication", most=18)
    _over(pocket, liaison, people(), clock, camera)


def _received(head, office, camera) -> None:
    head.desk("签收以后开始计算整改期限")
    head.press("签收")
    head.sees("签收，记下了", "2025年9月15日签收", "起 6 个月", "2026年3月15日", "以后的新版本不改")
    assert camera.look(head.page, "outcome-mine-received") == []
    office.desk("待下达问题")
    office.press("下达整改")
    office.press("下达整改")
    office.sees("2 个问题下达了")


def _rectification(person) -> None:
    person.follow("巡察整改")
    person.press(TO_RECTIFY)


def _planned(head, liaison, camera) -> None:
    _rectification(head)
    head.press("编整改方案")
    head.fill(head="3001", leaders="3001\n3003")
    head.press("开始编")
    head.sees("方案立好了", "第 1 件没有措施", "第 2 件没有定责任领导")
    for line, text, standard in (
        (SHOWN, "清退 12 万元，收回入账", "入账凭证 1 份"),
        (HIDDEN, "逐队核对资质，清退过期的队伍", "准入清单 1 份"),
    ):
        liaison.desk(line)
        liaison.press("认领")
        liaison.fill(lead="段志远")
        liaison.press("认领")
        liaison.press("报方案")
        liaison.fill(**{"m-0-text": text, "m-0-standard": standard, "m-0-owner": "3002"})
        liaison.press("报方案")
        liaison.sees("方案已报")
    _rectification(head)
    head.does_not_see("没有措施")
    for name in ("任务清单", "责任清单"):
        head.follow(name)
        head.sees("武丽娜" if name == "责任清单" else "入账凭证 1 份")
    assert camera.look(head.page, "outcome-lists") == []
    _handed_in(head)


def _handed_in(head, **more: str) -> None:
    head.press("报会审")
    head.fill(**more)
    head.tick("pledge")
    head.press("签字背书")
    head.sees("报出去了，等各方会审")


def _says(person, verdict: str, **comments: str) -> None:
    person.follow("巡后")
    person.press("整改跟进")
    person.follow("热轧厂党总支")
    person.press("会审") if person.name != "inspection_officer" else person.page.locator(
        "a.b-btn", has_text="会审"
    ).filter(has_not_text="部门").first.click()
    # what is judged stands beside the field
    person.sees("结果标准入账凭证 1 份，武丽娜")
    person.tick("verdict", verdict)
    person.fill(**comments)
    person.press("交会审意见")
    person.sees("交了")


def _merged(office, result: str) -> None:
    office.press("归并意见")
    office.tick("result", result)
    office.press("归并并告知单位")
    office.sees("归并好了")


def _reviewed(head, office, discipline, personnel, camera) -> None:
    """Sent back once: every body says what it thinks, one list goes to the mill, the second edition passes."""
    _says(discipline, "returned", c0="写清责任追究")
    _says(personnel, "passed")
    personnel.does_not_see("写清责任追究")
    _says(office, "passed")
    assert camera.look(office.page, "outcome-reviewed") == []
    _merged(office, "returned")
    _rectification(head)
    head.sees("归并的会审意见", "写清责任追究")
    _handed_in(head, answer="责任追究写进任务清单，由段志远负责")
    for person in (discipline, personnel, office):
        _says(person, "passed")
    _merged(office, "agreed")
    _rectification(head)
    head.press("印发实施")
    head.fill(document="热轧党发〔2025〕5 号")
    head.press("印发实施")
    head.sees("方案实施了", "热轧党发〔2025〕5 号")


def _met_and_exempted(liaison, above) -> None:
    _rectification(liaison)
    liaison.press("记下")
    liaison.fill(chair="3003", present="5", note="查摆安全费用管理不严；承诺逐笔核对")
    liaison.press("记下")
    liaison.sees("薛俊杰主持")
    liaison.page.locator("tr", has_text=HIDDEN).get_by_text("申请不公开").click()
    liaison.fill(ground="正在核查、立案", reason="资质造假的情况纪检机构正在核查")
    liaison.press("申请")
    liaison.sees("等领导小组定")
    above.go("/")
    above.follow("巡后")
    above.press("整改跟进")
    above.follow("热轧厂党总支")
    above.page.locator("#publication").get_by_text("定", exact=True).click()
    above.sees(HIDDEN)
    above.tick("granted", "yes")
    above.press("定")
    above.sees("同意不公开")


def _mended(pocket, office, camera) -> None:
    """On a phone: progress, then proof; closed by somebody else."""
    pocket.desk(SHOWN)
    measure = Problem.objects.get(statement__startswith=SHOWN).measures.get()
    pocket.press("报进度")
    pocket.fill(**{f"percent_{measure.pk}": "100", "text": "12 万元退回入账"})
    pocket.press("报进度")
    pocket.sees("进度已报")
    pocket.press("申请销号")
    pocket.fill(text="已清退，凭证 1 份")
    pocket.hand_in("after", photo("凭证", "入账 1 份"))
    pocket.hand_in("evidence", photo("清单", "入账凭证"))
    pocket.press("申请销号")
    pocket.sees("已申请销号")
    assert camera.look(pocket.page, "inspected-submitted") == []
    office.desk(SHOWN)
    office.press("销号")
    office.fill(text="核对了凭证")
    office.press("销号")
    office.sees("已销号")


def _told(head, liaison, office) -> None:
    for person, text in ((liaison, "反馈的问题一件销号，一件在整改。"), (head, "本人主持三次推进会。")):
        person.go("/")
        _rectification(person)
        person.press("报送报告")
        person.sees("2 件，已销号 1 件")
        person.fill(text=text)
        person.press("报送")
        person.sees("报送了")
    head.sees("党组织整改情况报告", "主要负责人组织落实情况报告")
    office.follow("巡后")
    office.press("整改跟进")
    office.follow("热轧厂党总支")
    office.follow("党组织整改情况报告")
    office.press("签收")
    office.press("签收")
    office.sees("签收了")


def _published(liaison, head, office, above, stranger, camera) -> None:
    liaison.desk("可以公开")
    liaison.fill(contact="内线 6120")
    liaison.press("生成公开稿")
    liaison.sees(SHOWN, "清退 12 万元")
    liaison.does_not_see(HIDDEN)
    assert camera.look(liaison.page, "inspected-publication") == []
    liaison.press("送核")
    for person, step in ((head, "核过"), (office, "审过"), (above, "批准")):
        person.desk("巡察整改进展情况的通报")
        person.press(step)
        person.sees(f"{step}了")
    liaison.desk("巡察整改进展情况的通报")
    liaison.press("公开")
    liaison.sees("公开中")
    stranger.go("/public/")
    stranger.follow("巡察整改进展情况的通报")
    stranger.sees(SHOWN, "内线 6120", "提意见")
    # outside one reads the result, not what was done for it, and nothing of what is exempt
    stranger.does_not_see("清退 12 万元", HIDDEN)
    assert camera.look(stranger.page, "inspected-public") == []


def _over(pocket, liaison, stranger, clock, camera) -> None:
    for place, name in (
        ("/outcome/mine/", "outcome-mine"), (f"/outcome/feedbacks/{_feedback()}/", "outcome-feedback-own"),
        (f"/outcome/feedbacks/{_feedback()}/rectification/", "outcome-rectification-own"),
    ):  # fmt: skip
        pocket.go(place)
        assert camera.look(pocket.page, name) == []
    clock.shift(timedelta(days=16))
    published = Publication.objects.get()
    answer = stranger.page.goto(f"{stranger.home}/public/{published.pk}/")
    assert answer is not None and answer.status == 404
    stranger.go("/public/")
    stranger.does_not_see("巡察整改进展情况的通报")
    liaison.go("/publications/")
    liaison.does_not_see("巡察整改进展情况的通报")


def _feedback() -> int:
    return Problem.objects.get(statement__startswith=SHOWN).pk and 1
