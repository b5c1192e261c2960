"""Laws of the date reader: any text, any base, and every way of writing one day."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel.dates import DateReading, read_date

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
BASES = st.dates()
ORDERS = st.sampled_from(["past", "future"])
# Text made of what date cells are made of: it reaches the patterns that plain random text never meets.
PIECES = (
    *"0123456789年月日号前后内外上下本每半个周天时点至到起.-/~—、，（ 一二三十廿〇两旬底末初中",
    *("工作日", "季度", "2024", "10", "28", "31", "立行立改", "长期", "持续", "今年", "明", "上午", "14:30"),
    *("第", "星期", "小时", "T"),
)
CELLS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)

FORMATS = [
    "{d.year}.{d.month}.{d.day}",
    "{d.year}-{d.month}-{d.day}",
    "{d.year}/{d.month:02d}/{d.day:02d}",
    "{d.year}年{d.month}月{d.day}日",
    "{d.year} 年 {d.month} 月 {d.day} 日",
    "{d.year}年{d.month:02d}月{d.day:02d}日 08:05",
    "{d.year}-{d.month:02d}-{d.day:02d}T23:59:59+08:00",
    "限{d.year}年{d.month}月{d.day}日前整改完成",
]
FULL_WIDTH = str.maketrans("0123456789.-/", "０１２３４５６７８９．－／")
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")


def well_formed(reading: DateReading) -> bool:
    """What a caller may rely on, whatever was read."""
    told = reading.guessed == bool(reading.guess)
    if reading.kind == "none":
        return told and reading.start is None and reading.end is None and not reading.guessed
    if reading.problem or reading.kind not in {"day", "range", "month", "immediate", "long_term"}:
        return False
    if reading.kind in {"immediate", "long_term"}:
        return told
    assert reading.start is not None
    assert reading.end is not None
    return told and reading.start <= reading.end and (reading.kind != "day" or reading.start == reading.end)


@given(st.one_of(st.text(), CELLS), BASES, ORDERS)
def test_no_text_raises_and_every_reading_is_well_formed(text: str, base: date, order: str) -> None:
    reading = read_date(text, base=base, order=order)
    assert well_formed(reading)
    assert reading.raw == text
    assert reading == read_date(text, base=base, order=order)


@given(st.one_of(st.integers(), st.floats(), st.booleans(), st.none()), BASES, ORDERS)
def test_no_number_raises(value: float | None, base: date, order: str) -> None:
    assert well_formed(read_date(value, base=base, order=order))


@given(st.one_of(st.dates(), st.datetimes()), BASES)
def test_a_date_is_itself(value: date, base: date) -> None:
    day = value.date() if isinstance(value, datetime) else value
    reading = read_date(value, base=base)
    assert (reading.kind, reading.start, reading.guessed) == ("day", day, False)


@pytest.mark.parametrize("pattern", FORMATS)
@given(day=DAYS, base=DAYS, order=ORDERS)
def test_every_way_of_writing_a_day_reads_back(pattern: str, day: date, base: date, order: str) -> None:
    written = pattern.format(d=day)
    for text in (written, written.translate(FULL_WIDTH)):
        reading = read_date(text, base=base, order=order)
        assert (reading.kind, reading.start, reading.guessed) == ("day", day, False)


def spelled(number: int) -> str:
    """A number under 100 as spoken: 十、二十八."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{tens}十"
    return f"{head}{ones or ('' if tens else 0)}".translate(CHINESE)


@given(DAYS)
def test_chinese_numerals_read_back(day: date) -> None:
    text = f"{str(day.year).translate(CHINESE)}年{spelled(day.month)}月{spelled(day.day)}日"
    assert read_date(text, base=day).start == day


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_serials_read_back_as_a_guess(day: date) -> None:
    reading = read_date((day - date(1899, 12, 30)).days, base=day)
    assert (reading.start, reading.guessed) == (day, True)


@given(st.dates(date(1960, 1, 1), date(2140, 12, 31)), DAYS, ORDERS)
def test_a_missing_year_is_the_nearest_on_the_right_side(base: date, day: date, order: str) -> None:
    found = read_date(f"{day.month}月{day.day}日", base=base, order=order).start
    assert found is not None
    assert (found.month, found.day) == (day.month, day.day)
    distance = (base - found if order == "past" else found - base).days
    assert 0 <= distance <= (366 * 8 if (day.month, day.day) == (2, 29) else 366)


@given(DAYS, st.integers(0, 400))
def test_ranges_read_back(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    text = f"{start.year}.{start.month}.{start.day}—{end.year}.{end.month}.{end.day}"
    reading = read_date(text, base=start)
    assert (reading.kind, reading.start, reading.end) == ("range", start, end)


@given(st.dates(date(1990, 1, 1), date(2150, 12, 31)), ORDERS)
def test_what_the_reader_writes_it_can_read(day: date, order: str) -> None:
    guess = read_date(f"{day.year}年{day.month}月底", base=day, order=order)
    written = guess.guess.rsplit("记作 ", 1)[1]
    assert read_date(written, base=day, order=order).end == guess.end
