"""Columns → fields: by the words of the header, by its group, and by what the cells hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .content import Profile, fit, profile, say_content
from .fields import FIELDS, KEPT, label_of
from .header_words import GENERIC, PICTURE, STATISTIC, bare, header_fields
from .status_words import read_grade, read_status, read_timing

SURE = 0.76
"""Below this a column's values are all marked as guesses."""
TAKEN = 0.5
"""Below this a column is kept as it is rather than mapped."""
_GROUP_TAIL = re.compile(r"(?:情况|信息|内容|环节|阶段|部分|基本情况|落实|过程|栏)$")
_TICKS = frozenset(
    ["√", "✓", "✔", "☑", "●", "○", "■", "★", "*", "v", "V", "1", "Y", "y", "是", "对", "有", "１", "＊"]
)
_YES = frozenset(("是", "否", "√", "完"))
_ROLES = re.compile(
    r"建设|设计|施工|监理|勘察|总包|分包|业主|使用|检修|运行|设备|生产|安装|维保|主体|属地|总承包|代建|咨询"
)


@dataclass(frozen=True)
class Column:
    """One column of the sheet. `path` is its header from the group down; `index` counts from 0.

    `tick`: the column is one of several to be ticked (已完成 √ | 整改中 | 未整改), and a tick in it means this word.
    """

    index: int
    path: tuple[str, ...]
    field: str = KEPT
    confidence: float = 0.0
    reason: str = ""
    tick: str = ""

    @property
    def header(self) -> str:
        return "/".join(self.path)

    @property
    def leaf(self) -> str:
        return self.path[-1] if self.path else ""

    @property
    def role(self) -> str:
        """Which of several responsible units this column names: 施工 under 整改责任单位."""
        found = _ROLES.search(self.leaf) if len(self.path) > 1 else None
        return found.group(0) if found else self.leaf


@dataclass(frozen=True)
class _Candidate:
    column: int
    field: str
    score: float
    why: str


def map_columns(
    headers: list[tuple[int, tuple[str, ...]]], values: list[list[object]], known: dict[int, str]
) -> list[Column]:
    """`headers`: (column index, header path); `values`: the cells of each of them; `known`: index → field set by hand.

    One field at most once, but for fields that allow several. What is left over stays with KEPT and its reason.
    """
    profiles = [profile(cells) for cells in values]
    columns = [Column(index=index, path=path) for index, path in headers]
    chosen: dict[int, _Candidate] = {}
    for place, column in enumerate(columns):
        if column.index in known:
            chosen[place] = _Candidate(place, known[column.index], 1.0, "按人工指定")
    _find_ticks(columns, values, chosen)
    candidates = [
        c
        for place, column in enumerate(columns)
        if place not in chosen
        for c in _candidates(place, column, profiles[place])
    ]
    _settle_dates(candidates, profiles)
    _settle_plain_dates(candidates, columns)
    _assign(candidates, columns, chosen)
    _by_content(columns, profiles, chosen)
    return [
        _finished(column, place, chosen.get(place), candidates, profiles[place])
        for place, column in enumerate(columns)
    ]


def _find_ticks(columns: list[Column], values: list[list[object]], chosen: dict[int, _Candidate]) -> None:
    """Columns whose header is a state, a grade or a kind of deadline and whose cells are ticks or empty."""
    for place, column in enumerate(columns):
        filled = [value for value in values[place] if value is not None]
        if place in chosen or not all(is_tick(value) for value in filled):
            continue
        word = re.sub(r"[(（].*?[)）]", "", column.leaf).strip()
        field = (
            "progress"
            if read_status(word)
            else "timing"
            if read_timing(word)
            else "grade"
            if read_grade(word)
            else ""
        )
        known = header_fields(column.leaf)
        if not field or (known and not filled) or (len(column.path) < 2 and not filled) or word in _YES:
            continue
        columns[place] = replace(column, tick=word)
        chosen[place] = _Candidate(place, field, 0.9, f"打勾的列，勾上表示“{word}”")


def is_tick(value: object) -> bool:
    return str(value).strip() in _TICKS


def _candidates(place: int, column: Column, seen: Profile) -> list[_Candidate]:
    best: dict[str, tuple[float, str]] = {}
    for code, trust, why in _by_words(column):
        if code == "seq_no" and trust < 0.98 and seen.integers < 0.5 and not seen.empty:
            trust *= 0.7
        if trust > best.get(code, (0.0, ""))[0]:
            best[code] = (trust, why)
    if seen.shifts > 0.8 and "category" in best:
        best["shift"] = (0.85, "内容都是班次")
    found = []
    for code, (trust, why) in best.items():
        found.append(
            _Candidate(place, code, min(0.99, trust * fit(code, seen)), f"{why}，{say_content(code, seen)}")
        )
    return found


