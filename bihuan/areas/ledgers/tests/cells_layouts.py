"""Layouts whose difficulty lies in the cells and the file format rather than in the header."""

from __future__ import annotations

import random

from .files import Formula, Page, as_csv, as_html, as_xls, as_xlsx
from .sample import TWO_CODES, USUAL, USUAL_CODES, Cell, Sample, expect, table, two_rows
from .truth import GRADE, STATUS, UNITS, dotted, full_width, truths, written


def traditional() -> Sample:
    found = truths(16)
    names = [
        "序號",
        "檢查時間",
        "責任單位",
        "問題描述",
        "類別",
        "隱患等級",
        "整改措施",
        "責任人",
        "整改期限",
        "整改狀態",
    ]
    rows = table(found, USUAL)
    rows[0] = list(names)
    return Sample("繁體.xls", as_xls([Page("Sheet1", rows)]), expect(found, *USUAL_CODES))


def full_width_digits() -> Sample:
    found = truths(17)
    rows = table(found, USUAL)
    for r, t in enumerate(found, start=1):
        rows[r][0] = full_width(str(t.number))
        rows[r][1] = full_width(f"{t.found_at.year}．{t.found_at.month}．{t.found_at.day}")
        rows[r][8] = full_width(written(t.due))
    return Sample("全角.csv", as_csv(Page("全角", rows), "utf-8-sig"), expect(found, *USUAL_CODES))


def shuffled_utf16() -> Sample:
    found = truths(18)
    columns = USUAL[:]
    random.Random(5).shuffle(columns)
    return Sample(
        "乱序.csv", as_csv(Page("乱序", table(found, columns)), "utf-16", "\t"), expect(found, *USUAL_CODES)
    )


def english() -> Sample:
    found = truths(19)
    names = [
        "problemId",
        "checkDate",
        "dutyUnit",
        "problemContent",
        "problemType",
        "riskLevel",
        "rectifyMeasure",
        "dutyPerson",
        "deadline",
        "status",
    ]
    rows = table(found, USUAL)
    rows[0] = list(names)
    return Sample("export.csv", as_csv(Page("export", rows), "utf-8", ";"), expect(found, *USUAL_CODES))


def blank_columns_left() -> Sample:
    found = truths(20)
    rows: list[list[object]] = [[None] * 12, [None, None, "隐患清单", *[None] * 9]]
    rows += [[None, None, *row] for row in table(found, USUAL)]
    return Sample("偏右.xlsx", as_xlsx([Page("Sheet1", rows)]), expect(found, *USUAL_CODES))


def hidden_rows_and_sheet() -> Sample:
    found = truths(21)
    page = Page("台账", table(found, USUAL), hidden_rows=[3, 4, 7])
    old = Page("旧表", table(truths(121, 6), USUAL), hidden=True)
    return Sample("筛选.xlsx", as_xlsx([page, old]), expect(found, *USUAL_CODES), ["隐藏的", "旧表"])


def formulas_and_images() -> Sample:
    found = truths(22)
    columns = [*USUAL, ("整改照片", lambda t: None)]
    rows = table(found, columns)
    for r in range(1, len(rows)):
        rows[r][0] = Formula(f"=ROW()-{r}")
    page = Page("台账", rows, image_at="K3")
    return Sample("公式.xlsx", as_xlsx([page]), expect(found, *USUAL_CODES), ["公式", "1 张图片"])


def section_rows() -> Sample:
    found = sorted(truths(23), key=lambda t: t.category)
    columns = [column for column in USUAL if column[0] != "类别"]
    plain_rows = table(found, columns)
    rows, merges, last = [plain_rows[0]], [], ""
    numerals = "一二三四五六七八九十"
    for t, row in zip(found, plain_rows[1:], strict=True):
        if t.category != last:
            last = t.category
            merges.append((len(rows), 0, len(rows), 8))
            rows.append([f"{numerals[len(merges) - 1]}、{last}方面", *[None] * 8])
        rows.append(row)
    return Sample("分段.xlsx", as_xlsx([Page("Sheet1", rows, merges)]), expect(found, *USUAL_CODES))


def header_on_every_page() -> Sample:
    found = truths(24, 18)
    plain_rows = table(found, USUAL)
    title: list[object] = ["安全隐患排查治理台账", *[None] * 9]
    rows: list[list[object]] = []
    for a in range(0, 18, 6):
        rows += [
            title,
            plain_rows[0],
            *plain_rows[1 + a : 7 + a],
            [None, None, "小计", 6, *[None] * 6],
            [f"第 {a // 6 + 1} 页 共 3 页", *[None] * 9],
        ]
    return Sample("分页.xls", as_xls([Page("Sheet1", rows)]), expect(found, *USUAL_CODES))


def wide_remarks() -> Sample:
    """A column of remarks longer than the problems must not be taken for them."""
    found = truths(25)
    long = (
        "经现场核实，已与设备部、生产部、检修中心召开协调会，明确备件到货后停机处理，期间设专人监护并每班记录。"
        * 3
    )
    columns = [
        *USUAL[:3],
        ("存在的主要问题", USUAL[3][1]),
        *USUAL[4:],
        ("备注", lambda t: long + str(t.number)),
    ]
    expected = expect(found, *USUAL_CODES)
    for one, t in zip(expected, found, strict=True):
        one["remark"] = long + str(t.number)
    return Sample("长备注.xlsx", as_xlsx([Page("Sheet1", table(found, columns))]), expected)


