"""Thirty-three clearly different layouts of ledgers, each with the values that stand in it."""

from __future__ import annotations

import random
from collections.abc import Callable

from .cells_layouts import (
    blank_columns_left,
    english,
    formulas_and_images,
    full_width_digits,
    gaps_in_numbers,
    header_on_every_page,
    hidden_rows_and_sheet,
    html_as_xls,
    inspection_rectification,
    measures_below_each_other,
    other_words,
    second_lines_csv,
    section_rows,
    short_unit_names,
    shuffled_utf16,
    traditional,
    unit_sections,
    wide_remarks,
)
from .files import Page, as_csv, as_xls, as_xlsx
from .sample import TWO_CODES, USUAL, USUAL_CODES, Sample, expect, table, two_rows
from .truth import STATUS, UNITS, Truth, dotted, full_width, serial, short, truths, written


def plain() -> Sample:
    found = truths(1)
    return Sample("台账.xlsx", as_xlsx([Page("Sheet1", table(found, USUAL))]), expect(found, *USUAL_CODES))


def titled_with_foot() -> Sample:
    found = truths(2)
    rows = [["晋岭钢铁集团2026年秋季安全大检查问题台账"] + [None] * 9]
    rows += [["编制单位：安全管理部", None, None, None, None, None, None, None, "日期：2026年9月30日", None]]
    rows += table(found, USUAL)
    rows += [["合计", None, None, f"{len(found)} 项"] + [None] * 6]
    rows += [["备注：1.本表一式两份。\n2.未完成项目由各单位每周五更新。"] + [None] * 9]
    rows += [["填表人：孟凡伟", None, None, "审核人：郝立明", None, None, None, None, "联系电话：6123", None]]
    last = len(rows) - 1
    merges = [(0, 0, 0, 9), (1, 0, 1, 3), (1, 8, 1, 9), (last - 1, 0, last - 1, 9)]
    return Sample("秋检.xlsx", as_xlsx([Page("问题汇总", rows, merges)]), expect(found, *USUAL_CODES))


def two_row_header() -> Sample:
    found = truths(3)
    return Sample("两行表头.xlsx", as_xlsx([two_rows(found)]), expect(found, *TWO_CODES))


def two_row_header_xls() -> Sample:
    found = truths(4)
    return Sample("两行表头.xls", as_xls([two_rows(found)]), expect(found, *TWO_CODES))


def two_row_header_csv() -> Sample:
    """Merges are lost in text: the group's word stands over its first leaf only."""
    found = truths(5)
    page = two_rows(found)
    return Sample("两行表头.csv", as_csv(page, "gb18030"), expect(found, *TWO_CODES))


def three_row_header() -> Sample:
    found = truths(6)
    rows: list[list[object]] = [
        ["序号", "检查情况", None, None, "问题及整改", None, None, None, None],
        [None, "日期", "单位", "检查人", "问题", None, "整改", None, None],
        [None, None, None, None, "问题表述", "责任单位", "整改责任人", "完成期限", "整改进度"],
    ]
    for t in found:
        rows.append(
            [
                t.number,
                written(t.found_at),
                "安全管理部",
                "杜文静、秦志刚",
                t.statement,
                t.unit,
                t.person,
                written(t.due),
                STATUS[t.progress],
            ]
        )
    merges = [
        (0, 0, 2, 0),
        (0, 1, 0, 3),
        (0, 4, 0, 8),
        (1, 1, 2, 1),
        (1, 2, 2, 2),
        (1, 3, 2, 3),
        (1, 4, 1, 5),
        (1, 6, 1, 8),
    ]
    expected = expect(found, "unit", "person", "due", "progress", "found_at")
    for one in expected:
        one.update(found_unit="安全管理部", found_by="杜文静、秦志刚")
    return Sample("三行表头.xlsx", as_xlsx([Page("台账", rows, merges)]), expected)


def unit_roles() -> Sample:
    found = truths(7)
    rows: list[list[object]] = [
        ["序号", "检查日期", "隐患描述", "整改责任单位", None, None, "整改责任人", "整改期限", "销号情况"],
        [None, None, None, "建设", "施工", "监理", None, None, None],
    ]
    for t in found:
        rows.append(
            [
                t.number,
                t.found_at,
                t.statement,
                None,
                t.unit,
                "晋岭监理站" if t.number % 3 == 0 else None,
                t.person,
                t.due,
                "已销号" if t.progress == "closed" else "未销号",
            ]
        )
    merges = [(0, c, 1, c) for c in (0, 1, 2, 6, 7, 8)] + [(0, 3, 0, 5)]
    return Sample(
        "施工隐患.xlsx",
        as_xlsx([Page("库", rows, merges)]),
        expect(found, "unit", "person", "due", "found_at", "closed_state"),
    )


def several_sheets() -> Sample:
    found = truths(8, 15)
    cover = Page(
        "封面", [[None], [None, "晋岭钢铁集团"], [None, "安全隐患排查治理台账"], [None, "二〇二六年九月"]]
    )
    stats = Page(
        "统计", [["单位", "问题数", "已整改", "整改率"]] + [[unit, 5, 3, 0.6] for unit in list(UNITS)[:4]]
    )
    months = [Page(f"{n}月", table(found[a : a + 5], USUAL)) for n, a in ((7, 0), (8, 5), (9, 10))]
    return Sample("分月.xlsx", as_xlsx([cover, *months, stats]), expect(found, *USUAL_CODES))


