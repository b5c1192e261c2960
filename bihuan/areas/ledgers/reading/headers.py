"""Where the header of a table is and how many rows it takes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bihuan.kernel.text import fold

from .content import is_date_text
from .grid import Grid, as_text
from .header_words import STATISTIC, bare, is_header_word
from .sheets import Value

Path = tuple[str, ...]
_GROUP = re.compile(
    r".*(?:情况|信息|内容|要求|落实|责任|检查|整改|问题|验收|复查|隐患|治理|基本|阶段|跟踪|环节|结果|部分|单位|人员|时间)"
)
DEEPEST = 5
"""No ledger seen has more rows of header."""


@dataclass(frozen=True)
class Header:
    """`rows` are the rows it takes; `columns` are (column, path from group to leaf) of every column with a header."""

    rows: tuple[int, ...]
    columns: tuple[tuple[int, Path], ...]


def header_hits(grid: Grid, r: int) -> tuple[int, int]:
    """How many different cells of a row are words of headers, and how many cells it has."""
    texts = grid.texts(r)
    return sum(1 for text in texts if is_header_word(text)), len(texts)


def is_header_row(grid: Grid, r: int, least: int = 2) -> bool:
    first = next((v for v in grid.sheet.rows[r] if v is not None), None)
    if not isinstance(first, str) or first.strip().isdigit() or len(first) > 40:
        return False
    hits, filled = header_hits(grid, r)
    if hits < least or hits * 2 < filled:
        return False
    return not any(_says_something(v) for _, v in grid.own(r))


def _says_something(value: Value) -> bool:
    """`检查日期：2026年9月1日` above a table is not its header, though it has the words."""
    text = as_text(value)
    return bool(re.search(r"[:：]\s*\S", text)) or is_date_text(value)


def find_header(grid: Grid, start: int = 0, stop: int | None = None, least: int = 2) -> Header | None:
    """The first header at or after a row: the best of the first rows that look like one, with the rows around it."""
    stop = grid.height if stop is None else stop
    first = next((r for r in range(start, stop) if is_header_row(grid, r, least)), None)
    if first is None:
        return None
    best = max(range(first, min(first + 3, stop)), key=lambda r: (_strength(grid, r), -r))
    return header_at(grid, _extended(grid, best, start))


def unknown_header(grid: Grid) -> Header | None:
    """A header none of whose words is known: short different texts above rows that are filled as widely."""
    for r in range(min(grid.height - 1, 20)):
        texts = grid.texts(r)
        if len(texts) < 3 or not all(len(t) <= 20 and not re.search(r"\d{3,}|[。；]", t) for t in texts):
            continue
        below = grid.own(r + 1)
        if len(below) * 2 >= len(texts) and any(len(as_text(v)) > 8 for _, v in below):
            return header_at(grid, [r])
    return None


def _strength(grid: Grid, r: int) -> float:
    if not is_header_row(grid, r):
        return -1.0
    hits, filled = header_hits(grid, r)
    return hits - 0.5 * (filled - hits)


def _extended(grid: Grid, base: int, floor: int) -> list[int]:
    top = base
    while top > floor and base - top < DEEPEST - 1 and _is_group_row(grid, top - 1, top):
        top -= 1
    bottom = base
    while bottom + 1 < grid.height and bottom - top < DEEPEST - 1 and _continues(grid, top, bottom):
        bottom += 1
    return list(range(top, bottom + 1))


def _is_group_row(grid: Grid, r: int, below: int) -> bool:
    """A row of groups over a row of leaves, by its merges or, where nothing is merged, by its words."""
    own = grid.own(r)
    texts = grid.texts(r)
    if len(texts) < 2 or any(_says_something(v) or not isinstance(v, str) or len(v) > 24 for _, v in own):
        return False
    merged_down = sum(1 for c, _ in own if grid.spans.get((r, c), (r, c))[0] >= below)
    merged_across = sum(1 for c, _ in own if grid.spans.get((r, c), (r, c))[1] > c)
    if merged_down or merged_across >= 2:
        return True
    if not all(is_header_word(text) or _GROUP.fullmatch(bare(text)) for text in texts):
        return False
    leaves = {c for c, _ in grid.own(below)}
    gaps = [c for c in leaves if grid.sheet.rows[r][c] is None]
    return is_header_row(grid, r) or merged_across == 1 or (bool(gaps) and all(len(t) <= 10 for t in texts))


def _continues(grid: Grid, top: int, bottom: int) -> bool:
    r = bottom + 1
    if any(top <= r0 <= bottom for r0 in grid.down.get(r, {}).values()):
        return True
    own = grid.own(r)
    if not own:
        return False
    if is_column_numbers([v for _, v in own]):
        return True
    hits, filled = header_hits(grid, r)
    if hits >= 3 and hits * 10 >= filled * 7 and is_header_row(grid, r):
        return True
    return _fills_groups(grid, bottom, own)


def _fills_groups(grid: Grid, bottom: int, own: list[tuple[int, Value]]) -> bool:
    """Leaves under a group whose cell is wide or has blanks to its right: 建设、设计、施工、监理 under 整改责任单位."""
    if len(own) < 2 or any(not isinstance(v, str) or len(v) > 12 or re.search(r"\d", v) for _, v in own):
        return False
    inside: set[int] = set()
    above = grid.sheet.rows[bottom]
    for c in range(grid.width):
        if above[c] is None:
            continue
        last = grid.spans.get((bottom, c), (bottom, c))[1]
        while last + 1 < grid.width and above[last + 1] is None:
            last += 1
        if last > c:
            inside.update(range(c, last + 1))
    columns = {c for c, _ in own}
    return columns <= inside and not any(_looks_like_row_head(v) for _, v in own)


def _looks_like_row_head(value: Value) -> bool:
    return bool(re.match(r"[一二三四五六七八九十]+、|(?:合|小|总)计", as_text(value)))


def is_column_numbers(values: list[Value]) -> bool:
    """(1) (2) (3) … or A B C … under a header."""
    if len(values) < 4:
        return False
    plain = [re.sub(r"[()（）栏列]", "", fold(as_text(v))) for v in values]
    numbers = [str(n) for n in range(1, len(plain) + 1)]
    letters = [chr(97 + n) for n in range(min(26, len(plain)))]
    return plain in (numbers, letters, ["0", *numbers[:-1]])


def header_at(grid: Grid, rows: list[int]) -> Header:
    speaking = [r for r in rows if not is_column_numbers([v for _, v in grid.own(r)])]
    speaking = _without_translation(grid, speaking) or rows
    columns = []
    for c in range(grid.width):
        parts: list[str] = []
        for depth, r in enumerate(speaking):
            text = as_text(grid.shown(r, c)).strip()
            if not text and (r, c) not in grid.anchors:
                text = _group_to_the_left(grid, r, c, speaking[depth + 1 :])
            if text and (not parts or parts[-1] != text):
                parts.append(re.sub(r"\s*\n\s*", "", text))
        if parts:
            columns.append((c, tuple(parts)))
    return Header(rows=tuple(rows), columns=tuple(columns))


def _without_translation(grid: Grid, rows: list[int]) -> list[int]:
    """A second row that only repeats the header in English is no level of it."""
    kept: list[int] = []
    for r in rows:
        texts = grid.texts(r)
        latin = sum(1 for t in texts if t.isascii() and re.search(r"[a-z]{2}", t.lower()))
        if (
            kept
            and texts
            and latin * 10 >= len(texts) * 8
            and not all(t.isascii() for t in grid.texts(kept[-1]))
        ):
            continue
        kept.append(r)
    return kept


def _group_to_the_left(grid: Grid, r: int, c: int, below: list[int]) -> str:
    """Without merges a group's word stands only over its first leaf; it counts for the leaves right of it."""
    if not any(grid.sheet.rows[k][c] is not None for k in below):
        return ""
    for left in range(c - 1, -1, -1):
        value = grid.sheet.rows[r][left]
        if value is None:
            continue
        last_row, last_column = grid.spans.get((r, left), (r, left))
        if last_row > r or left < last_column < c:
            return ""
        has_leaf = any(grid.sheet.rows[k][left] is not None for k in below)
        return as_text(value).strip() if has_leaf and not STATISTIC.fullmatch(bare(as_text(value))) else ""
    return ""
