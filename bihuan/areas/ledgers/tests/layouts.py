"""Twenty-eight clearly different layouts of ledgers, each with the values that stand in it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from .files import Formula, Page, as_csv, as_html, as_xls, as_xlsx
from .truth import GRADE, STATUS, UNITS, Truth, dotted, full_width, serial, short, truths, written

Cell = Callable[[Truth], object]
Expected = dict[str, object]


@dataclass
class Sample:
    """`expected` holds one dictionary per problem: field → value as the reading must give it."""

    name: str
    data: bytes
    expected: list[Expected]
    notes: list[str] = field(default_factory=list)


def _expect(found: list[Truth], *codes: str) -> list[Expected]:
    return [{code: _value(truth, code) for code in ("statement", *codes)} for truth in found]


def _value(truth: Truth, code: str) -> object:
    if code == "progress":
        return "done" if truth.progress == "closed" else truth.progress
    if code == "closed_state":
        return "closed" if truth.progress == "closed" else "open"
    value = getattr(truth, code)
    return value.isoformat() if code in ("found_at", "due", "done_at") and value else value


def _table(found: list[Truth], columns: list[tuple[str, Cell]]) -> list[list[object]]:
    return [[name for name, _ in columns]] + [[cell(truth) for _, cell in columns] for truth in found]


USUAL: list[tuple[str, Cell]] = [
    ("序号", lambda t: t.number),
    ("检查时间", lambda t: t.found_at),
    ("责任单位", lambda t: t.unit),
    ("问题描述", lambda t: t.statement),
    ("类别", lambda t: t.category),
    ("隐患等级", lambda t: GRADE[t.grade]),
    ("整改措施", lambda t: t.measure),
    ("责任人", lambda t: t.person),
    ("整改期限", lambda t: t.due),
    ("整改状态", lambda t: STATUS[t.progress]),
]
USUAL_CODES = ("unit", "category", "grade", "measure", "person", "due", "progress", "found_at")


def plain() -> Sample:
    found = truths(1)
    return Sample("台账.xlsx", as_xlsx([Page("Sheet1", _table(found, USUAL))]), _expect(found, *USUAL_CODES))


def titled_with_foot() -> Sample:
    found = truths(2)
    rows = [["晋岭钢铁集团2026年秋季安全大检查问题台账"] + [None] * 9]
    rows += [["编制单位：安全管理部", None, None, None, None, None, None, None, "日期：2026年9月30日", None]]
    rows += _table(found, USUAL)
    rows += [["合计", None, None, f"{len(found)} 项"] + [None] * 6]
    rows += [["备注：1.本表一式两份。\n2.未完成项目由各单位每周五更新。"] + [None] * 9]
    rows += [["填表人：孟凡伟", None, None, "审核人：郝立明", None, None, None, None, "联系电话：6123", None]]
    last = len(rows) - 1
    merges = [(0, 0, 0, 9), (1, 0, 1, 3), (1, 8, 1, 9), (last - 1, 0, last - 1, 9)]
    return Sample("秋检.xlsx", as_xlsx([Page("问题汇总", rows, merges)]), _expect(found, *USUAL_CODES))


def _two_rows(found: list[Truth]) -> Page:
    rows: list[list[object]] = [["2026年秋季安全大检查问题台账"] + [None] * 9]
    rows.append(["序号", "检查时间", "问题情况", None, None, "整改情况", None, None, None, "备注"])
    rows.append([None, None, "单位", "问题描述", "类别", "措施", "责任人", "时限", "完成情况", None])
    for t in found:
        rows.append([t.number, dotted(t.found_at), t.unit, t.statement, t.category, t.measure, t.person, dotted(t.due), STATUS[t.progress], None])
    merges = [(0, 0, 0, 9), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 1, 8), (1, 9, 2, 9)]
    return Page("问题汇总", rows, merges)


TWO_CODES = ("unit", "category", "measure", "person", "due", "progress", "found_at")


def two_row_header() -> Sample:
    found = truths(3)
    return Sample("两行表头.xlsx", as_xlsx([_two_rows(found)]), _expect(found, *TWO_CODES))


def two_row_header_xls() -> Sample:
    found = truths(4)
    return Sample("两行表头.xls", as_xls([_two_rows(found)]), _expect(found, *TWO_CODES))


def two_row_header_csv() -> Sample:
    """Merges are lost in text: the group's word stands over its first leaf only."""
    found = truths(5)
    page = _two_rows(found)
    return Sample("两行表头.csv", as_csv(page, "gb18030"), _expect(found, *TWO_CODES))


