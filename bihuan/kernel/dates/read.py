"""`read_date`: one cell of a ledger, whatever its owner put there, as days, and what was assumed on the way."""

from __future__ import annotations

from datetime import date, datetime

from bihuan.kernel.calendar import WorkCalendar
from bihuan.kernel.dates.normal import NAMED_YEAR, clean
from bihuan.kernel.dates.reading import DAY, LONG_TERM, NONE, DateReading, quote, say, say_span
from bihuan.kernel.dates.scan import scan
from bihuan.kernel.dates.serial import number_as_text, serial_day, serial_text_day, two_readings
from bihuan.kernel.dates.spans import FUTURE, PAST, Frame, Span
from bihuan.kernel.dates.words import is_recurring, states_nothing, timing_word
from bihuan.kernel.text import half_width, simplify


def read_date(
    value: object, *, base: date, order: str = PAST, calendar: WorkCalendar | None = None
) -> DateReading:
    """Reads text, an Excel serial number, a date or a datetime (whose own calendar day counts).

    `base` is the day from which 下周五 or 3天内 count and around which a missing year is sought: `order`
    "past" takes the nearest that is not in the future (a day of finding), "future" the nearest that is not
    over (a deadline). `calendar` is needed for working days; without it only weekends are skipped, and the
    guess says so. Never raises on any text; ValueError if `order` is unknown.
    """
    if order not in (PAST, FUTURE):
        raise ValueError(f"unknown order {order!r}")
    frame = Frame(_day_of(base), order, calendar)
    if value is None:
        return _nothing("")
    if isinstance(value, date):
        day = _day_of(value)
        return DateReading(DAY, day, day, False, "", "", str(value))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _read_number(value, frame)
    return _read_text(str(value), frame)


def _day_of(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _read_number(value: float, frame: Frame) -> DateReading:
    text = number_as_text(value)
    day = serial_day(value)
    if day:
        return _serial(day, text)
    either = two_readings(value)
    if either:
        return _unreadable(text, f"“{text}”可能是{either[0]}，也可能是{either[1]}，请写明")
    return _read_text(text, frame)


def _read_text(raw: str, frame: Frame) -> DateReading:
    text = clean(raw, frame.base)
    if states_nothing(half_width(raw).strip()):
        return _nothing(raw)
    day = serial_text_day(text)
    if day:
        return _serial(day, raw)
    spans = scan(text, frame)
    problem = next((span.problem for span in spans if span.problem), "")
    if problem:
        return _unreadable(raw, problem)
    word = timing_word(text, dated=bool(spans))
    if is_recurring(text) and all(span.guessed for span in spans):
        if word:
            return DateReading(word, None, None, False, "", "", raw)
        return _unreadable(raw, f"{quote(raw)}是反复要做的，没有一个确定的日期，请另写这一次的日期")
    if not spans:
        return DateReading(word, None, None, False, "", "", raw) if word else _unreadable(raw)
    return _dated(raw, text, word, *_chosen(spans, raw, frame))


def _chosen(spans: list[Span], raw: str, frame: Frame) -> tuple[Span, tuple[str, ...], bool]:
    """(the span that counts, what was assumed, whether anything was): the first found, the last due."""
    why: tuple[str, ...] = ()
    span = spans[0]
    if len({(s.start, s.end) for s in spans}) > 1:
        past = frame.order == PAST
        span = min(spans, key=lambda s: s.start) if past else max(spans, key=lambda s: s.end)
        why = (f"写了 {len(spans)} 个日期，取最{'早' if past else '晚'}的",)
    if NAMED_YEAR.search(simplify(raw)):
        why += (f"从 {frame.base.year}年 推算",)
    return span, why + span.why, bool(why) or span.guessed


def _dated(raw: str, text: str, word: str, span: Span, why: tuple[str, ...], guessed: bool) -> DateReading:
    start: date | None = span.start
    end: date | None = span.end
    if word == LONG_TERM and ("起" in text or "以来" in text or "开始" in text):
        end = None
    elif word and span.kind != "range":
        start = end
    reasons = "".join(f"{reason}，" for reason in dict.fromkeys(why))
    meant = say_span(start, end) if start and end else say(span.start) + " 起"
    guess = f"{quote(raw)}{reasons}记作 {meant}" if guessed else ""
    return DateReading(word or span.kind, start, end, guessed, guess, "", raw)


def _serial(day: date, raw: str) -> DateReading:
    return DateReading(DAY, day, day, True, f"{quote(raw)}按 Excel 的日期序号，记作 {say(day)}", "", raw)


def _nothing(raw: str) -> DateReading:
    return DateReading(NONE, None, None, False, "", "", raw)


def _unreadable(raw: str, problem: str = "") -> DateReading:
    return DateReading(
        NONE, None, None, False, "", problem or f"{quote(raw)}读不出日期，请写成 2026年10月28日 的样子", raw
    )
