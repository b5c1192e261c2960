"""From upload to ledger: nothing is lost, nothing is invented, nothing comes in twice."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from bihuan.areas.ledgers import wishes
from bihuan.areas.ledgers.actions.ask_loading import ask_loading
from bihuan.areas.ledgers.actions.correct_import import correct_import
from bihuan.areas.ledgers.actions.load_import import load_import
from bihuan.areas.ledgers.actions.start_import import start_import
from bihuan.areas.ledgers.exports.books import correction_book
from bihuan.areas.ledgers.exports.own_layout import own_layout_book
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import Person, Unit
from bihuan.org.tests.world import build
from bihuan.problems.models import Problem

from .ledger_files import ROWS, workbook


def started(world, data=None, name="热轧厂台账.xlsx", who="safety_officer"):
    return start_import(
        data=data or workbook(), filename=name, home=world.unit("hot_mill"), by=world.actor(who), at=world.at
    )


def decided(world, ledger):
    """The importer matches what the organisation does not know: the team is new, its man stays as words."""
    wished = wishes.with_names(ledger.wishes, "units", {"机修外委队": "new"})
    wished = wishes.with_names(wished, "people", {"卫建平": "text"})
    return correct_import(ledger=ledger, wishes=wished, by=world.actor("safety_officer"), at=world.at)


def test_the_dry_run_understands_the_sheet_and_asks_for_what_it_does_not_know(world):
    ledger = started(world)
    assert ledger.state == "draft"
    assert ledger.layout["sheets"][0]["header_rows"] == [2, 3]
    assert ledger.names == {"units": {"机修外委队": 1}, "people": {"卫建平": 1}}
    assert ledger.counts["all"] == 3 and ledger.counts["fix"] == 1
    assert Problem.objects.count() == 0
    with pytest.raises(Refused, match="还有 1 行要处理"):
        load_import(ledger=ledger, by=world.actor("safety_officer"), at=world.at)


def test_everything_comes_in_once_and_keeps_what_has_no_field(world):
    ledger = load_import(ledger=decided(world, started(world)), by=world.actor("safety_officer"), at=world.at)
    assert ledger.state == "done"
    closed, crane, gas = Problem.objects.order_by("id")
    assert [p.statement for p in (closed, crane, gas)] == [row[3] for row in ROWS]
    assert (closed.closure, closed.closed_by_id, closed.taken_over) == ("closed", None, True)
    assert closed.takeovers.get().stated_state == "已销号"
    assert closed.extras["备注"] == "当月办结"
    assert (crane.unit, crane.lead) == (world.unit("finishing"), world.person("worker_b"))
    assert str(crane.due_on) == "2025-10-31" and "due" in crane.guessed
    assert gas.unit == Unit.objects.get(name="机修外委队", kind="contractor")
    assert (gas.lead, gas.lead_text, gas.timing) == (None, "卫建平", "immediate")
    assert not Person.objects.filter(name="卫建平").exists()
    assert list(Problem.objects.containing("天车")) == [crane]


def test_the_same_file_again_takes_nothing_twice(world):
    load_import(ledger=decided(world, started(world)), by=world.actor("safety_officer"), at=world.at)
    again = started(world, name="热轧厂台账（最新）.xlsx")
    assert again.counts["present"] >= 2 and again.counts.get("ok", 0) + again.counts.get("guessed", 0) == 0
    more = [
        *ROWS,
        [
            "4",
            "2025.9.1",
            "精整车间",
            "矫直机急停按钮损坏",
            "机械",
            "更换",
            "任秀英",
            "2025.9.30",
            "待整改",
            "",
        ],
    ]
    grown = started(world, data=workbook(more))
    load_import(ledger=grown, by=world.actor("safety_officer"), at=world.at)
    assert Problem.objects.count() == 4


def test_twins_in_one_file_are_both_kept(world):
    twin = [ROWS[1], [*ROWS[1][:0], "9", *ROWS[1][1:]]]
    ledger = started(world, data=workbook(twin))
    load_import(ledger=ledger, by=world.actor("safety_officer"), at=world.at)
    assert Problem.objects.count() == 2


def test_a_row_that_cannot_be_taken_comes_back_as_a_workbook_to_correct(world):
    bad = [
        *ROWS[:2],
        [
            "3",
            "2025年9月31日",
            "精整车间",
            "地面油污",
            "文明生产",
            "清理",
            "任秀英",
            "2025.9.20",
            "待整改",
            "",
        ],
    ]
    ledger = started(world, data=workbook(bad))
    assert ledger.counts["fix"] == 1
    row = ledger.rows.get(verdict="fix")
    wished = wishes.with_skipped(ledger.wishes, [(row.sheet, row.source_row)])
    ledger = correct_import(ledger=ledger, wishes=wished, by=world.actor("safety_officer"), at=world.at)
    load_import(ledger=ledger, by=world.actor("safety_officer"), at=world.at)
    assert ledger.rows.get(source_row=row.source_row).outcome == "left"
    path = correction_book(ledger)
    cells = [cell.value for cell in load_workbook(path).active[2]]
    path.unlink()
    assert "地面油污" in cells
    mended = workbook([["3", "2025年9月30日", *bad[2][2:]]])
    load_import(ledger=started(world, data=mended), by=world.actor("safety_officer"), at=world.at)
    assert Problem.objects.filter(statement="地面油污").exists()


def test_a_cell_can_be_corrected(world):
    bad = [
        [
            "3",
            "2025年9月31日",
            "精整车间",
            "地面油污",
            "文明生产",
            "清理",
            "任秀英",
            "2025.9.20",
            "待整改",
            "",
        ]
    ]
    ledger = started(world, data=workbook(bad))
    row = ledger.rows.get()
    wished = wishes.with_cell(ledger.wishes, row.sheet, row.source_row, 1, "2025年9月13日")
    ledger = correct_import(ledger=ledger, wishes=wished, by=world.actor("safety_officer"), at=world.at)
    assert ledger.rows.get().values["found_at"] == "2025-09-13"
    assert "fix" not in ledger.counts


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "空.xlsx", "空的"),
        (b"PK\x03\x04broken", "坏.xlsx", "不完整|损坏|打不开"),
        (b"\xff\xd8\xff\xe0" + b"0" * 300, "照片.xlsx", "图片"),
        (b"%PDF-1.4 ...", "扫描.xls", "PDF"),
    ],
)
def test_files_that_cannot_be_read_get_a_sentence_and_leave_nothing(world, data, name, words):
    import re

    ledger = start_import(
        data=data, filename=name, home=world.unit("hot_mill"), by=world.actor("safety_officer"), at=world.at
    )
    assert ledger.state == "unreadable" and re.search(words, ledger.refused), ledger.refused
    assert ledger.file is None and ledger.rows.count() == 0


def test_who_may_import(world):
    with pytest.raises(Refused, match="没有给热轧厂导入"):
        started(world, who="outsider")
    with pytest.raises(Refused, match="没有给热轧厂导入"):
        started(world, who="system_admin")
    assert started(world, who="liaison").state == "draft"
    mine = LedgerImport.objects.visible_to(world.actor("liaison")).count()
    assert (mine, LedgerImport.objects.visible_to(world.actor("outsider")).count()) == (1, 0)


def test_the_offices_own_layout_comes_back_with_todays_state(world):
    ledger = load_import(ledger=decided(world, started(world)), by=world.actor("safety_officer"), at=world.at)
    Problem.objects.filter(statement__contains="天车").update(closure="rectifying", progress="basically_done")
    path = own_layout_book(ledger, Problem.objects.order_by("id"))
    sheet = load_workbook(path).active
    path.unlink()
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "热轧厂安全检查问题台账"
    assert [value for value in rows[2] if value][:4] == ["责任单位", "问题描述", "问题类别", "整改措施"]
    crane = next(row for row in rows if row[3] and "天车" in row[3])
    assert crane[8] == "整改中" and crane[0] == "2"


def test_two_people_load_at_once(race, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    world = build(accounts=False)
    ledger = decided(world, started(world))
    actors = [world.actor("safety_officer"), world.actor("second_officer")]
    copies = [LedgerImport.objects.select_related("home").get(pk=ledger.pk) for _ in actors]

    def doing(copy, actor):
        return lambda: ask_loading(ledger=copy, by=actor, at=world.at)

    outcomes = race([doing(copy, actor) for copy, actor in zip(copies, actors, strict=True)])
    lost = [outcome.error for outcome in outcomes if outcome.error]
    assert len(lost) == 1 and isinstance(lost[0], Stale | Refused), outcomes
    assert "已被他人处理" in lost[0].reason
    assert Problem.objects.count() == 3