def sheet_per_unit() -> Sample:
    """The unit stands in the title only."""
    found = truths(9, 12)
    columns = [column for column in USUAL if column[0] != "责任单位"]
    units = list(UNITS)[:3]
    fixed, pages = [], []
    for n, unit in enumerate(units):
        part = [Truth(**{**t.__dict__, "unit": unit}) for t in found[n * 4 : n * 4 + 4]]
        fixed += part
        rows: list[list[object]] = [[f"晋岭钢铁集团{unit}2026年9月安全隐患排查台账"] + [None] * 8]
        pages.append(Page(f"表{n + 1}", rows + table(part, columns), [(0, 0, 0, 8)]))
    return Sample("各单位.xlsx", as_xlsx(pages), expect(fixed, *USUAL_CODES))


def same_as_above() -> Sample:
    found = sorted(truths(10), key=lambda t: t.unit)
    rows = table(found, USUAL)
    for r in range(len(rows) - 1, 1, -1):
        if rows[r][2] == rows[r - 1][2]:
            rows[r][2] = random.Random(r).choice(["同上", "〃", "″"])
    return Sample("同上.xlsx", as_xlsx([Page("Sheet1", rows)]), expect(found, *USUAL_CODES))


def merged_down() -> Sample:
    found = sorted(truths(11), key=lambda t: (t.unit, t.number))
    rows = table(found, USUAL)
    merges, start = [], 1
    for r in range(2, len(rows) + 1):
        if r == len(rows) or rows[r][2] != rows[start][2]:
            if r - start > 1:
                merges.append((start, 2, r - 1, 2))
            start = r
    return Sample("合并.xlsx", as_xlsx([Page("Sheet1", rows, merges)]), expect(found, *USUAL_CODES))


def serial_dates() -> Sample:
    found = truths(12)
    columns = [
        (
            name,
            (lambda t, n=name: serial(t.found_at if n == "检查时间" else t.due))
            if name in ("检查时间", "整改期限")
            else cell,
        )
        for name, cell in USUAL
    ]
    return Sample("序列.xlsx", as_xlsx([Page("Sheet1", table(found, columns))]), expect(found, *USUAL_CODES))


def text_dates() -> Sample:
    found = truths(13)
    ways: list[Callable[[object], str]] = [
        dotted,
        written,
        lambda d: d.isoformat(),
        lambda d: f"{d:%Y/%m/%d}",
        short,
        lambda d: full_width(dotted(d)),
        lambda d: f"{d:%Y%m%d}",
    ]  # type: ignore[list-item, attr-defined, str-format]
    rows = table(found, USUAL)
    for r, t in enumerate(found, start=1):
        rows[r][1] = ways[r % len(ways)](t.found_at)
        rows[r][8] = ways[(r + 3) % len(ways)](t.due) + ("前" if r % 2 else "")
    return Sample("日期.xlsx", as_xlsx([Page("Sheet1", rows)]), expect(found, *USUAL_CODES))


def deadlines_in_words() -> Sample:
    found = truths(14)
    rows = table(found, USUAL)
    expected = expect(found, "unit", "person", "progress", "found_at")
    for r, one in enumerate(expected, start=1):
        word, timing = [("立行立改", "immediate"), ("长期坚持", "long_term"), ("10月底前", "time_limited")][
            r % 3
        ]
        rows[r][8] = word
        one["timing"] = timing
        one["due"] = "2026-10-31" if timing == "time_limited" else None
    return Sample("期限.xlsx", as_xlsx([Page("Sheet1", rows)]), expected)


def several_names() -> Sample:
    found = truths(15)
    rows = table(found, USUAL)
    signs = ["、", "，", "/", " ", "\n"]
    for r in range(1, len(rows)):
        rows[r][7] = f"{rows[r][7]}{signs[r % 5]}乔小满"
        rows[r][2] = f"{rows[r][2]}{signs[(r + 1) % 3]}设备部" if r % 2 else rows[r][2]
    return Sample("多人.xlsx", as_xlsx([Page("Sheet1", rows)]), expect(found, *USUAL_CODES))


LAYOUTS: list[Callable[[], Sample]] = [
    plain,
    titled_with_foot,
    two_row_header,
    two_row_header_xls,
    two_row_header_csv,
    three_row_header,
    unit_roles,
    several_sheets,
    sheet_per_unit,
    same_as_above,
    merged_down,
    serial_dates,
    text_dates,
    deadlines_in_words,
    several_names,
    traditional,
    full_width_digits,
    shuffled_utf16,
    english,
    blank_columns_left,
    hidden_rows_and_sheet,
    formulas_and_images,
    section_rows,
    header_on_every_page,
    wide_remarks,
    short_unit_names,
    gaps_in_numbers,
    html_as_xls,
    measures_below_each_other,
    inspection_rectification,
    other_words,
    unit_sections,
    second_lines_csv,
]
