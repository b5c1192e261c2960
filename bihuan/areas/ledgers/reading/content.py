"""What the cells of a column look like. Headers of real ledgers are vague; the contents decide."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from bihuan.kernel.text import fold, half_width

from .fields import FIELDS
from .names import looks_like_person, looks_like_title, looks_like_unit, split_names
from .status_words import SAME, is_empty, read_grade, read_status, read_timing

SAMPLE = 240
_DATE = re.compile(
    r"(?:(?:19|20)?\d{2}\s*[-./年]\s*\d{1,2}(?:\s*[-./月]\s*\d{1,2}\s*[日号]?)?|\d{1,2}\s*月\s*(?:\d{1,2}\s*[日号]?|[底初末中上下]旬?)?|(?:19|20)\d{6}|\d{1,2}[./]\d{1,2})"
)
_DUE_WORDS = re.compile(
    r"(?:本|下|上|每)?(?:周|月|季|年|季度)[一二三四五六日天底末中初前内]*|.{0,4}(?:年底|月底|月末|季度末|年末|日内|个月内|天内|日前|底前)"
)
_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?(?:元|万元|分|万)?")
_FULL_DATE = re.compile(
    r"\s*(?:19|20)\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?\s*"
)
_SERIAL = re.compile(r"[3-6]\d{4}(?:\.\d+)?")


@dataclass(frozen=True)
class Profile:
    """Shares (0–1) are of the filled cells that were sampled."""

    filled: int
    total: int
    dates: float
    serials: float
    due_words: float
    integers: float
    numbers: float
    statuses: float
    grades: float
    timings: float
    people: float
    units: float
    titles: float
    average: float
    distinct: float
    shifts: float
    projects: float
    examples: tuple[str, ...]

    @property
    def empty(self) -> bool:
        return self.filled == 0


def is_date_text(value: object) -> bool:
    """Whether a cell holds a date and nothing else: a real date, or text that begins like one and is short."""
    if isinstance(value, (date, datetime)):
        return True
    return isinstance(value, str) and len(value) <= 24 and _says_date(value)


@lru_cache(maxsize=8192)
def _says_date(value: str) -> bool:
    text = half_width(value).strip()
    found = _DATE.match(text)
    if not found:
        return False
    rest = text[found.end() :]
    return len(fold(rest)) <= 9 and not re.search(r"[\u4e00-\u9fff]{4,}", rest.replace("完成整改", ""))


def is_full_date(value: object) -> bool:
    """A date with its year: what certainly is no name of a person or unit."""
    if isinstance(value, (date, datetime)):
        return True
    return isinstance(value, str) and _says_full_date(value)


@lru_cache(maxsize=8192)
def _says_full_date(value: str) -> bool:
    return _FULL_DATE.fullmatch(half_width(value)) is not None


def is_serial(value: object) -> bool:
    """Days since 1900 for the years 1990 to 2079, as number or as text of a number."""
    if isinstance(value, str):
        return _says_serial(value)
    return isinstance(value, (int, float)) and 32874 <= value <= 65745


@lru_cache(maxsize=8192)
def _says_serial(value: str) -> bool:
    text = half_width(value).strip()
    return bool(_SERIAL.fullmatch(text)) and 32874 <= float(text) <= 65745


def profile(values: list[object]) -> Profile:
    """Looks at no more than SAMPLE cells, spread over the whole column."""
    kept = [
        v for v in values if v is not None and not (isinstance(v, str) and (is_empty(v) or v.strip() in SAME))
    ]
    step = max(1, len(kept) // SAMPLE)
    sample = kept[::step][:SAMPLE]
    count = max(1, len(sample))
    texts = [_text(v) for v in sample]
    names = [split_names(t) if len(t) <= 60 else [] for t in texts]

    def share(flags: Iterable[object]) -> float:
        return sum(1 for flag in flags if flag) / count

    return Profile(
        filled=len(kept),
        total=len(values),
        dates=share(is_date_text(v) for v in sample),
        serials=share(is_serial(v) for v in sample),
        due_words=share(read_timing(t) or (len(t) <= 14 and _DUE_WORDS.fullmatch(t)) for t in texts),
        integers=share(
            isinstance(v, int) or re.fullmatch(r"\d{1,6}", half_width(t))
            for v, t in zip(sample, texts, strict=True)
        ),
        numbers=share(
            isinstance(v, (int, float)) or _NUMBER.fullmatch(half_width(t))
            for v, t in zip(sample, texts, strict=True)
        ),
        statuses=share(read_status(t) for t in texts),
        grades=share(read_grade(t) for t in texts),
        timings=share(read_timing(t) for t in texts),
        people=share(n and all(looks_like_person(x) for x in n) for n in names),
        units=share(n and all(looks_like_unit(x) for x in n) for n in names),
        titles=share(n and all(looks_like_title(x) or looks_like_person(x) for x in n) for n in names),
        average=sum(len(t) for t in texts) / count,
        distinct=len(set(texts)) / count,
        shifts=share(len(t) <= 6 and re.fullmatch(r".*(?:班|白|夜|早|中)", t) for t in texts),
        projects=share(
            len(t) <= 24 and re.search(r"标段|标$|工程|项目|改造|[A-Z]{2,}[A-Z0-9-]*\d|新建", t)
            for t in texts
        ),
        examples=tuple(dict.fromkeys(texts))[:3],
    )


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d")
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def fit(code: str, p: Profile) -> float:
    """How well the contents agree with a field, 0 to 1.05. A column without contents agrees with everything."""
    if p.empty:
        return 0.97
    if code == "origin_no":  # 状态编码 and 隐患编号 are called alike: what differs in every row is the number
        return _FITS[FIELDS[code].kind](p) * (0.7 + 0.3 * p.distinct)
    return _FITS[FIELDS[code].kind](p)


def _fit_date(p: Profile) -> float:
    share = min(1.0, p.dates + p.serials)
    return 1.0 if share >= 0.7 else 0.45 + 0.6 * share


def _fit_due(p: Profile) -> float:
    share = min(1.0, p.dates + p.serials + p.due_words)
    return 1.0 if share >= 0.6 else 0.55 + 0.5 * share


def _fit_people(p: Profile) -> float:
    if p.dates > 0.6 or p.average > 60:
        return 0.3
    if p.numbers > 0.8 or p.statuses > 0.7:
        return 0.4
    if p.units > 0.8 and p.people < 0.2:
        return 0.7
    return 1.0 if p.people >= 0.5 or p.titles >= 0.7 else 0.86


def _fit_unit(p: Profile) -> float:
    if p.dates > 0.6 or p.numbers > 0.8 or p.average > 40:
        return 0.3
    if p.people >= 0.8 and p.units < 0.1 and p.average <= 4.2:
        return 0.8
    return 1.0


def _fit_statement(p: Profile) -> float:
    if p.numbers > 0.6 or p.dates > 0.6:
        return 0.1
    if p.statuses > 0.6 or p.grades > 0.6:
        return 0.35
    return 1.02 if p.average >= 8 else 0.9 if p.average >= 5 else 0.6


def _fit_progress(p: Profile) -> float:
    if p.dates > 0.5:
        return 0.4
    return (
        1.05 if p.statuses >= 0.85 else 0.55 + 0.5 * p.statuses if p.average <= 8 else 0.5 + 0.4 * p.statuses
    )


def _fit_closed(p: Profile) -> float:
    return 0.4 if p.dates > 0.5 else 1.0 if p.statuses >= 0.6 else 0.9


def _fit_class(p: Profile) -> float:
    if p.shifts > 0.8:
        return 0.5
    return 0.55 if p.numbers > 0.8 or p.dates > 0.6 or p.average > 25 else 1.0


def _fit_grade(p: Profile) -> float:
    if p.grades >= 0.5:
        return 1.02
    return 1.0 if (p.average <= 4 and p.distinct <= 0.6) or (p.filled <= 8 and p.average <= 4) else 0.7


def _fit_timing(p: Profile) -> float:
    return 1.02 if p.timings >= 0.6 else 0.75


def _fit_text(p: Profile) -> float:
    return 0.5 if p.dates > 0.7 else 0.8 if p.projects >= 0.6 else 0.9 if p.statuses >= 0.7 else 1.0


def _fit_seq(p: Profile) -> float:
    return 1.0 if p.integers >= 0.6 else 0.8 if p.average <= 12 else 0.4


def _fit_short(p: Profile) -> float:
    if p.projects >= 0.6:
        return 1.05
    return 0.55 if p.dates > 0.6 or p.average > 80 or p.numbers > 0.9 else 1.0


_FITS = {
    "date": _fit_date,
    "due": _fit_due,
    "people": _fit_people,
    "unit": _fit_unit,
    "statement": _fit_statement,
    "progress": _fit_progress,
    "closed": _fit_closed,
    "class": _fit_class,
    "grade": _fit_grade,
    "timing": _fit_timing,
    "text": _fit_text,
    "seq": _fit_seq,
    "code": lambda p: 1.0 if p.average <= 30 else 0.5,
    "short": _fit_short,
    "number": lambda p: 1.0 if p.numbers >= 0.5 else 0.7,
}


def say_content(code: str, p: Profile) -> str:
    """One clause of the reason: what was seen in the cells."""
    if p.empty:
        return "整列没有内容"
    kind = FIELDS[code].kind
    if kind in ("date", "due"):
        return f"{_percent(min(1.0, p.dates + p.serials))}的格子是日期" + (
            "，其余是期限用语" if p.due_words else ""
        )
    if kind == "progress" or kind == "closed":
        return f"{_percent(p.statuses)}的格子是认得的进度词"
    if kind == "statement":
        return f"平均 {p.average:.0f} 个字，按原文保留"
    if kind == "people" and p.people >= 0.5:
        return f"{_percent(p.people)}的格子像人名"
    if kind == "grade":
        return (
            f"{_percent(p.grades)}的格子是认得的等级" if p.grades else f"内容如“{p.examples[0]}”，按原样保留"
        )
    if kind == "seq" and p.integers >= 0.6:
        return "内容是顺号"
    return f"内容如“{p.examples[0][:12]}”"


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"
