"""Headers, sheets and contracts that the generated layouts do not cover, and how long reading takes."""

from __future__ import annotations

import io
import json

import pytest
import xlsxwriter

from bihuan.areas.ledgers.reading.header_words import header_fields
from bihuan.areas.ledgers.reading.read import read_ledger

from .files import Page, as_csv, as_xlsx
from .layouts import plain
from .sample import USUAL, table
from .truth import BASE, truths

HEADERS = {
    "seq_no": "序号 Ｎｏ. 项次 問題序號",
    "found_at": "检查时间 发现日期 隐患排查时间 findTime checkDate 查出时间",
    "found_by": "检查人 检查人（签字） findPerson 隐患发现人",
    "found_unit": "检查单位 排查部门 checkUnit 组织检查单位",
    "unit": "责任单位 整改责任单位 责任部门 被检查单位 单位 牵头单位 dutyUnit 責任單位",
    "assist_units": "配合单位 协办部门",
    "person": "责任人 整改责任人 负责人 manager dutyPerson 整改負責人",
    "leader": "责任领导 分管领导",
    "place": "地点 隐患部位 检查区域 address 检查工点",
    "statement": "问题描述 隐患问题描述 存在的主要问题 不合格项描述 反馈问题 安全隐患描述 content 问题（隐患）内容",
    "due": "整改期限 完成时限 限时时间 要求完成时间 计划完成日期 deadline",
    "done_at": "整改完成日期 实际完成时间",
    "progress": "整改状态 是否完成 dangerStatus 整改进度",
    "closed_state": "销号情况 是否闭环 验收结果",
    "verifier": "验收人 复查人 supervisor",
    "verified_at": "验收日期 复查时间",
    "category": "隐患类别 问题类型 专业",
    "grade": "隐患等级 风险级别 dangerGrade",
    "demand": "整改要求（措施） 处理意见",
    "measure": "整改措施 处理措施 rectificationMeasure",
    "basis": "检查依据 违反条款",
    "remark": "备注 备　注",
}


@pytest.mark.parametrize(
    ("field", "header"), [(f, h) for f, words in HEADERS.items() for h in words.split(" ")]
)
def test_headers_of_the_field(field: str, header: str) -> None:
    known = header_fields(header)
    assert max(known, key=lambda code: known[code]) == field


@pytest.mark.parametrize("header", ["问题数", "整改率", "隐患总数（项）", "照片", "占比", "建设"])
def test_headers_that_are_no_field(header: str) -> None:
    assert header_fields(header) == {}


def _sheets(*pages: Page) -> list[bool]:
    return [sheet.used for sheet in read_ledger(as_xlsx(list(pages)), "台账.xlsx", base=BASE).sheets]


def test_a_sheet_of_statistics_is_no_ledger() -> None:
    stats = Page(
        "统计", [["单位", "问题数", "已整改数", "整改率"], ["炼铁厂", 12, 9, 0.75], ["合计", 12, 9, 0.75]]
    )
    assert _sheets(stats, Page("台账", table(truths(1), USUAL))) == [False, True]


def test_a_blank_form_is_recognised_and_said_to_be_empty() -> None:
    head = [
        "检查类型",
        "检查项",
        "不合格项描述",
        "整改要求",
        "检查区域",
        "责任单位",
        "处理措施",
        "限时时间",
        "整改情况(是/否)",
    ]
    reading = read_ledger(as_xlsx([Page("Sheet1", [head]), Page("Sheet2", [])]), "表样.xlsx", base=BASE)
    assert reading.refused == ""
    assert reading.rows == []
    assert "空白表样" in reading.notes[0]
    assert [column.field for column in reading.columns][2:6] == ["statement", "demand", "place", "unit"]


def test_a_table_of_statistics_above_the_ledger_on_one_sheet() -> None:
    head = [["单位", "问题数", "整改率"], ["炼铁厂", 3, 0.5], ["热轧厂", 4, 0.5], [None]]
    found = truths(2, 6)
    reading = read_ledger(as_xlsx([Page("台账", head + table(found, USUAL))]), "台账.xlsx", base=BASE)
    assert [row.text("statement") for row in reading.rows] == [truth.statement for truth in found]


def test_two_tables_below_each_other_with_different_columns() -> None:
    first, second = truths(3, 4), truths(4, 4)
    lower = [["序号", "部门", "存在问题", "整改时限"]] + [
        [t.number, t.unit, t.statement, t.due] for t in second
    ]
    rows = [*table(first, USUAL), [None], *lower]
    reading = read_ledger(as_xlsx([Page("台账", rows)]), "台账.xlsx", base=BASE)
    assert [row.text("unit") for row in reading.rows] == [t.unit for t in first + second]


