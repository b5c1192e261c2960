"""A mapping put right once is used for the next file of that shape, says so, and can be forgotten."""

from __future__ import annotations

import pytest

from bihuan.areas.ledgers import wishes
from bihuan.areas.ledgers.actions.correct_import import correct_import
from bihuan.areas.ledgers.actions.forget_columns import forget_columns
from bihuan.areas.ledgers.models import ColumnMemory
from bihuan.kernel.refused import Stale

from .editions import loaded, read
from .files import Page, as_csv, as_xlsx

pytestmark = pytest.mark.django_db
HEADS = ["序号", "日期", "责任单位", "问题描述", "处置", "经手", "期限"]
LINES = [
    [n, f"2025.8.{n}", "加热炉车间", f"{n} 号平台护栏缺一段，人员可坠落", "补焊", "张工", "2025.9.30"]
    for n in (1, 2, 3)
]


def file(heads=HEADS, lines=LINES, *, sheet="台账", order=None):
    rows = [heads, *lines]
    return as_xlsx([Page(sheet, [[row[i] for i in order] for row in rows] if order else rows)])


def corrected(world, who="safety_officer"):
    ledger = read(world, file(), "八月.xlsx", who=who)
    place = HEADS.index("经手")
    wished = wishes.with_column(ledger.wishes, place, "leader")
    ledger = correct_import(ledger=ledger, wishes=wished, by=world.actor(who), at=world.at)
    return loaded(world, ledger, who=who)


def field(ledger, header):
    return next(column for column in ledger.columns if column["header"] == header)


def others(month):
    return [
        [n, f"2025.{month}.{n}", "精整车间", f"{n} 号辊道护罩松动，可触及", "紧固", "李工", ""]
        for n in (4, 5)
    ]


def test_moved_and_added_columns_and_another_sheet_are_the_same_shape(world):
    corrected(world)
    heads = [*HEADS, "备注"]
    lines = [[*line, "x"] for line in others(9)]
    ledger = read(world, file(heads, lines, sheet="九月", order=[7, 3, 5, 0, 1, 2, 4, 6]), "九月.xlsx")
    assert field(ledger, "经手")["field"] == "leader"
    assert field(ledger, "经手")["reason"] == "按上次的对应（《八月.xlsx》）" and ledger.memory is not None
    again = read(world, as_csv(Page("", [HEADS, *others(9)])), "九月.csv")
    assert field(again, "经手")["field"] == "leader"


def test_another_shape_is_left_alone(world):
    corrected(world)
    heads = ["编号", "检查时间", "单位名称", "隐患内容", "经手", "得分"]
    lines = [[n, "2025.9.1", "精整车间", f"{n} 号辊道护罩松动，可触及", "李工", 3] for n in (1, 2, 3)]
    ledger = read(world, file(heads, lines), "别的.xlsx")
    assert ledger.memory is None and field(ledger, "经手")["field"] != "leader"


def test_what_is_said_about_this_file_comes_first_and_is_learned(world):
    corrected(world)
    ledger = read(world, file(HEADS, others(9)), "九月.xlsx")
    wished = wishes.with_column(ledger.wishes, HEADS.index("经手"), "kept")
    ledger = correct_import(ledger=ledger, wishes=wished, by=world.actor("safety_officer"), at=world.at)
    assert field(ledger, "经手")["field"] == "kept"
    loaded(world, ledger)
    later = read(world, file(HEADS, others(10)), "十月.xlsx")
    assert field(later, "经手")["field"] == "kept" and later.memory.learned_from == "九月.xlsx"


def test_a_memory_is_forgotten_for_all(world):
    corrected(world)
    officer = world.actor("safety_officer")
    ledger = read(world, file(HEADS, others(9)), "九月.xlsx")
    ledger = forget_columns(ledger=ledger, by=officer, at=world.at)
    assert ledger.memory is None and field(ledger, "经手")["field"] != "leader"
    assert ColumnMemory.objects.get().forgotten_by_id == officer.person_id
    assert read(world, file(HEADS, others(10)), "十月.xlsx").memory is None
    with pytest.raises(Stale):
        forget_columns(ledger=ledger, by=officer, at=world.at)


def test_a_units_correction_counts_for_the_unit_only(world):
    corrected(world, who="liaison")
    assert ColumnMemory.objects.get().home == world.unit("hot_mill")
    elsewhere = read(world, file(HEADS, others(9)), "炼铁.xlsx", unit="iron_mill")
    assert elsewhere.memory is None
    assert read(world, file(HEADS, others(9)), "热轧.xlsx").memory is not None


def test_the_groups_memory_is_put_aside_by_a_unit_not_forgotten(world, signed_in):
    corrected(world)
    page = signed_in("liaison")
    ledger = read(world, file(HEADS, others(9)), "九月.xlsx", who="liaison")
    assert "按上次的对应" in page.get(f"/ledgers/{ledger.pk}/").content.decode()
    assert page.post(f"/ledgers/{ledger.pk}/forgetting/").status_code == 302
    ledger.refresh_from_db()
    assert ledger.memory is None and ColumnMemory.objects.get().forgotten_at is None
