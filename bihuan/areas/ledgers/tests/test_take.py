"""What a row becomes: nothing is cut silently, nobody is matched without saying so."""

from __future__ import annotations

import pytest

from bihuan.areas.ledgers import wishes
from bihuan.areas.ledgers.actions.correct_import import correct_import
from bihuan.areas.ledgers.actions.load_import import load_import
from bihuan.areas.ledgers.actions.start_import import start_import
from bihuan.areas.ledgers.directory import OrgDirectory
from bihuan.problems.models import Problem

pytestmark = pytest.mark.django_db
HEAD = "序号,责任单位,配合单位,责任人,地点,设备,依据,问题类别,检查人,问题描述,验收人\n"


def started(world, *lines, head=HEAD):
    return start_import(
        data=(head + "\n".join(lines)).encode(), filename="台账.csv", home=world.unit("hot_mill"),
        by=world.actor("safety_officer"), at=world.at,
    )  # fmt: skip


def loaded(world, ledger):
    load_import(ledger=ledger, by=world.actor("safety_officer"), at=world.at)
    return Problem.objects.order_by("id").last()


def test_what_is_too_long_for_its_column_stays_whole_beside_it(world):
    place, gear, basis = "三号转炉平台" * 50, "天车" * 100, "安全生产法第四十一条" * 40
    kind, finder = "机械防护与起重吊装" * 10, "、".join(f"检查员{n:03d}" for n in range(60))
    statement = "护栏缺失" * 3000
    ledger = started(world, f"1,精整车间,,,{place},{gear},{basis},{kind},{finder},{statement},")
    problem = loaded(world, ledger)
    assert problem.statement == statement
    for field, whole in (("place", place), ("equipment", gear), ("basis", basis), ("category", kind)):
        cut = getattr(problem, field)
        assert whole.startswith(cut) and len(cut) < len(whole)
        assert whole in problem.extras.values(), field
    assert any(len(words) > 200 and "检查员059" in words for words in problem.extras.values())


def test_assisting_units_that_are_known_assist_and_all_words_stay(world):
    ledger = started(world, "1,精整车间,加热炉车间、不认识的队,,,,,,,地面油污,")
    problem = loaded(world, ledger)
    assert [unit.shown for unit in problem.assisting.all()] == [world.unit("furnace").shown]
    assert "不认识的队" in problem.extras["配合单位（原文）"]


def test_a_man_of_another_unit_is_only_likely_the_same(world):
    here, there = world.person("worker_a"), world.unit("iron_mill")
    ledger = started(world, f"1,{there.name},,{here.name},,,,,,地面油污,")
    row = ledger.rows.get()
    assert row.verdict == "guessed" and row.values["person_id"] == str(here.pk)
    assert any("像是同名或写错" in guess["why"] for guess in row.guessed)
    own = OrgDirectory(home=world.unit("hot_mill"), day=world.day, wishes={})
    assert own.find_people(here.name, here.unit.name)[0].why == ""
    assert own.find_people(here.name, world.unit("hot_mill").name)[0].why == ""


def test_another_name_is_another_person(world):
    directory = OrgDirectory(home=world.unit("hot_mill"), day=world.day, wishes={})
    name = world.person("worker_a").name
    assert directory.find_people(name[:-1] + "瑞", "") == [] and directory.people_like(name[:-1]) == []


def test_a_decision_wins_and_going_home_is_marked(world):
    ledger = started(world, "1,轧钢检修公司,,,,,,,,地面油污,")
    assert ledger.rows.get().verdict == "fix"
    wished = wishes.with_names({}, "units", {"轧钢检修公司": "home"})
    ledger = correct_import(ledger=ledger, wishes=wished, by=world.actor("safety_officer"), at=world.at)
    problem = loaded(world, ledger)
    assert (problem.unit, problem.unit_text) == (world.unit("hot_mill"), "轧钢检修公司")
    assert problem.guessed["unit"] == "“轧钢检修公司”归到热轧厂，原文保留"