def test_what_stands_above_the_table_holds_for_every_row() -> None:
    rows: list[list[object]] = [
        ["受检单位", "炼铁厂", "检查人员", "杜文静"],
        ["检查日期：2026年9月1日"],
        ["序号", "问题描述", "整改措施", "整改期限"],
        [1, "出铁场护栏缺失一段", "补装", "2026.9.10"],
    ]
    row = read_ledger(as_csv(Page("表", rows)), "检查表.csv", base=BASE).rows[0]
    assert (row.values["unit"], row.values["found_by"], row.values["found_at"]) == (
        "炼铁厂",
        "杜文静",
        "2026-09-01",
    )
    assert {"unit", "found_by", "found_at"} <= {guess.field for guess in row.guessed}


def test_days_without_a_year_belong_to_the_year_of_the_title() -> None:
    rows: list[list[object]] = [
        ["2024年安全隐患台账"],
        ["序号", "检查日期", "问题描述"],
        [1, "3月9日", "出铁场护栏缺失一段"],
    ]
    row = read_ledger(as_csv(Page("表", rows)), "台账.csv", base=BASE).rows[0]
    assert row.values["found_at"] == "2024-03-09"
    assert row.verdict == "guessed"


def test_dates_that_count_from_1904() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": True})
    sheet = book.add_worksheet("台账")
    sheet.write_row(0, 0, ["序号", "检查日期", "问题描述"])
    sheet.write_row(1, 0, [1, 46280 - 1462, "出铁场护栏缺失一段"])
    book.close()
    row = read_ledger(out.getvalue(), "台账.xlsx", base=BASE).rows[0]
    assert row.values["found_at"] == "2026-09-15"


def test_the_report_is_the_contract_and_plain_json() -> None:
    report = read_ledger(plain().data, "台账.xlsx", base=BASE).as_json()
    assert list(report) == ["layout", "columns", "rows", "notes", "refused"]
    assert set(report["columns"][0]) == {"index", "header", "field", "confidence", "reason"}  # type: ignore[index]
    assert {"source_row", "verdict", "values", "guessed"} <= set(report["rows"][0])  # type: ignore[index]
    assert json.loads(json.dumps(report, ensure_ascii=False)) == report


def assert_read_whole(data: bytes, name: str, rows: int) -> None:
    """Every row is read, in one piece; how fast is shown by the bench, not asserted here."""
    reading = read_ledger(data, name, base=BASE)
    assert len(reading.rows) == rows and not reading.refused
    assert len({row.values["statement"] for row in reading.rows}) == rows


def test_a_large_ledger_with_merged_columns_is_read_whole() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("问题台账")
    names = [
        "序号",
        "问题描述",
        "检查时间",
        "检查单位",
        "检查人",
        "责任单位",
        "地点",
        "类别",
        "隐患等级",
        "整改措施",
        "整改期限",
        "完成情况",
        "责任人",
    ]
    sheet.write_row(0, 0, names)
    cells = [
        "2026.9.1",
        "安全部",
        "郝立明、韩玉梅",
        "炼铁厂",
        "出铁场",
        "机械伤害",
        "一般",
        "加装防护罩",
        "10月底前",
        "已完成",
        "贾海峰",
    ]
    for r in range(1, 8501, 2):
        sheet.write(r, 1, f"{r} 号位置行车滑线无防护罩")
        sheet.write(r + 1, 1, f"{r + 1} 号位置行车滑线无防护罩")
        for c, value in enumerate([r, *cells]):
            sheet.merge_range(r, c + (c > 0), r + 1, c + (c > 0), value)
    book.close()
    assert_read_whole(out.getvalue(), "大表.xlsx", 8500)


def test_a_long_text_table_is_read_whole() -> None:
    head = ["序号", "检查时间", "责任单位", "问题描述", "责任人", "整改期限", "完成情况"]
    rows = [
        [
            n,
            f"2026.{n % 9 + 1}.{n % 28 + 1}",
            "炼铁厂",
            f"{n} 号位置行车滑线无防护罩",
            "贾海峰",
            "10月底前",
            "已完成",
        ]
        for n in range(20_000)
    ]
    assert_read_whole(as_csv(Page("表", [head, *rows]), "gb18030"), "大表.csv", 20_000)
