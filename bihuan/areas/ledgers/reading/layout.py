"""What every row of a sheet is: title, header, data, total, note. A sheet may hold several tables below each other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from bihuan.kernel.text import fold

from .grid import Grid, as_text
from .headers import Header, find_header, header_at, is_header_row, unknown_header
from .sheets import Sheet

TITLE, HEADER, REPEAT, DATA, MORE, BLANK, SECTION, TOTAL, NOTE, NUMBERED = (
    "title",
    "header",
    "repeated_header",
    "data",
    "continued",
    "blank",
    "section",
    "total",
    "note",
    "number_only",
)
_TOTAL = re.compile(r".{0,10}(?:合计|小计|总计|共计|累计|总数|汇总|subtotal|total)(?:\(.*\))?[:：]?.{0,8}")
_NOTE_START = re.compile(
    r"^(?:注\d*[:.、]|注意|备注[:]|说明[:]|附注|填写(?:要求|说明|须知)|填表(?:要求|说明|须知)|编制说明|附件?\d*[:]|例[:]|示例|样例|填写示例|以下空白|此表|本表|第.{1,3}页|共.{1,4}页|打印|※|以上)"
)
_SIGN = re.compile(
    r"^(?:填表|填报|制表|编制|审核|审批|批准|复核|签字|签发|签名|盖章|单位负责|部门负责|主管|负责|联系|统计|报送|上报|主要负责|安全负责|分管|经办|校核|编报|汇总)"
    r"(?:人|单位|部门|日期|时间|电话|领导|人员|人签字|签字|负责人)*(?:\(.*?\))?(?:签字|签章|签名)?[:].*|^(?:日期|时间|联系电话|电话|传真|邮箱)[:].*"
)
_SIGN_ALONE = re.compile(r"(?:填表|填报|制表|编制|审核|审批|批准|编报)(?:人|单位|部门|日期|时间)")
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．,]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}(?:部分|类|章|节))"
)
_SUM = re.compile(r"(?:合|小|总|共)计:?")
_DIGITS = re.compile(r"\d+")
_FIGURE = re.compile(r"[\d.,%]+")
#: texts up to this length come again and again
_SHORT = 24


@dataclass
class Table:
    """One header with its rows. `kinds` holds what each row from below the header to `stop` is."""

    header: Header
    stop: int
    kinds: dict[int, str] = field(default_factory=dict)
    sections: dict[int, str] = field(default_factory=dict)

    @property
    def data_rows(self) -> list[int]:
        return [r for r, kind in self.kinds.items() if kind == DATA]


@dataclass
class Layout:
    """One sheet. `above` are the texts over the first header, `tables` in order, `notes` what stands at the foot."""

    sheet: Sheet
    grid: Grid
    tables: list[Table]
    above: list[str]
    above_rows: list[int]

    @property
    def notes(self) -> list[str]:
        return [
            "  ".join(self.grid.texts(r))
            for table in self.tables
            for r, kind in table.kinds.items()
            if kind == NOTE
        ]


def lay_out(sheet: Sheet, header_rows: list[int] | None = None) -> Layout:
    """`header_rows` (from 0) set by hand replace the search for the first header."""
    grid = Grid(sheet)
    if header_rows:
        header: Header | None = header_at(grid, sorted(r for r in header_rows if r < grid.height))
    else:
        header = find_header(grid, stop=min(grid.height, 200)) or unknown_header(grid)
    if header is None or not header.columns:
        return Layout(sheet=sheet, grid=grid, tables=[], above=[], above_rows=[])
    above_rows = [r for r in range(header.rows[0]) if grid.own(r)]
    above = [text for r in above_rows for text in grid.texts(r)]
    layout = Layout(sheet=sheet, grid=grid, tables=[], above=above, above_rows=above_rows)
    _cut_tables(layout, header)
    return layout


def _cut_tables(layout: Layout, first: Header) -> None:
    """Another header further down begins another table; the same one again (a page break) does not."""
    grid = layout.grid
    table = Table(header=first, stop=grid.height)
    layout.tables.append(table)
    r = first.rows[-1] + 1
    while r < grid.height:
        if repeats(grid, r, table.header):
            table.kinds[r] = REPEAT
        elif is_header_row(grid, r, least=3) and _is_new(grid, r, table.header):
            header = find_header(grid, r, min(r + 3, grid.height), least=3)
            if header is not None and header.rows[0] >= r:
                table.stop = r
                table = Table(header=header, stop=grid.height)
                layout.tables.append(table)
                r = header.rows[-1] + 1
                continue
        r += 1
    for table in layout.tables:
        classify(layout, table)


def repeats(grid: Grid, r: int, header: Header) -> bool:
    """Whether most cells of a row are those of one of the header's rows, in the same columns."""
    own = grid.own(r)
    first, text = own[0] if own else (0, None)
    if len(own) < 2 or not isinstance(text, str):
        return False
    for h in header.rows:
        above = grid.sheet.rows[h]
        start = above[first]
        if not isinstance(start, str) or len(text) > 60 or fold(start) != fold(text):
            continue
        same = sum(1 for c, v in own if isinstance(v, str) and fold(v) == fold(as_text(above[c])))
        if same * 10 >= len(own) * 7:
            return True
    return False