def short_unit_names() -> Sample:
    found = truths(26)
    columns = [(name, (lambda t: UNITS[t.unit]) if name == "责任单位" else cell) for name, cell in USUAL]
    expected = expect(found, *USUAL_CODES)
    for one, t in zip(expected, found, strict=True):
        one["unit"] = UNITS[t.unit]
    return Sample("简称.xlsx", as_xlsx([Page("Sheet1", table(found, columns))]), expected)


def gaps_in_numbers() -> Sample:
    """Numbers with gaps, blank rows between, and pre-numbered empty rows at the end."""
    found = truths(27)
    rows: list[list[object]] = []
    for k, row in enumerate(table(found, USUAL)):
        rows.append([row[0] if k == 0 else k * 3, *row[1:]])
        if k % 5 == 4:
            rows.append([None] * 10)
    rows += [[100 + k, *[None] * 9] for k in range(6)]
    return Sample("缺号.xlsx", as_xlsx([Page("Sheet1", rows)]), expect(found, *USUAL_CODES))


def html_as_xls() -> Sample:
    found = truths(28)
    return Sample("导出.xls", as_html(two_rows(found)), expect(found, *TWO_CODES))


def measures_below_each_other() -> Sample:
    """One problem, two measures with their own owners: the problem is merged down and is one problem."""
    found = truths(29, 8)
    rows: list[list[object]] = [
        ["序号", "反馈问题", "责任部门", "整改措施", "责任人", "完成时限", "完成情况"]
    ]
    merges = []
    for t in found:
        top = len(rows)
        rows.append([t.number, t.statement, t.unit, t.measure, t.person, t.due, STATUS[t.progress]])
        rows.append([None, None, None, "举一反三排查同类问题", "乔小满", t.due, "整改中"])
        merges += [(top, c, top + 1, c) for c in (0, 1, 2)]
    return Sample(
        "措施.xlsx",
        as_xlsx([Page("三张清单", rows, merges)]),
        expect(found, "unit", "measure", "person", "due", "progress"),
    )


def inspection_rectification() -> Sample:
    """The ledger of an inspection: leader, aims, accounts in words, no column of states."""
    found = truths(30)
    words = {
        "not_started": "未开始，正在制定方案",
        "in_progress": "整改中：备件已报计划",
        "done": "已完成。更换到位并拍照",
        "closed": "已销号，复查合格",
    }
    columns: list[tuple[str, Cell]] = [
        ("序号", lambda t: t.number),
        ("巡察反馈问题", lambda t: t.statement),
        ("整改目标", lambda t: "达到规程要求"),
        ("整改措施", lambda t: t.measure),
        ("责任领导", lambda t: "侯振华"),
        ("责任部门", lambda t: t.unit),
        ("完成时限", lambda t: t.due),
        ("整改落实情况", lambda t: words[t.progress]),
    ]
    rows: list[list[object]] = [
        ["巡察反馈问题整改台账", *[None] * 7],
        ["单位：晋岭钢铁集团", *[None] * 7],
        *table(found, columns),
    ]
    expected = expect(found, "unit", "measure", "due", "progress")
    for one in expected:
        one["leader"] = "侯振华"
    return Sample("巡察.xlsx", as_xlsx([Page("整改台账", rows, [(0, 0, 0, 7)])]), expected)


def other_words() -> Sample:
    found = truths(31)
    columns: list[tuple[str, Cell]] = [
        ("编号", lambda t: f"AQ-{t.number:03d}"),
        ("查出日期", lambda t: dotted(t.found_at)),
        ("隐患部位", lambda t: t.place),
        ("隐患内容及现状", lambda t: t.statement),
        ("专业", lambda t: t.category),
        ("级别", lambda t: GRADE[t.grade] + "隐患"),
        ("整改负责人", lambda t: t.person),
        ("所属车间", lambda t: t.unit),
        ("要求完成时间", lambda t: dotted(t.due)),
        ("实际完成时间", lambda t: dotted(t.done_at) if t.done_at else "/"),
        ("是否整改完成", lambda t: "是" if t.done_at else "否"),
        ("整改资金（元）", lambda t: t.number * 100),
    ]
    expected = expect(found, "unit", "person", "place", "category", "grade", "due", "found_at", "done_at")
    for one, t in zip(expected, found, strict=True):
        one["progress"] = "done" if t.done_at else "not_started"
    return Sample("隐患.csv", as_csv(Page("隐患", table(found, columns)), "gb18030"), expected)


def unit_sections() -> Sample:
    """The unit stands over its problems, once."""
    found = sorted(truths(32), key=lambda t: t.unit)
    columns = [column for column in USUAL if column[0] != "责任单位"]
    rows: list[list[object]] = [table([], columns)[0]]
    last = ""
    for t, row in zip(found, table(found, columns)[1:], strict=True):
        if t.unit != last:
            last = t.unit
            rows.append([last, *[None] * 8])
        rows.append(row)
    return Sample("分单位.csv", as_csv(Page("表", rows), "gb18030"), expect(found, *USUAL_CODES))


def second_lines_csv() -> Sample:
    """A second measure on a line that leaves number, problem and unit empty."""
    found = truths(33, 9)
    rows: list[list[object]] = [["序号", "存在问题", "责任单位", "整改措施", "责任人", "完成时限"]]
    for t in found:
        rows.append([t.number, t.statement, t.unit, t.measure, t.person, dotted(t.due)])
        rows.append([None, None, None, "举一反三排查同类问题", "乔小满", dotted(t.due)])
    return Sample("措施.csv", as_csv(Page("表", rows)), expect(found, "unit", "measure", "person", "due"))