def _by_words(column: Column) -> list[tuple[str, float, str]]:
    """Fields the header words allow: the leaf alone, the group with the leaf, then the group alone."""
    leaf = column.leaf
    found = []
    own = header_fields(leaf)
    group = next((part for part in reversed(column.path[:-1]) if part), "")
    joined: dict[str, float] = {}
    if group:
        stem = _GROUP_TAIL.sub("", bare(group)) or bare(group)
        joined = header_fields(stem + bare(leaf))
        for code, trust in joined.items():
            found.append((code, trust - 0.02, f"“{group}”下的“{leaf}”"))
    if re.search(r"[(（]\s*(?:是\s*[/、]\s*否|√|Y/N)", leaf):
        own = {"progress": 0.95} if "progress" in own else own
    weak = 0.8 if joined and GENERIC.fullmatch(bare(leaf)) else 1.0
    for code, trust in own.items():
        found.append((code, trust * weak, _said(leaf, trust)))
    if group and not own and not joined:
        for code, trust in header_fields(group).items():
            if FIELDS[code].many or code in ("person", "place"):
                found.append((code, trust - 0.04, f"“{group}”下分列的“{leaf}”"))
    return found


def _said(leaf: str, trust: float) -> str:
    return "表头同名" if trust >= 0.95 else f"表头“{leaf.strip()}”接近"


def _settle_dates(candidates: list[_Candidate], profiles: list[Profile]) -> None:
    """整改时间 may be a deadline or the day it was done: done if another column is the deadline or cells are missing."""
    sure_due = {c.column for c in candidates if c.field == "due" and c.score >= 0.9}
    for at, c in enumerate(candidates):
        if c.field != "due" or c.score >= 0.9:
            continue
        rival = next(
            (k for k, o in enumerate(candidates) if o.column == c.column and o.field == "done_at"), None
        )
        if rival is None:
            continue
        other, p = candidates[rival], profiles[c.column]
        if sure_due:
            candidates[rival] = replace(
                other, score=max(other.score, 0.86), why=other.why + "，另有一列是期限"
            )
        elif p.due_words > 0.03:
            candidates[at] = replace(c, score=max(c.score, 0.9), why=c.why + "，含立行立改等期限用语")
        elif p.filled >= 0.97 * p.total and other.score < 0.8:
            candidates[at] = replace(c, score=other.score + 0.01, why=c.why + "，也可能是完成日期，请看一眼")


def _settle_plain_dates(candidates: list[_Candidate], columns: list[Column]) -> None:
    """A bare 日期 left of the problem is when it was found; right of it nobody knows."""
    problem = max((c for c in candidates if c.field == "statement"), key=lambda c: c.score, default=None)
    for at, c in enumerate(candidates):
        plain = (
            re.fullmatch(r"时间|日期|年月日|date|time", bare(columns[c.column].leaf))
            and len(columns[c.column].path) == 1
        )
        if c.field == "found_at" and plain and (problem is None or c.column > problem.column):
            candidates[at] = replace(c, score=c.score * 0.85, why=c.why + "，也可能是期限，请看一眼")


def _assign(candidates: list[_Candidate], columns: list[Column], chosen: dict[int, _Candidate]) -> None:
    taken = {c.field for c in chosen.values() if c.field}
    groups: dict[str, str] = {}
    for c in sorted(candidates, key=lambda c: (-c.score, c.column)):
        if c.column in chosen or c.score < TAKEN:
            continue
        group = columns[c.column].path[0] if len(columns[c.column].path) > 1 else ""
        several = FIELDS[c.field].many and group and groups.get(c.field) == group
        if c.field in taken and not several:
            continue
        chosen[c.column] = c
        taken.add(c.field)
        groups.setdefault(c.field, group)


def _by_content(columns: list[Column], profiles: list[Profile], chosen: dict[int, _Candidate]) -> None:
    """Only the problem's words and its state are looked for without help of a header."""
    taken = {c.field for c in chosen.values()}
    free = [
        k
        for k in range(len(columns))
        if k not in chosen and not profiles[k].empty and not header_fields(columns[k].leaf)
    ]
    if "statement" not in taken:
        longest = max(free, key=lambda k: profiles[k].average, default=None)
        p = profiles[longest] if longest is not None else None
        if (
            longest is not None
            and p
            and p.average >= 7
            and p.distinct >= 0.6
            and p.dates < 0.2
            and p.numbers < 0.2
        ):
            chosen[longest] = _Candidate(
                longest, "statement", 0.58, "表头不认得，这是文字最长、各行不同的一列"
            )
    if "progress" not in taken and "closed_state" not in taken:
        for k in free:
            if (
                k not in chosen
                and profiles[k].statuses >= 0.9
                and profiles[k].filled >= 2
                and profiles[k].average >= 2
            ):
                chosen[k] = _Candidate(k, "progress", 0.62, "表头不认得，内容都是进度词")
                break


def _finished(
    column: Column, place: int, choice: _Candidate | None, candidates: list[_Candidate], seen: Profile
) -> Column:
    if choice is not None:
        return replace(column, field=choice.field, confidence=round(choice.score, 2), reason=choice.why)
    own = [c for c in candidates if c.column == place]
    if PICTURE.fullmatch(bare(column.leaf)):
        reason = "照片列，图片不读，格子里的文字原样保留"
    elif own:
        best = max(own, key=lambda c: c.score)
        same = "已由另一列对应" if best.score >= TAKEN else "内容对不上"
        reason = f"像是“{label_of(best.field)}”，但{same}，原样保留"
    elif STATISTIC.fullmatch(bare(column.leaf)):
        reason = "统计数字，不是问题的字段，原样保留"
    else:
        reason = "整列没有内容" if seen.empty else "没有合适的字段，内容原样保留"
    return replace(column, field=KEPT, confidence=0.0, reason=reason)