def three_row_header() -> Sample:
    found = truths(6)
    rows: list[list[object]] = [
        ["序号", "检查情况", None, None, "问题及整改", None, None, None, None],
        [None, "日期", "单位", "检查人", "问题", None, "整改", None, None],
        [None, None, None, None, "问题表述", "责任单位", "整改责任人", "完成期限", "整改进度"],
    ]
    for t in found:
        rows.append([t.number, written(t.found_at), "安全管理部", "杜文静、秦志刚", t.statement, t.unit, t.person, written(t.due), STATUS[t.progress]])
    merges = [(0, 0, 2, 0), (0, 1, 0, 3), (0, 4, 0, 8), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 1, 5), (1, 6, 1, 8)]
    expected = _expect(found, "unit", "person", "due", "progress", "found_at")
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
        rows.append([t.number, t.found_at, t.statement, None, t.unit, "晋岭监理站" if t.number % 3 == 0 else None, t.person, t.due, "已销号" if t.progress == "closed" else "未销号"])
    merges = [(0, c, 1, c) for c in (0, 1, 2, 6, 7, 8)] + [(0, 3, 0, 5)]
    return Sample("施工隐患.xlsx", as_xlsx([Page("库", rows, merges)]), _expect(found, "unit", "person", "due", "found_at", "closed_state"))


def several_sheets() -> Sample:
    found = truths(8, 15)
    cover = Page("封面", [[None], [None, "晋岭钢铁集团"], [None, "安全隐患排查治理台账"], [None, "二〇二六年九月"]])
    stats = Page("统计", [["单位", "问题数", "已整改", "整改率"]] + [[unit, 5, 3, 0.6] for unit in list(UNITS)[:4]])
    months = [Page(f"{n}月", _table(found[a : a + 5], USUAL)) for n, a in ((7, 0), (8, 5), (9, 10))]
    return Sample("分月.xlsx", as_xlsx([cover, *months, stats]), _expect(found, *USUAL_CODES))


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
        pages.append(Page(f"表{n + 1}", rows + _table(part, columns), [(0, 0, 0, 8)]))
    return Sample("各单位.xlsx", as_xlsx(pages), _expect(fixed, *USUAL_CODES))


def same_as_above() -> Sample:
    found = sorted(truths(10), key=lambda t: t.unit)
    rows = _table(found, USUAL)
    for r in range(len(rows) - 1, 1, -1):
        if rows[r][2] == rows[r - 1][2]:
            rows[r][2] = random.Random(r).choice(["同上", "〃", "″"])
    return Sample("同上.xlsx", as_xlsx([Page("Sheet1", rows)]), _expect(found, *USUAL_CODES))


def merged_down() -> Sample:
    found = sorted(truths(11), key=lambda t: (t.unit, t.number))
    rows = _table(found, USUAL)
    merges, start = [], 1
    for r in range(2, len(rows) + 1):
        if r == len(rows) or rows[r][2] != rows[start][2]:
            if r - start > 1:
                merges.append((start, 2, r - 1, 2))
            start = r
    return Sample("合并.xlsx", as_xlsx([Page("Sheet1", rows, merges)]), _expect(found, *USUAL_CODES))


def serial_dates() -> Sample:
    found = truths(12)
    columns = [(name, (lambda t, n=name: serial(t.found_at if n == "检查时间" else t.due)) if name in ("检查时间", "整改期限") else cell) for name, cell in USUAL]
    return Sample("序列.xlsx", as_xlsx([Page("Sheet1", _table(found, columns))]), _expect(found, *USUAL_CODES))


def text_dates() -> Sample:
    found = truths(13)
    ways: list[Callable[[object], str]] = [dotted, written, lambda d: d.isoformat(), lambda d: f"{d:%Y/%m/%d}", short, lambda d: full_width(dotted(d)), lambda d: f"{d:%Y%m%d}"]  # type: ignore[list-item, attr-defined, str-format]
    rows = _table(found, USUAL)
    for r, t in enumerate(found, start=1):
        rows[r][1] = ways[r % len(ways)](t.found_at)
        rows[r][8] = ways[(r + 3) % len(ways)](t.due) + ("前" if r % 2 else "")
    return Sample("日期.xlsx", as_xlsx([Page("Sheet1", rows)]), _expect(found, *USUAL_CODES))


