"""The words of one problem → its statement and what is written beside it: unit, person, deadline, deduction, class.

Nothing is rewritten. The statement is one unbroken stretch of the paragraph: what is taken off are whole clauses at
its ends that are fields of their own, and they stay with the problem as the original paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bihuan.areas.ledgers.reading.status_words import read_grade

from .deadlines import deduction_in, done_in, due_in
from .plain import field_of_label
from .words import is_unit

_LABEL = re.compile(
    r"(?:(?<=^)|(?<=[。；;，,、！!\s（(【\[\n|]))(?P<label>[\u4e00-\u9fff]{2,10})(?:[（(][^（）()]{1,8}[)）])?\s*(?P<colon>[：:])\s*"
)
_BRACKET = re.compile(r"[（(【\[〔]([^（）()【】\[\]〔〕]{1,80})[)）】\]〕]")
_CLAUSE = re.compile(r"[^，。；;,\n！!]+|[，。；;,\n！!]")
_LONG = frozenset(
    ("demand", "measure", "basis", "statement", "remark", "cause", "progress_text", "result_standard")
)
_BARE_UNIT = re.compile(
    r"(?:整改)?(?:责任|整改|牵头|落实)(?:单位|部门)(?:为|是)?\s*(?P<v>[\u4e00-\u9fff0-9、]{2,30})"
)
_BARE_PERSON = re.compile(r"(?:整改)?(?:责任|负责)人(?:为|是)?\s*(?P<v>[\u4e00-\u9fff·、]{2,12})")
_BASIS = re.compile(r"(?:违反|不符合|依据|按照)了?[^，。；]{0,12}《[^》]{2,50}》[^，。；]{0,40}")
_EDGE = " \u3000\t\n，,；;、|"
_OFFENCE = re.compile(r"[（(]?\s*(?:一般|较大|重大)(?:事故)?(?:隐患|问题)\s*[)）]?")


@dataclass
class Pieces:
    """`said` is field → words as written; `assumed` field → why it is only likely."""

    statement: str
    said: dict[str, str] = field(default_factory=dict)
    assumed: dict[str, str] = field(default_factory=dict)
    several: int = 0

    def take(self, code: str, words: str, why: str = "") -> None:
        words = words.strip(_EDGE + "。：:")
        if not words:
            return
        held = self.said.get(code)
        if held is None:
            self.said[code] = words
            if why:
                self.assumed[code] = why
        elif code in ("deduction", "demand", "measure", "basis", "remark") and words not in held:
            self.said[code] = f"{held}；{words}"


def take_apart(text: str, kinds: frozenset[str] = frozenset(), units: frozenset[str] = frozenset()) -> Pieces:
    """`kinds`: classes the notice itself counts by; `units`: units it names, so that `热轧厂加热炉…` is understood."""
    pieces = Pieces(text)
    taken = [False] * len(text)
    _labels(text, taken, pieces)
    _brackets(text, taken, pieces, kinds)
    _clauses(text, taken, pieces)
    first = _head(text, taken, pieces, kinds, units)
    start, stop = _stretch(text, taken, first)
    pieces.statement = text[start:stop]
    if "statement" in pieces.said:
        pieces.statement = pieces.said.pop("statement")
    match = _BASIS.search(text)
    if match and "basis" not in pieces.said:
        pieces.take("basis", match.group())
    pieces.several = _several(pieces.statement)
    return pieces


def _labels(text: str, taken: list[bool], pieces: Pieces) -> None:
    found = [(m, code) for m in _LABEL.finditer(text) if (code := field_of_label(m.group("label")))]
    for at, (match, code) in enumerate(found):
        limit = found[at + 1][0].start() if at + 1 < len(found) else len(text)
        stop = _value_end(text, match.end(), limit, code)
        value = text[match.end() : stop]
        if not value.strip(_EDGE + "。"):
            continue
        pieces.take(code, value)
        taken[match.start() : stop] = [True] * (stop - match.start())


def _value_end(text: str, start: int, limit: int, code: str) -> int:
    """Long fields go on to the next label; names and days end with their clause."""
    ends = r"[\n）)】\]]" if code in _LONG else r"[。；;\n）)】\]，,]"
    match = re.compile(ends).search(text, start, limit)
    stop = match.start() if match else limit
    if code not in _LONG and (cut := _bracket_at(text, start, stop, limit)):
        return cut
    while (
        code == "deduction"
        and match
        and match.group() in "，,"
        and (more := _next_clause(text, stop + 1, limit))
    ):
        if not deduction_in(text[stop + 1 : more]):
            break
        stop = more
        match = re.compile(ends).search(text, stop, limit)
    return stop


def _bracket_at(text: str, start: int, stop: int, limit: int) -> int:
    """Where a short value ends that a bracket follows: before `（三日内）`, which is a field of its own, behind `（兼）`.

    0 where the value ends before any bracket.
    """
    bracket = _BRACKET.search(text, start, limit)
    if bracket is None or not start < bracket.start() < stop:
        return 0
    parts = [part.strip() for part in re.split(r"[，,；;\s|]+", bracket.group(1)) if part.strip()]
    return bracket.start() if parts and all(_part(p, frozenset(), 0) for p in parts) else bracket.end()


def _next_clause(text: str, start: int, limit: int) -> int:
    match = re.compile(r"[。；;\n）)】\]，,]").search(text, start, limit)
    return match.start() if match else limit


def _brackets(text: str, taken: list[bool], pieces: Pieces, kinds: frozenset[str]) -> None:
    """（热轧厂，9月20日前，扣2分）: a field bracket when every part of it is one."""
    for match in _BRACKET.finditer(text):
        inner, span = match.group(1), (match.start(), match.end())
        if all(taken[match.start(1) : match.end(1)]):
            taken[span[0] : span[1]] = [True] * (span[1] - span[0])
            continue
        parts = [p.strip() for p in re.split(r"[，,；;\s|]+", inner) if p.strip()]
        open_parts = [p for p in parts if not _is_taken(text, taken, p, span)]
        read = [(p, _part(p, kinds, match.start())) for p in open_parts]
        if all(code for _, code in read) and parts:
            for words, code in read:
                pieces.take(code, words)
            taken[span[0] : span[1]] = [True] * (span[1] - span[0])


def _is_taken(text: str, taken: list[bool], part: str, span: tuple[int, int]) -> bool:
    at = text.find(part, span[0], span[1])
    return at >= 0 and all(taken[at : at + len(part)])


def _part(words: str, kinds: frozenset[str], at: int) -> str:
    if due_in(words) or re.fullmatch(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}[-./]\d{1,2}[-./]\d{1,2}", words):
        return "due"
    if deduction_in(words):
        return "deduction"
    if done_in(words):
        return "progress_text"
    if read_grade(words) and re.search(r"隐患|问题|级|风险", words):
        return "grade"
    if words in kinds or any(words.rstrip("类问题方面") == kind.rstrip("类问题方面") for kind in kinds):
        return "category"
    if all(is_unit(name) for name in words.split("、")):
        return "unit"
    return "category" if re.fullmatch(r"[\u4e00-\u9fff]{2,8}(?:类|方面|管理|专业)", words) else ""


def _clauses(text: str, taken: list[bool], pieces: Pieces) -> None:
    """Whole clauses that are a deadline, a deduction, a remark that it is done, or name unit or person."""
    for match in _CLAUSE.finditer(text):
        words = match.group()
        lead = len(words) - len(words.lstrip())
        start, stop = match.start() + lead, match.end()
        if stop - start < 2 or any(taken[start:stop]):
            continue
        said = words.strip()
        code = (
            "due"
            if due_in(said)
            else "deduction"
            if deduction_in(said)
            else "progress_text"
            if done_in(said)
            else ""
        )
        value = said
        if not code:
            code, value = _bare(said)
        if code and (start > 0 or stop == len(text.rstrip())):
            pieces.take(code, value)
            taken[start:stop] = [True] * (stop - start)


def _bare(clause: str) -> tuple[str, str]:
    if (match := _BARE_UNIT.fullmatch(clause)) and all(is_unit(n) for n in match.group("v").split("、")):
        return "unit", match.group("v")
    if match := _BARE_PERSON.fullmatch(clause):
        return "person", match.group("v")
    return "", ""


def _head(text: str, taken: list[bool], pieces: Pieces, kinds: frozenset[str], units: frozenset[str]) -> int:
    """`热轧厂：…`, `【现场管理】…`, and a unit the notice names elsewhere in front of the words. Where these begin."""
    bracket = re.match(r"\s*[【\[（(〔]([^】\]）)〕]{2,16})[】\]）)〕]\s*", text)
    if bracket and any(taken[: bracket.end()]) and len(text) > bracket.end():
        return bracket.end()
    match = re.match(r"\s*([^：:，。；（(]{2,24})(?:[（(][^（）()]{1,16}[)）])?\s*[：:]\s*(?=\S)", text)
    if match and not any(taken[: match.end()]):
        names = re.split(r"[、和及]", match.group(1).strip())
        if all(is_unit(name) for name in names):
            pieces.take("unit", "、".join(names))
            return match.end()
        if match.group(1).strip() in kinds:
            pieces.take("category", match.group(1))
            return match.end()
    for name in sorted(units, key=len, reverse=True):
        if text.startswith(name) and "unit" not in pieces.said and len(text) > len(name) + 3:
            pieces.take("unit", name, f"没有写责任单位，取句首的“{name}”")
            break
    return 0


def _stretch(text: str, taken: list[bool], first: int) -> tuple[int, int]:
    """From the first to the last character that is nobody's field."""
    skip = _EDGE + "。：:"
    spots = [i for i in range(first, len(text)) if not taken[i] and text[i] not in skip]
    if not spots:
        return first, len(text.rstrip(_EDGE))
    start, stop = spots[0], spots[-1] + 1
    while stop < len(text) and text[stop] in "。！？”" and not taken[stop]:
        stop += 1
    while start > 0 and text[start - 1] in "“《" and not taken[start - 1]:
        start -= 1
    return start, stop


def _several(statement: str) -> int:
    """How many things one number holds: clauses cut by ；, or counted inside as （1）（2） or 一是、二是."""
    cut = len([part for part in re.split(r"[；;]", statement) if len(part.strip()) >= 5])
    counted = max(
        len(re.findall(r"[①-⑳]", statement)),
        len(re.findall(r"[（(]\d{1,2}[)）]", statement)),
        len(re.findall(r"(?:^|[。；;：:，])[一二三四五六七八九]是", statement)),
    )
    return max(cut if cut > 1 else 0, counted if counted > 1 else 0)