def _is_new(grid: Grid, r: int, header: Header) -> bool:
    from_header = {fold(text) for _, path in header.columns for text in path}
    texts = [fold(text) for text in grid.texts(r)]
    known = sum(1 for text in texts if text in from_header)
    return known * 2 < len(texts) or len(texts) >= 4


def classify(layout: Layout, table: Table, statement: int | None = None, seq: int | None = None) -> None:
    """Fill `kinds` and `sections`. Called once without knowing the columns and once more when they are mapped."""
    grid = layout.grid
    repeated = {r for r, kind in table.kinds.items() if kind == REPEAT}
    rows = range(table.header.rows[-1] + 1, table.stop)
    counted = seq is not None and sum(1 for r in rows if isinstance(grid.sheet.rows[r][seq], int)) >= 2
    table.kinds, table.sections = {}, {}
    at_foot = False
    for r in rows:
        kind = REPEAT if r in repeated else _kind(layout, r, statement, seq, at_foot, counted)
        table.kinds[r] = kind
        if kind == NOTE:
            at_foot = True
        elif kind == DATA:
            at_foot = False
        elif kind == SECTION:
            table.sections[r] = "".join(grid.texts(r))


def _kind(
    layout: Layout, r: int, statement: int | None, seq: int | None, at_foot: bool, counted: bool
) -> str:
    grid = layout.grid
    own = grid.own(r)
    down = grid.down.get(r, {})
    if not own:
        return BLANK
    if (
        statement is not None
        and statement in down
        and grid.sheet.rows[down[statement]][statement] is not None
    ):
        return MORE
    said = as_text(grid.sheet.rows[r][statement]).strip() if statement is not None else ""
    texts = grid.texts(r)
    if len(texts) == 1 and not any(grid.sheet.rows[r0][c] is not None for c, r0 in down.items()):
        return _kind_of_single(layout, r, own[0][0], texts[0], statement, seq, at_foot)
    head = fold(texts[0])
    numbered = seq is not None and _DIGITS.fullmatch(fold(as_text(grid.sheet.rows[r][seq]))) is not None
    if _is_total(texts, said, numbered):
        return TOTAL
    if (len(said) < 2 or not numbered) and any(_is_sign(t) for t in texts):
        return NOTE
    if _NOTE_START.match(head) and not numbered:
        return NOTE
    if (
        len(own) == 2
        and counted
        and re.fullmatch(r"[一二三四五六七八九十]{1,3}[、.]?|\([一二三四五六七八九十]{1,3}\)", head)
    ):
        return SECTION
    if said and _FIGURE.fullmatch(fold(said)):
        return TOTAL
    return DATA


def _kind_of_single(
    layout: Layout, r: int, c: int, text: str, statement: int | None, seq: int | None, at_foot: bool
) -> str:
    plain = fold(text)
    wide = layout.grid.spans.get((r, c), (r, c))[1] > c
    if text in layout.above:
        return TITLE
    if _DIGITS.fullmatch(plain) or (c == seq and re.fullmatch(r"[\d一二三四五六七八九十a-z.\-]{1,5}", plain)):
        return NUMBERED
    if _NOTE_START.match(plain) or _is_sign(text):
        return NOTE
    if _TOTAL.fullmatch(plain):
        return TOTAL
    if c == statement and not wide and not at_foot and len(plain) >= 5 and not _SECTION.match(plain):
        return DATA
    if at_foot or len(text) > 45:
        return NOTE
    return SECTION


def _is_total(texts: list[str], said: str, numbered: bool) -> bool:
    if numbered and len(said) >= 6:
        return False
    if _TOTAL.fullmatch(fold(texts[0])) and len(fold(texts[0])) <= 14:
        return True
    return len(said) < 6 and any(_SUM.fullmatch(fold(t)) for t in texts)


def _is_sign(text: str) -> bool:
    return _is_short_sign(text) if len(text) <= _SHORT else _signs(fold(text))


@lru_cache(maxsize=8192)
def _is_short_sign(text: str) -> bool:
    return _signs(fold(text))


def _signs(plain: str) -> bool:
    return bool(_SIGN.match(plain) or _SIGN_ALONE.fullmatch(plain))
