"""What was written is read back with another library."""

from datetime import date, datetime

import openpyxl
import pytest

from bihuan.kernel.moment import CHINA
from bihuan.paper import xlsx
from bihuan.paper.xlsx import Book, Col

COLUMNS = [
    Col("序号", 6, kind="number"),
    Col("问题表述", 40, group="问题"),
    Col("发现日期", 12, group="问题", kind="date"),
    Col("责任人", 10, group="责任"),
    Col("销号时间", 16, kind="moment"),
]


@pytest.fixture
def read_back(tmp_path):
    with Book(tmp_path) as book:
        sheet = book.sheet("台账：2025/9", COLUMNS, heading="问题整改台账", above=["现在列出 1 件。"])
        at = datetime(2025, 9, 15, 9, 0, tzinfo=CHINA)
        sheet.add([1, "=1+1", date(2025, 9, 1), "段志远\x07", at])
        sheet.add([2, None, None, True, None])
    return openpyxl.load_workbook(book.path).worksheets[0]


def test_two_header_rows_are_merged(read_back):
    assert {str(area) for area in read_back.merged_cells.ranges} == {
        "A1:E1", "A2:E2", "A3:A4", "B3:C3", "E3:E4",
    }  # fmt: skip
    assert [cell.value for cell in read_back[3]] == ["序号", "问题", None, "责任", "销号时间"]
    assert [cell.value for cell in read_back[4]] == [None, "问题表述", "发现日期", "责任人", None]


def test_values_keep_their_type_and_nothing_is_a_formula(read_back):
    row = read_back[5]
    assert [cell.value for cell in row] == [
        1, "=1+1", datetime(2025, 9, 1), "段志远", datetime(2025, 9, 15, 9, 0),
    ]  # fmt: skip
    assert row[1].data_type == "s"
    assert [cell.value for cell in read_back[6]] == [2, None, None, "是", None]


def test_title_and_lines_above(read_back):
    assert read_back.title == "台账：2025 9"
    assert (read_back["A1"].value, read_back["A2"].value) == ("问题整改台账", "现在列出 1 件。")


def test_one_header_row_without_groups(tmp_path):
    with Book(tmp_path) as book:
        book.sheet("单", [Col("编号"), Col("数", kind="number")]).add(["RC-1", 3])
    rows = list(openpyxl.load_workbook(book.path).active.values)
    assert rows == [("编号", "数"), ("RC-1", 3)]


def test_a_failed_book_leaves_no_file(tmp_path):
    with pytest.raises(ZeroDivisionError), Book(tmp_path) as book:
        book.sheet("空", [Col("甲")]).add([1 / 0])
    assert not book.path.exists()


def test_a_table_longer_than_a_sheet_goes_on_in_another(tmp_path, monkeypatch):
    """Excel's sheet ends, and the library drops what comes after without a word: no row may be lost."""
    monkeypatch.setattr(xlsx, "ROWS", 6)
    with Book(tmp_path) as book:
        sheet = book.sheet("一个很长的名字" * 5, COLUMNS, heading="台账", above=["现在列出 5 件。"])
        for number in range(5):
            sheet.add([number, f"问题 {number}", None, None, None])
    assert sheet.added == 5
    parts = openpyxl.load_workbook(book.path).worksheets
    assert [part.title[-4:] for part in parts[1:]] == ["（续1）", "（续2）"]
    assert [[row[1].value for row in part.iter_rows(min_row=5)] for part in parts] == [
        ["问题 0", "问题 1"], ["问题 2", "问题 3"], ["问题 4"],
    ]  # fmt: skip
    assert all(part["A1"].value == "台账" and part["B3"].value == "问题" for part in parts)
