"""The loop, told by the people of a plant: raise, plan, returned, evidence, rejected, closed, found back."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import expect

from bihuan.notify.models import Line, Message
from bihuan.problems.models import Problem
from bihuan.record.models import Event

from .pictures import photo

STATEMENT = "2 号加热炉区域煤气报警器未按周期检定，现场抽查 6 台均超过有效期"


def test_a_problem_from_its_finding_to_its_coming_back(world, people, work, camera, clock):
    officer, second, third = (people(w) for w in ("safety_officer", "second_officer", "inspection_officer"))
    liaison, lead = people("liaison"), people("worker_a")

    # 提出
    officer.go("/")
    officer.press("登记问题")
    unit = str(world.unit("furnace").pk)
    officer.fill(statement=STATEMENT, unit=unit)
    officer.hand_in("before", photo("整改前", "表号 RZ-0412"))
    camera.look(officer.page, "raise")
    officer.press("登记")
    officer.sees("已登记，接下来等下达", "办理过程")
    problem = Problem.objects.get()
    address = f"/problems/{problem.number}/"

    # 下达, with the reason why the next step cannot be taken yet
    officer.press("下达")
    officer.fill(lead="牛晓东", demand="6 台全部送检，建立检定周期清单", needs_plan="要报方案")
    camera.look(officer.page, "assign")
    officer.press("下达")
    officer.sees("已下达", "接下来等")
    problem.refresh_from_db()
    assert problem.closure == "assigned" and problem.lead.name == "牛晓东" and problem.first_due_on
    work()
    clock.shift(timedelta(hours=2))

    # 认领、报方案
    liaison.go("/")
    liaison.sees("煤气报警器")
    liaison.go(address)
    liaison.press("认领")
    liaison.press("认领")
    liaison.sees("已认领")
    plan(liaison, standard="检定证书")
    liaison.sees("方案已报")
    assert liaison.button("批方案").count() == 0

    clock.shift(timedelta(days=3))

    # 退回方案, 再报, 批方案
    officer.go(address)
    camera.look(officer.page, "plan-review")
    officer.press("退回方案")
    officer.fill(reason="结果标准要写清证书份数")
    officer.press("退回方案")
    officer.sees("方案已退回", "结果标准要写清证书份数")
    clock.shift(timedelta(hours=5))
    liaison.go(address)
    plan(liaison, standard="检定证书 6 份")
    officer.go(address)
    officer.press("批方案")
    officer.sees("问题")
    camera.look(officer.page, "approve")
    officer.fill(text="同意")
    officer.press("批方案")
    officer.sees("方案已批准")

    clock.shift(timedelta(days=4, hours=1))

    # 报进度 with evidence; 申请销号 is refused before, with its reason in sight
    lead.go(address)
    lead.press("报进度")
    measures = list(problem.measures.order_by("order"))
    lead.fill(**{f"percent_{m.pk}": "100" for m in measures}, text="6 台都已送检")
    lead.press("报进度")
    lead.sees("进度已报")
    verdict_is_read(lead, "申请销号", "佐证")
    lead.press("申请销号")
    lead.fill(text="6 台已检定合格，证书 4 份")
    lead.hand_in("after", photo("整改后", "合格证 2027.10"))
    lead.hand_in(f"evidence_{measures[0].pk}", photo("证书", "检定证书 4 份"))
    lead.hand_in(f"evidence_{measures[1].pk}", photo("清单", "周期清单 87/87"))
    camera.look(lead.page, "submit")
    lead.press("申请销号")
    lead.sees("已申请销号")
    work()

    # who asked cannot close; who planned cannot either
    lead.go(address)
    assert not lead.page.locator("button:has-text('销号'):not(.is-refused):not(:has-text('申请'))").count()

    # 退回整改, 再申请
    clock.shift(timedelta(days=1))
    officer.go(address)
    camera.look(officer.page, "problem")
    officer.press("退回整改")
    officer.fill(reason="6 台只见 4 份证书，请按台逐一附证")
    officer.press("退回整改")
    officer.sees("已退回整改", "第 2 轮")
    work()
    clock.shift(timedelta(days=2))
    lead.go(address)
    lead.press("申请销号")
    lead.fill(text="6 台证书已齐")
    lead.hand_in("after", photo("第二次", "6 台逐台拍"))
    for measure in measures:
        lead.hand_in(f"evidence_{measure.pk}", photo(f"第二次{measure.order}", "检定证书 6 份"))
    lead.press("申请销号")
    lead.sees("已申请销号")

    # 销号 by another
    clock.shift(timedelta(hours=3))
    second.go(address)
    second.press("销号")
    second.fill(text="逐台看过证书")
    camera.look(second.page, "close")
    second.press("销号")
    second.sees("已销号")
    work()

    # 回头看 by one who has not closed it; the one who closed reads why not
    second.go(address)
    verdict_is_read(second, "回头看", "参加过整改或核验")
    clock.shift(timedelta(days=60))
    third.go(address)
    third.press("回头看")
    third.page.locator("[name=passed][value=no]").check(force=True)
    third.fill(found="纸面整改", text="3 号表又被换回旧表，合格证是复印件")
    third.hand_in("photos", photo("回头看", "旧表 RZ-0412"))
    camera.look(third.page, "recheck")
    third.press("回头看")
    third.sees("第 3 轮")
    work()

    problem.refresh_from_db()
    assert (problem.closure, problem.round, problem.closed_by) == ("rectifying", 3, None)
    every_step_stands_in_the_thread(officer, address, camera)
    each_is_told_once()
    liaison.go("/notices/")
    liaison.sees(problem.number)
    camera.look(liaison.page, "notices")


def plan(person, *, standard: str) -> None:
    person.press("报方案")
    person.fill(
        **{
            "cause": "检定周期无人盯，到期没有提醒",
            "goal": "全部在有效期内",
            "m-0-text": "6 台报警器全部送检并换贴合格证",
            "m-0-standard": standard,
            "m-0-owner": "牛晓东",
            "m-1-text": "建立检定周期清单，到期前 30 天提醒",
            "m-1-standard": "清单覆盖 87/87 台",
            "m-1-owner": "牛晓东",
        }
    )
    due = person.page.locator("[name='m-0-due_on']").input_value()
    person.fill(**{"m-1-due_on": due})
    person.press("报方案")


def verdict_is_read(person, label: str, word: str) -> None:
    """The refused button stands where it is, grey; its reason names what is missing."""
    refused = person.page.locator(".b-act:has(button.is-refused)").filter(has_text=label).first
    if refused.count():
        expect(refused).to_contain_text(word)
    else:
        person.sees(word)


def every_step_stands_in_the_thread(person, address: str, camera) -> None:
    person.go(address)
    camera.look(person.page, "thread")
    for fold in person.page.locator("details.b-fold > summary").all():
        fold.click()
    thread = person.page.locator("#thread").inner_text()
    told = [
        "回头看不合格",
        "销号",
        "申请销号",
        "退回整改",
        "报进度",
        "批准方案",
        "报方案",
        "退回方案",
        "认领",
        "下达",
        "登记",
    ]
    assert [title for title in told if title not in thread] == []
    assert len(re.findall("申请销号", thread)) >= 2 and len(re.findall("报方案", thread)) >= 2
    for words in (
        "结果标准要写清证书份数",
        "6 台只见 4 份证书",
        "3 号表又被换回旧表",
        "逐台看过证书",
        "纸面整改",
    ):
        assert words in thread
    assert person.page.locator("#thread img").count() >= 4


def each_is_told_once() -> None:
    """Events of the thread and notices agree: nobody is told the same thing twice, nor on two messages a day."""
    kinds = list(Event.objects.filter(kind__startswith="problem.").values_list("kind", flat=True))
    assert kinds.count("problem.closed") == 1 and kinds.count("problem.rejected") == 1
    lines = list(Line.objects.values_list("person_id", "key"))
    assert lines and len(lines) == len(set(lines))
    per_day = list(Message.objects.filter(kind="digest").values_list("person_id", "day"))
    assert len(per_day) == len(set(per_day))
    texts = list(Line.objects.values_list("person_id", "text", "said_on__minute"))
    assert len(texts) >= 5
