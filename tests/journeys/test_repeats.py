"""The rail that was missing in August is missing again: offered while typing, answered on two pages."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from bihuan.problems.actions.suggest_likes import suggest_likes
from bihuan.problems.models import Likeness, Problem
from bihuan.problems.tests.story import raised

PLACE = "2 号炉炉顶平台东侧检修通道"


def _before(world):
    days = ((40, "2 号炉炉顶平台护栏缺失一段，长约 2 米，检修人员可坠落"), (9, "热风阀平台护栏缺失"))
    return [
        raised(world, statement=said, place=PLACE if n == 0 else "", found_on=world.day - timedelta(days=age))
        for n, (age, said) in enumerate(days)
    ]


def test_offered_while_typing_and_confirmed_at_once(world, people, camera):
    first, _ = _before(world)
    officer = people("safety_officer")
    officer.go("/problems/new/")
    officer.page.fill("#id_statement", "炉顶平台护栏又缺失了，人能直接掉下去")
    officer.page.select_option("#id_unit", str(world.unit("furnace").pk))
    offers = officer.page.locator("#alike fieldset")
    expect(offers).to_have_count(2)
    assert "相同的词：炉顶平台护栏" in officer.page.locator("#alike").inner_text()
    offers.filter(has_text=first.number).locator("input[value=same]").check()
    assert camera.look(officer.page, "alike") == []
    officer.press("登记")
    expect(officer.page.locator("body")).to_contain_text("上次整改不彻底")
    made = Problem.objects.order_by("-pk").first()
    assert made.repeat_of == first
    assert camera.look(officer.page, "repeat") == []
    officer.go(f"/problems/{first.number}/")
    expect(officer.page.get_by_text("后来又发生")).to_be_visible()
    officer.go("/problems/new/")  # what was registered is no draft: it does not come back into an empty form
    expect(officer.page.locator("#id_statement")).to_have_value("")
    officer.does_not_see("没提交的内容还在")


def test_many_are_answered_at_once_and_a_phone_shows_the_reason(world, people, camera):
    _before(world)
    again = raised(world, statement="二层热风阀平台护栏缺失，长约一米半", place=PLACE)
    suggest_likes(problem=again)
    officer = people("safety_officer", phone=True)
    officer.go(f"/problems/{again.number}/")
    assert camera.look(officer.page, "phone-likes") == []
    expect(officer.page.locator("#likes form")).to_have_count(2)

    second = people("second_officer")
    second.go("/problems/repeats/")
    assert camera.look(second.page, "repeats") == []
    fieldsets = second.page.locator("fieldset")
    fieldsets.nth(0).locator("input[value=spread]").check()
    second.press("认定选了的")
    expect(second.page.locator("body")).to_contain_text("已认定 1 对")
    assert Likeness.objects.exclude(verdict="").get().verdict == "spread"
    assert "没有等认定的" in second.page.inner_text("h1")

    phone = people("second_officer", phone=True)
    phone.go("/problems/?likely=1")
    assert camera.look(phone.page, "phone-likely") == []