def deadlines_in_words() -> Sample:
    found = truths(14)
    rows = _table(found, USUAL)
    expected = _expect(found, "unit", "person", "progress", "found_at")
    for r, one in enumerate(expected, start=1):
        word, timing = [("立行立改", "immediate"), ("长期坚持", "long_term"), ("10月底前", "time_limited")][r % 3]
        rows[r][8] = word
        one["timing"] = timing
        one["due"] = "2026-10-31" if timing == "time_limited" else None
    return Sample("期限.xlsx", as_xlsx([Page("Sheet1", rows)]), expected)


def several_names() -> Sample:
    found = truths(15)
    rows = _table(found, USUAL)
    signs = ["、", "，", "/", " ", "\n"]
    for r in range(1, len(rows)):
        rows[r][7] = f"{rows[r][7]}{signs[r % 5]}乔小满"
        rows[r][2] = f"{rows[r][2]}{signs[(r + 1) % 3]}设备部" if r % 2 else rows[r][2]
    return Sample("多人.xlsx", as_xlsx([Page("Sheet1", rows)]), _expect(found, *USUAL_CODES))


def traditional() -> Sample:
    found = truths(16)
    names = ["序號", "檢查時間", "責任單位", "問題描述", "類別", "隱患等級", "整改措施", "責任人", "整改期限", "整改狀態"]
    rows = _table(found, USUAL)
    rows[0] = list(names)
    return Sample("繁體.xls", as_xls([Page("Sheet1", rows)]), _expect(found, *USUAL_CODES))


def full_width_digits() -> Sample:
    found = truths(17)
    rows = _table(found, USUAL)
    for r, t in enumerate(found, start=1):
        rows[r][0] = full_width(str(t.number))
        rows[r][1] = full_width(f"{t.found_at.year}．{t.found_at.month}．{t.found_at.day}")
        rows[r][8] = full_width(written(t.due))
    return Sample("全角.csv", as_csv(Page("全角", rows), "utf-8-sig"), _expect(found, *USUAL_CODES))


def shuffled_utf16() -> Sample:
    found = truths(18)
    columns = USUAL[:]
    random.Random(5).shuffle(columns)
    return Sample("乱序.csv", as_csv(Page("乱序", _table(found, columns)), "utf-16", "\t"), _expect(found, *USUAL_CODES))


def english() -> Sample:
    found = truths(19)
    names = ["problemId", "checkDate", "dutyUnit", "problemContent", "problemType", "riskLevel", "rectifyMeasure", "dutyPerson", "deadline", "status"]
    rows = _table(found, USUAL)
    rows[0] = list(names)
    return Sample("export.csv", as_csv(Page("export", rows), "utf-8", ";"), _expect(found, *USUAL_CODES))


def blank_columns_left() -> Sample:
    found = truths(20)
    rows: list[list[object]] = [[None] * 12, [None, None, "隐患清单", *[None] * 9]]
    rows += [[None, None, *row] for row in _table(found, USUAL)]
    return Sample("偏右.xlsx", as_xlsx([Page("Sheet1", rows)]), _expect(found, *USUAL_CODES))


def hidden_rows_and_sheet() -> Sample:
    found = truths(21)
    page = Page("台账", _table(found, USUAL), hidden_rows=[3, 4, 7])
    old = Page("旧表", _table(truths(121, 6), USUAL), hidden=True)
    return Sample("筛选.xlsx", as_xlsx([page, old]), _expect(found, *USUAL_CODES), ["隐藏的", "旧表"])


def formulas_and_images() -> Sample:
    found = truths(22)
    columns = [*USUAL, ("整改照片", lambda t: None)]
    rows = _table(found, columns)
    for r in range(1, len(rows)):
        rows[r][0] = Formula(f"=ROW()-{r}")
    page = Page("台账", rows, image_at="K3")
    return Sample("公式.xlsx", as_xlsx([page]), _expect(found, *USUAL_CODES), ["公式", "1 张图片"])


def section_rows() -> Sample:
    found = sorted(truths(23), key=lambda t: t.category)
    columns = [column for column in USUAL if column[0] != "类别"]
    table = _table(found, columns)
    rows, merges, last = [table[0]], [], ""
    numerals = "一二三四五六七八九十"
    for t, row in zip(found, table[1:], strict=True):
        if t.category != last:
            last = t.category
            merges.append((len(rows), 0, len(rows), 8))
            rows.append([f"{numerals[len(merges) - 1]}、{last}方面", *[None] * 8])
        rows.append(row)
    return Sample("分段.xlsx", as_xlsx([Page("Sheet1", rows, merges)]), _expect(found, *USUAL_CODES))


