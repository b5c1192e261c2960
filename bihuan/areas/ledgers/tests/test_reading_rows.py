"""Rows of real ledgers are untidy: what is taken, what is marked, what has to be mended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from bihuan.areas.ledgers.reading.draft import Row
from bihuan.areas.ledgers.reading.read import Overrides, read_ledger
from bihuan.areas.ledgers.reading.result import Reading

from .files import Page, as_csv, as_xlsx
from .truth import BASE

HEAD: list[object] = [
    "序号",
    "检查日期",
    "责任单位",
    "问题描述",
    "隐患等级",
    "责任人",
    "整改期限",
    "完成日期",
    "销号情况",
]
GOOD: list[object] = [
    1,
    "2026.9.14",
    "炼铁厂",
    "出铁场护栏缺失一段",
    "一般",
    "贾海峰",
    "2026.9.30",
    "2026.9.28",
    "已销号",
]


def _read(
    *rows: list[object], head: list[object] | None = None, overrides: Overrides | None = None
) -> Reading:
    page = Page(
        "台账", [head or HEAD, GOOD if head is None else rows[0], *(rows if head is None else rows[1:])]
    )
    return read_ledger(as_xlsx([page]), "台账.xlsx", base=BASE, overrides=overrides)


def _row(changes: dict[str, object] | None = None) -> Row:
    """The second data row: the good one with some cells changed, by their header."""
    cells = (
        dict(zip(map(str, HEAD), GOOD, strict=True))
        | {"序号": 2, "问题描述": "皮带头轮清扫器缺失"}
        | (changes or {})
    )
    return _read(list(cells.values())).rows[1]


def _why(row: Row, code: str) -> str:
    return "；".join(guess.why for guess in row.guessed if guess.field == code)


def test_a_plain_row_is_taken_without_a_mark() -> None:
    row = _row()
    assert row.verdict == "ok"
    assert row.values["found_at"] == "2026-09-14"
    assert row.values["closed_state"] == "closed"
    assert row.values["timing"] == "time_limited"


def test_a_statement_is_kept_to_the_last_blank() -> None:
    words = " 1.护栏缺失；\n2.踢脚板　变形（约 2m）。\n"
    assert _row({"问题描述": words}).values["statement"] == words


def test_a_missing_statement_has_to_be_mended() -> None:
    row = _row({"问题描述": None})
    assert row.verdict == "fix"
    assert [problem.code for problem in row.problems] == ["no_statement"]


@pytest.mark.parametrize("column", ["检查日期", "整改期限", "完成日期"])
def test_a_day_that_does_not_exist_has_to_be_mended(column: str) -> None:
    row = _row({column: "2026年9月31日"})
    assert row.verdict == "fix"
    assert "没有这一天" in row.problems[0].message


def test_a_date_among_the_people_is_not_a_name() -> None:
    row = _row({"责任人": "2026-09-25 00:00:00"})
    assert "person" not in row.values
    assert row.verdict == "guessed"
    assert "是日期，不是人名" in _why(row, "person")


def test_cells_moved_by_one_column_are_noticed() -> None:
    row = _row({"责任人": "2026-09-25", "完成日期": "已整改", "销号情况": None})
    assert row.values["done_at"] == "2026-09-25"
    assert row.values["progress"] == "done"
    assert "错开" in _why(row, "done_at")


def test_a_date_among_the_units_is_not_a_unit() -> None:
    row = _row({"责任单位": date(2026, 9, 25)})
    assert "unit" not in row.values
    assert "不是单位名" in _why(row, "unit")


@pytest.mark.parametrize(
    ("said", "closed", "progress"),
    [
        ("已销号", "closed", "done"),
        ("未销号", "open", None),
        ("是", "closed", "done"),
        ("否", "open", None),
        ("待整改", "open", "not_started"),
    ],
)
def test_closure_as_the_ledger_states_it(said: str, closed: str, progress: str | None) -> None:
    row = _row({"销号情况": said})
    assert row.values["closed_state"] == closed
    assert row.values.get("progress") == progress


def test_mended_in_the_column_of_closure_is_taken_for_closed_and_marked() -> None:
    row = _row({"销号情况": "已整改"})
    assert row.values["closed_state"] == "closed"
    assert "已整改" in _why(row, "closed_state")
    assert "verifier" not in row.values


@pytest.mark.parametrize(
    ("said", "grade"),
    [
        ("一般", "general"),
        ("重大隐患", "major"),
        ("较大", "serious"),
        ("一般3级", "general"),
        ("3", None),
        ("C", None),
    ],
)
def test_grades_in_words_and_grades_nobody_explained(said: str, grade: str | None) -> None:
    row = _row({"隐患等级": said})
    assert row.values.get("grade") == grade
    assert row.values["grade_text"] == said
    assert bool(_why(row, "grade")) is (grade is None)


def test_a_scale_explained_at_the_foot_is_used_and_marked() -> None:
    foot: list[object] = [
        "填写要求：隐患等级按1，2，3级划分，1级为重大隐患，2级为突出隐患，3级为一般隐患。",
        *[None] * 8,
    ]
    reading = _read([2, *GOOD[1:3], "皮带通廊积灰严重", 3, *GOOD[5:]], foot)
    assert [row.values["grade"] for row in reading.rows] == ["general", "general"]
    assert "说明" in _why(reading.rows[1], "grade")
    assert reading.sheets[0].notes[0].startswith("填写要求")


@pytest.mark.parametrize("sign", ["同上", "〃", "″"])
def test_same_as_above(sign: str) -> None:
    row = _row({"责任单位": sign})
    assert row.values["unit"] == "炼铁厂"
    assert "上面一行" in _why(row, "unit")


def test_order_of_days_is_only_remarked_on() -> None:
    row = _row({"整改期限": "2026.9.1"})
    assert row.values["due"] == "2026-09-01"
    assert row.verdict == "guessed"
    assert "早于发现日期" in row.problems[0].message


def test_several_units_and_people() -> None:
    row = _row({"责任单位": "炼铁厂、检修中心", "责任人": "贾海峰 乔小满"})
    assert (row.values["unit"], row.values["assist_units"]) == ("炼铁厂", ["检修中心"])
    assert (row.values["person"], row.values["assist_people"]) == ("贾海峰", ["乔小满"])
    assert _why(row, "unit")
    assert _why(row, "person")


@pytest.mark.parametrize("name", ["张　三", "张 三", "张三（车间主任）", "张三 13800000000"])
def test_a_name_with_blanks_post_or_phone(name: str) -> None:
    assert _row({"责任人": name}).values["person"] == "张三"


def test_signs_for_nothing_are_nothing() -> None:
    row = _row({"责任人": "/", "完成日期": "—", "销号情况": "无"})
    assert not {"person", "done_at", "closed_state"} & set(row.values)


def test_ticked_columns() -> None:
    head: list[object] = ["序号", "问题描述", "责任单位", "已整改", "整改中", "未整改"]
    page = Page(
        "台账",
        [
            ["序号", "问题描述", "责任单位", "整改情况", None, None],
            [None, None, None, *head[3:]],
            [1, "出铁场护栏缺失一段", "炼铁厂", "√", None, None],
            [2, "皮带通廊积灰严重", "烧结厂", None, None, "√"],
            [3, "消防栓无水", "热轧厂", None, "√", None],
        ],
        [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 5)],
    )
    reading = read_ledger(as_xlsx([page]), "打勾.xlsx", base=BASE)
    assert [row.values["progress"] for row in reading.rows] == ["done", "not_started", "in_progress"]


def test_a_unit_written_once_for_its_group() -> None:
    rows: list[list[object]] = [
        [n, None, unit, f"第 {n} 处护栏缺失", None, None, None, None, None]
        for n, unit in enumerate(["炼铁厂", None, None, "热轧厂", None, None], 1)
    ]
    reading = read_ledger(as_csv(Page("台账", [HEAD, *rows])), "台账.csv", base=BASE)
    assert [row.values["unit"] for row in reading.rows] == ["炼铁厂"] * 3 + ["热轧厂"] * 3
    assert all(_why(row, "unit") for row in reading.rows if row.source_row not in (2, 5))


def test_the_same_problem_on_two_sheets_comes_in_once() -> None:
    other = [2, *GOOD[1:3], "皮带通廊积灰严重", *GOOD[4:]]
    pages = [Page("汇总", [HEAD, GOOD, other]), Page("炼铁厂", [HEAD, GOOD])]
    reading = read_ledger(as_xlsx(pages), "汇总.xlsx", base=BASE)
    assert [row.verdict for row in reading.rows] == ["ok", "ok", "skip"]
    assert "汇总" in reading.rows[2].skipped


def test_twins_on_one_sheet_are_both_kept_and_pointed_at() -> None:
    row = _read(GOOD).rows[1]
    assert row.verdict == "guessed"
    assert row.problems[0].code == "duplicate"


def test_what_is_no_field_stays_with_the_row() -> None:
    head = [*HEAD, "监控编码说明栏", "整改前照片"]
    reading = _read([*GOOD, "摄像头 7 号", "见附图"], head=head)
    assert reading.rows[0].values["kept"] == {"监控编码说明栏": "摄像头 7 号", "整改前照片": "见附图"}
    assert [column.field for column in reading.columns][-2:] == ["", ""]


def test_a_person_may_correct_columns_cells_and_rows() -> None:
    bad = [2, "2026年9月31日", "热轧厂", "酸洗槽区护栏缺失", *GOOD[4:]]
    other = [3, *GOOD[1:3], "消防栓无水", *GOOD[4:]]
    wish = Overrides(
        columns={5: "verifier", 4: "kept"}, cells={("台账", 3, 1): "2026.9.13"}, skip=frozenset({("台账", 4)})
    )
    reading = _read(bad, other, overrides=wish)
    assert [row.verdict for row in reading.rows] == ["ok", "ok", "skip"]
    assert reading.rows[1].values["found_at"] == "2026-09-13"
    assert reading.rows[1].values["verifier"] == "贾海峰"
    assert reading.rows[1].values["kept"] == {"隐患等级": "一般"}


def test_a_person_may_say_where_the_header_is() -> None:
    page = Page(
        "台账", [["甲", "乙", "丙"], ["序号", "问题描述", "责任单位"], [1, "护栏缺失一段未修", "炼铁厂"]]
    )
    wish = Overrides(header_rows={"台账": [2]})
    reading = read_ledger(as_xlsx([page]), "台账.xlsx", base=BASE, overrides=wish)
    assert reading.sheets[0].header_rows == (2,)
    assert len(reading.rows) == 1


@dataclass(frozen=True)
class _Entry:
    id: str
    name: str


class _Org:
    """An organisation of two workshops with the same short name and one person."""

    def find_units(self, name: str) -> list[_Entry]:
        units = {
            "炼铁": [_Entry("1", "炼铁厂")],
            "炼铁厂": [_Entry("1", "炼铁厂")],
            "机修": [_Entry("2", "炼铁机修"), _Entry("3", "炼钢机修")],
        }
        return units.get(name, [])

    def find_people(self, name: str, unit: str) -> list[_Entry]:
        return [_Entry("7", "贾海峰")] if name == "贾海峰" else []


def test_names_are_matched_with_the_organisation() -> None:
    rows = [
        [n, None, unit, f"第 {n} 处护栏缺失", None, person]
        for n, (unit, person) in enumerate([("炼铁", "贾海峰"), ("机修", "贾海峰"), ("外协队", "孟工")], 1)
    ]
    page = Page("台账", [HEAD[:6], *rows])
    found = read_ledger(as_xlsx([page]), "台账.xlsx", base=BASE, directory=_Org()).rows
    assert (found[0].values["unit_id"], found[0].values["person_id"]) == ("1", "7")
    assert "对上“炼铁厂”" in _why(found[0], "unit")
    assert [problem.code for problem in found[1].problems] == ["several_units"]
    assert [problem.code for problem in found[2].problems] == ["unknown_unit", "unknown_person"]
    assert [row.verdict for row in found] == ["guessed", "fix", "fix"]
