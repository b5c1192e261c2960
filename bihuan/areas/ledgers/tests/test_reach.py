"""An import reaches as far as the hand of whoever carries it out, and not one unit further."""

from __future__ import annotations

import pytest

from bihuan.areas.ledgers import wishes
from bihuan.areas.ledgers.actions.correct_import import correct_import
from bihuan.areas.ledgers.actions.load_import import load_import
from bihuan.areas.ledgers.actions.start_import import start_import
from bihuan.kernel.refused import Refused
from bihuan.org.models import Unit
from bihuan.problems.models import Problem

from .ledger_files import workbook

pytestmark = pytest.mark.django_db


def row(unit: str, statement: str = "矫直机急停按钮损坏") -> list[str]:
    return ["1", "2025.9.1", unit, statement, "机械", "更换", "", "2025.9.30", "待整改", ""]


def started(world, rows, who="liaison"):
    return start_import(
        data=workbook(rows),
        filename="台账.xlsx",
        home=world.unit("hot_mill"),
        by=world.actor(who),
        at=world.at,
    )


def test_a_mill_does_not_import_problems_into_another_mill(world):
    ledger = started(world, [row("精整车间"), row("炼铁厂", "高炉护栏缺失")])
    assert ledger.counts["fix"] == 1 and ledger.names["units"] == {"炼铁厂": 1}
    [problem] = ledger.rows.get(verdict="fix").problems
    assert problem["message"] == "炼铁厂不在你能导入台账的范围里"
    home = wishes.with_names(ledger.wishes, "units", {"炼铁厂": "home"})
    ledger = correct_import(ledger=ledger, wishes=home, by=world.actor("liaison"), at=world.at)
    load_import(ledger=ledger, by=world.actor("liaison"), at=world.at)
    assert not Problem.objects.filter(unit=world.unit("iron_mill")).exists()


def test_what_an_officer_read_is_not_carried_out_by_who_reaches_less(world):
    ledger = started(world, [row("精整车间"), row("炼铁厂", "高炉护栏缺失")], who="safety_officer")
    assert "fix" not in ledger.counts
    with pytest.raises(Refused, match="原表第 5 行：炼铁厂不在你能导入台账的范围里"):
        load_import(ledger=ledger, by=world.actor("liaison"), at=world.at)
    assert not Problem.objects.exists()
    load_import(ledger=ledger, by=world.actor("safety_officer"), at=world.at)
    assert Problem.objects.filter(unit=world.unit("iron_mill")).count() == 1


def test_the_same_words_of_two_mills_are_two_problems(world):
    mine = started(world, [row("热轧厂", "消防器材未按月点检")])
    load_import(ledger=mine, by=world.actor("liaison"), at=world.at)
    theirs = start_import(
        data=workbook([row("炼铁厂", "消防器材未按月点检")]), filename="炼铁厂.xlsx", home=world.unit("iron_mill"),
        by=world.actor("outsider"), at=world.at,
    )  # fmt: skip
    assert "present" not in theirs.counts
    load_import(ledger=theirs, by=world.actor("outsider"), at=world.at)
    assert Problem.objects.count() == 2
    assert started(world, [row("热轧厂", "消防器材未按月点检")]).counts["present"] == 1


def test_who_imports_for_the_own_unit_opens_no_contractors(world):
    ledger = started(world, [row("机修外委队")])
    liaison = world.actor("liaison")
    new = wishes.with_names(ledger.wishes, "units", {"机修外委队": "new"})
    ledger = correct_import(ledger=ledger, wishes=new, by=liaison, at=world.at)
    assert "新建外委单位" in ledger.rows.get().problems[0]["message"]
    with pytest.raises(Refused, match="还有 1 行要处理"):
        load_import(ledger=ledger, by=liaison, at=world.at)
    assert not Unit.objects.filter(kind="contractor").exists()
    home = wishes.with_names(ledger.wishes, "units", {"机修外委队": "home"})
    ledger = correct_import(ledger=ledger, wishes=home, by=liaison, at=world.at)
    load_import(ledger=ledger, by=liaison, at=world.at)
    assert Problem.objects.get().unit == world.unit("hot_mill")