def header_on_every_page() -> Sample:
    found = truths(24, 18)
    table = _table(found, USUAL)
    title: list[object] = ["安全隐患排查治理台账", *[None] * 9]
    rows: list[list[object]] = []
    for a in range(0, 18, 6):
        rows += [title, table[0], *table[1 + a : 7 + a], [None, None, "小计", 6, *[None] * 6], [f"第 {a // 6 + 1} 页 共 3 页", *[None] * 9]]
    return Sample("分页.xls", as_xls([Page("Sheet1", rows)]), _expect(found, *USUAL_CODES))


def wide_remarks() -> Sample:
    """A column of remarks longer than the problems must not be taken for them."""
    found = truths(25)
    long = "经现场核实，已与设备部、生产部、检修中心召开协调会，明确备件到货后停机处理，期间设专人监护并每班记录。" * 3
    columns = [*USUAL[:3], ("存在的主要问题", USUAL[3][1]), *USUAL[4:], ("备注", lambda t: long + str(t.number))]
    expected = _expect(found, *USUAL_CODES)
    for one, t in zip(expected, found, strict=True):
        one["remark"] = long + str(t.number)
    return Sample("长备注.xlsx", as_xlsx([Page("Sheet1", _table(found, columns))]), expected)


def short_unit_names() -> Sample:
    found = truths(26)
    columns = [(name, (lambda t: UNITS[t.unit]) if name == "责任单位" else cell) for name, cell in USUAL]
    expected = _expect(found, *USUAL_CODES)
    for one, t in zip(expected, found, strict=True):
        one["unit"] = UNITS[t.unit]
    return Sample("简称.xlsx", as_xlsx([Page("Sheet1", _table(found, columns))]), expected)


def gaps_in_numbers() -> Sample:
    """Numbers with gaps, blank rows between, and pre-numbered empty rows at the end."""
    found = truths(27)
    rows: list[list[object]] = []
    for k, row in enumerate(_table(found, USUAL)):
        rows.append([row[0] if k == 0 else k * 3, *row[1:]])
        if k % 5 == 4:
            rows.append([None] * 10)
    rows += [[100 + k, *[None] * 9] for k in range(6)]
    return Sample("缺号.xlsx", as_xlsx([Page("Sheet1", rows)]), _expect(found, *USUAL_CODES))


def html_as_xls() -> Sample:
    found = truths(28)
    return Sample("导出.xls", as_html(_two_rows(found)), _expect(found, *TWO_CODES))


def measures_below_each_other() -> Sample:
    """One problem, two measures with their own owners: the problem is merged down and is one problem."""
    found = truths(29, 8)
    rows: list[list[object]] = [["序号", "反馈问题", "责任部门", "整改措施", "责任人", "完成时限", "完成情况"]]
    merges = []
    for t in found:
        top = len(rows)
        rows.append([t.number, t.statement, t.unit, t.measure, t.person, t.due, STATUS[t.progress]])
        rows.append([None, None, None, "举一反三排查同类问题", "乔小满", t.due, "整改中"])
        merges += [(top, c, top + 1, c) for c in (0, 1, 2)]
    return Sample("措施.xlsx", as_xlsx([Page("三张清单", rows, merges)]), _expect(found, "unit", "measure", "person", "due", "progress"))


def inspection_rectification() -> Sample:
    """The ledger of an inspection: leader, aims, accounts in words, no column of states."""
    found = truths(30)
    words = {"not_started": "未开始，正在制定方案", "in_progress": "整改中：备件已报计划", "done": "已完成。更换到位并拍照", "closed": "已销号，复查合格"}
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
    rows: list[list[object]] = [["巡察反馈问题整改台账", *[None] * 7], ["单位：晋岭钢铁集团", *[None] * 7], *_table(found, columns)]
    expected = _expect(found, "unit", "measure", "due", "progress")
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
    expected = _expect(found, "unit", "person", "place", "category", "grade", "due", "found_at", "done_at")
    for one, t in zip(expected, found, strict=True):
        one["progress"] = "done" if t.done_at else "not_started"
    return Sample("隐患.csv", as_csv(Page("隐患", _table(found, columns)), "gb18030"), expected)


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
]
