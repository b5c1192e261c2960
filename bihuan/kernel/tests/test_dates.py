"""What offices write into date cells, and what it is read as. Base is a Tuesday, 1 September 2026."""

from datetime import UTC, date, datetime

import pytest

from bihuan.kernel.calendar import WorkCalendar
from bihuan.kernel.dates import read_date

BASE = date(2026, 9, 1)


def d(text: str) -> date:
    return date.fromisoformat(text)


CERTAIN = {
    "2024.10.28": "2024-10-28",
    "2024-10-28": "2024-10-28",
    "2024/10/28": "2024-10-28",
    "2024/3/5": "2024-03-05",
    "2024 10 28": "2024-10-28",
    "2024.10.28.": "2024-10-28",
    "2024. 10. 28": "2024-10-28",
    "2024。10。28": "2024-10-28",
    "2024．10．28": "2024-10-28",
    "2024年10月28日": "2024-10-28",
    "2024年10月28": "2024-10-28",
    "2024年10.28": "2024-10-28",
    "2024 年 10 月 28 日": "2024-10-28",
    "２０２４年１０月２８日": "2024-10-28",
    "２０２４－１０－２８": "2024-10-28",
    "2024年10月28号": "2024-10-28",
    "二〇二四年十月二十八日": "2024-10-28",
    "二○二四年十月廿八日": "2024-10-28",
    "2024.10.28 14:30": "2024-10-28",
    "2024-10-28 14:30:05": "2024-10-28",
    "2024-10-28T14:30:00+08:00": "2024-10-28",
    "2024-10-28T14:30:00.123Z": "2024-10-28",
    "2024/10/28 2:30 PM": "2024-10-28",
    "2024年10月28日14时30分": "2024-10-28",
    "2024年10月28日上午": "2024-10-28",
    "2024年10月28日(星期一)": "2024-10-28",
    "20241028": "2024-10-28",
    "20241028143000": "2024-10-28",
    "限2024.10.28前整改": "2024-10-28",
    "已于2024年10月28日完成整改": "2024-10-28",
    "检查时间：2024年10月28日 14:30-15:30": "2024-10-28",
}


@pytest.mark.parametrize(("text", "day"), CERTAIN.items())
@pytest.mark.parametrize("order", ["past", "future"])
def test_a_full_date_is_read_without_a_guess(text: str, day: str, order: str) -> None:
    reading = read_date(text, base=BASE, order=order)
    assert (reading.kind, reading.start, reading.end) == ("day", d(day), d(day))
    assert not reading.guessed
    assert reading.raw == text


# text: (kind, first day, last day) as a deadline, always told as a guess.
DEADLINES = {
    "24.10.28": ("day", "2024-10-28", "2024-10-28"),
    "98.10.28": ("day", "1998-10-28", "1998-10-28"),
    "24年10月28日": ("day", "2024-10-28", "2024-10-28"),
    "241028": ("day", "2024-10-28", "2024-10-28"),
    "10/28/2024": ("day", "2024-10-28", "2024-10-28"),
    "28/10/2024": ("day", "2024-10-28", "2024-10-28"),
    "10月28日": ("day", "2026-10-28", "2026-10-28"),
    "3月9日": ("day", "2027-03-09", "2027-03-09"),
    "9月1日": ("day", "2026-09-01", "2026-09-01"),
    "2月29日": ("day", "2028-02-29", "2028-02-29"),
    "10月28日前完成": ("day", "2026-10-28", "2026-10-28"),
    "10.28前": ("day", "2026-10-28", "2026-10-28"),
    "10/28": ("day", "2026-10-28", "2026-10-28"),
    "10-28": ("day", "2026-10-28", "2026-10-28"),
    "28日前": ("day", "2026-09-28", "2026-09-28"),
    "2024/03": ("month", "2024-03-01", "2024-03-31"),
    "2024.10": ("month", "2024-10-01", "2024-10-31"),
    "202410": ("month", "2024-10-01", "2024-10-31"),
    "2024年2月": ("month", "2024-02-01", "2024-02-29"),
    "25年12月": ("month", "2025-12-01", "2025-12-31"),
    "10月前": ("month", "2026-10-01", "2026-10-31"),
    "10月底前": ("day", "2026-10-31", "2026-10-31"),
    "10月底": ("day", "2026-10-31", "2026-10-31"),
    "十月底": ("day", "2026-10-31", "2026-10-31"),
    "2024年2月底": ("day", "2024-02-29", "2024-02-29"),
    "9月上旬": ("range", "2026-09-01", "2026-09-10"),
    "9月中旬": ("range", "2026-09-11", "2026-09-20"),
    "9月下旬": ("range", "2026-09-21", "2026-09-30"),
    "8月下旬": ("range", "2027-08-21", "2027-08-31"),
    "本月底": ("day", "2026-09-30", "2026-09-30"),
    "月底前": ("day", "2026-09-30", "2026-09-30"),
    "月末": ("day", "2026-09-30", "2026-09-30"),
    "本月15日": ("day", "2026-09-15", "2026-09-15"),
    "下个月15日": ("day", "2026-10-15", "2026-10-15"),
    "上月底": ("day", "2026-08-31", "2026-08-31"),
    "年底前": ("day", "2026-12-31", "2026-12-31"),
    "2024年底": ("day", "2024-12-31", "2024-12-31"),
    "今年年底": ("day", "2026-12-31", "2026-12-31"),
    "明年3月底前": ("day", "2027-03-31", "2027-03-31"),
    "去年10月28日": ("day", "2025-10-28", "2025-10-28"),
    "年内": ("range", "2026-01-01", "2026-12-31"),
    "2024年": ("range", "2024-01-01", "2024-12-31"),
    "第三季度末": ("day", "2026-09-30", "2026-09-30"),
    "2025年一季度": ("range", "2025-01-01", "2025-03-31"),
    "本季度": ("range", "2026-07-01", "2026-09-30"),
    "上半年": ("range", "2027-01-01", "2027-06-30"),
    "今天": ("day", "2026-09-01", "2026-09-01"),
    "明天": ("day", "2026-09-02", "2026-09-02"),
    "后天": ("day", "2026-09-03", "2026-09-03"),
    "大后天": ("day", "2026-09-04", "2026-09-04"),
    "本周五": ("day", "2026-09-04", "2026-09-04"),
    "周五前": ("day", "2026-09-04", "2026-09-04"),
    "週五前": ("day", "2026-09-04", "2026-09-04"),
    "下周五": ("day", "2026-09-11", "2026-09-11"),
    "下星期日": ("day", "2026-09-13", "2026-09-13"),
    "下周": ("range", "2026-09-07", "2026-09-13"),
    "本周内": ("range", "2026-08-31", "2026-09-06"),
    "周末": ("range", "2026-09-05", "2026-09-06"),
    "3天内": ("day", "2026-09-04", "2026-09-04"),
    "五日内": ("day", "2026-09-06", "2026-09-06"),
    "两周内": ("day", "2026-09-15", "2026-09-15"),
    "一个月内": ("day", "2026-10-01", "2026-10-01"),
    "半个月内": ("day", "2026-09-16", "2026-09-16"),
    "两个半月内": ("day", "2026-11-16", "2026-11-16"),
    "半年内": ("day", "2027-03-01", "2027-03-01"),
    "一年内": ("day", "2027-09-01", "2027-09-01"),
    "24小时内": ("day", "2026-09-02", "2026-09-02"),
    "收到反馈后3个月内": ("day", "2026-12-01", "2026-12-01"),
    "3月1日至15日": ("range", "2027-03-01", "2027-03-15"),
    "8月20日—9月10日": ("range", "2026-08-20", "2026-09-10"),
    "12月28日-1月5日": ("range", "2026-12-28", "2027-01-05"),
    "2025年1月—3月": ("range", "2025-01-01", "2025-03-31"),
    "2025年1-3月": ("range", "2025-01-01", "2025-03-31"),
    "2024.3-2024.5": ("range", "2024-03-01", "2024-05-31"),
    "周一至周五": ("range", "2026-09-07", "2026-09-11"),
    "立即停工，10月28日前完成": ("day", "2026-10-28", "2026-10-28"),
    "2024.10.28、2024.11.2": ("day", "2024-11-02", "2024-11-02"),
    "45678": ("day", "2025-01-21", "2025-01-21"),
    "45678.5": ("day", "2025-01-21", "2025-01-21"),
}


@pytest.mark.parametrize(("text", "expected"), DEADLINES.items())
def test_a_deadline_is_read_and_the_guess_told(text: str, expected: tuple[str, str, str]) -> None:
    reading = read_date(text, base=BASE, order="future")
    kind, start, end = expected
    assert (reading.kind, reading.start, reading.end) == (kind, d(start), d(end))
    assert reading.guessed
    assert f"记作 {d(start).year}年{d(start).month}月{d(start).day}日" in reading.guess
    assert reading.timing == "time_limited"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("10月28日", "2025-10-28", "2025-10-28"),
        ("9月1日", "2026-09-01", "2026-09-01"),
        ("2月29日", "2024-02-29", "2024-02-29"),
        ("10月底", "2025-10-31", "2025-10-31"),
        ("9月上旬", "2026-09-01", "2026-09-10"),
        ("月底", "2026-08-31", "2026-08-31"),
        ("周五", "2026-08-28", "2026-08-28"),
        ("28日", "2026-08-28", "2026-08-28"),
        ("12月28日-1月5日", "2025-12-28", "2026-01-05"),
        ("2024.10.28、2024.11.2", "2024-10-28", "2024-10-28"),
    ],
)
def test_a_day_of_finding_is_sought_in_the_past(text: str, start: str, end: str) -> None:
    reading = read_date(text, base=BASE, order="past")
    assert (reading.start, reading.end) == (d(start), d(end))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024.3.1-2024.3.15", "2024-03-01", "2024-03-15"),
        ("2024-03-01 至 2024-03-15", "2024-03-01", "2024-03-15"),
        ("2024.3.1～3.15", "2024-03-01", "2024-03-15"),
        ("2024.3.1-15", "2024-03-01", "2024-03-15"),
        ("2024年10月28日-11月2日", "2024-10-28", "2024-11-02"),
        ("2024年12月28日至1月5日", "2024-12-28", "2025-01-05"),
        ("2024年10月28日14时至10月29日8时", "2024-10-28", "2024-10-29"),
        ("2024.10.28 14:30-2024.10.29 15:00", "2024-10-28", "2024-10-29"),
    ],
)
def test_a_written_range_needs_no_guess(text: str, start: str, end: str) -> None:
    reading = read_date(text, base=BASE)
    assert (reading.kind, reading.start, reading.end) == ("range", d(start), d(end))
    assert not reading.guessed


@pytest.mark.parametrize(
    "text", ["立行立改", "立即整改", "即知即改", "当场整改", "立行立改（已完成）", "立即"]
)
def test_at_once_is_its_own_kind(text: str) -> None:
    reading = read_date(text, base=BASE)
    assert (reading.kind, reading.timing, reading.start) == ("immediate", "immediate", None)


@pytest.mark.parametrize(
    "text", ["长期坚持", "持续推进", "持续整改", "常态化", "長期堅持", "每月开展，长期坚持"]
)
def test_for_good_is_its_own_kind(text: str) -> None:
    reading = read_date(text, base=BASE)
    assert (reading.kind, reading.timing, reading.end) == ("long_term", "long_term", None)


def test_a_word_beside_a_date_keeps_both() -> None:
    at_once = read_date("立行立改（2024.10.28）", base=BASE)
    assert (at_once.kind, at_once.end) == ("immediate", d("2024-10-28"))
    node = read_date("长期坚持，2024年12月31日前", base=BASE)
    assert (node.kind, node.end) == ("long_term", d("2024-12-31"))
    since = read_date("2024年3月起长期坚持", base=BASE)
    assert (since.kind, since.start, since.end) == ("long_term", d("2024-03-01"), None)


@pytest.mark.parametrize(
    "value", [None, "", "  ", "/", "／", "无", "—", "——", "-", "N/A", "nan", "？", float("nan")]
)
def test_nothing_stated_is_no_problem(value: object) -> None:
    reading = read_date(value, base=BASE)
    assert (reading.kind, reading.problem, reading.guess, reading.timing) == ("none", "", "", "")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026年9月31日", "“2026年9月31日”没有这一天，九月只有 30 天"),
        ("2025年2月29日", "“2025年2月29日”没有这一天，2025年二月只有 28 天"),
        ("2024.13.01", "“2024.13.01”没有这一天，月份只有 1 到 12"),
        ("2024-10-00", "“2024-10-00”没有这一天，日子从 1 日算起"),
        ("11月31日前", "“11月31日”没有这一天，十一月只有 30 天"),
        ("2月30日", "“2月30日”没有这一天，二月最多有 29 天"),
        ("已整改", "“已整改”读不出日期，请写成 2026年10月28日 的样子"),
        ("RZ-0412", "“RZ-0412”读不出日期，请写成 2026年10月28日 的样子"),
        ("护顶不及时", "“护顶不及时”读不出日期，请写成 2026年10月28日 的样子"),
        ("3号炉", "“3号炉”读不出日期，请写成 2026年10月28日 的样子"),
        ("每月25日前", "“每月25日前”是反复要做的，没有一个确定的日期，请另写这一次的日期"),
        ("2024.3.15-2024.3.1", "读出来是 2024年3月15日—2024年3月1日，结束早于开始，请核对"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, sentence: str) -> None:
    reading = read_date(text, base=BASE)
    assert (reading.kind, reading.start, reading.problem) == ("none", None, sentence)


def test_the_guess_is_one_sentence_with_its_reason() -> None:
    assert read_date("2024年10月底前", base=BASE).guess == "“2024年10月底前”记作 2024年10月31日"
    assert (
        read_date("10月底前", base=BASE, order="future").guess
        == "“10月底前”没写年份，取不早于 2026年9月1日 的最近一次，记作 2026年10月31日"
    )


def test_working_days_use_the_calendar_and_say_if_there_is_none() -> None:
    table = WorkCalendar(frozenset({date(2026, 9, 3)}), known_until=date(2026, 12, 31))
    with_table = read_date("15个工作日内", base=BASE, order="future", calendar=table)
    without = read_date("十五个工作日内", base=BASE, order="future")
    short = read_date("200个工作日内", base=BASE, order="future", calendar=table)
    assert with_table.end == date(2026, 9, 23)
    assert "周末" not in with_table.guess
    assert without.end == date(2026, 9, 22)
    assert "没有节假日表，只跳过周末" in without.guess
    assert "节假日表没有排到那天" in short.guess


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (45678, "2025-01-21"),
        (45678.75, "2025-01-21"),
        (20241028, "2024-10-28"),
        (10.28, "2025-10-28"),
        (9.5, "2025-09-05"),
        (datetime(2024, 10, 28, 23, 59, tzinfo=UTC), "2024-10-28"),
        (date(2024, 10, 28), "2024-10-28"),
    ],
)
def test_values_of_a_cell_are_read_like_text(value: object, day: str) -> None:
    assert read_date(value, base=BASE).end == d(day)


def test_a_number_that_lost_its_last_zero_is_not_guessed() -> None:
    assert read_date(9.3, base=BASE).problem == "“9.3”可能是9月3日，也可能是9月30日，请写明"
    assert read_date(2024.1, base=BASE).problem == "“2024.1”可能是2024年1月，也可能是2024年10月，请写明"


@pytest.mark.parametrize("value", [0, -5, 7, 120000, 3.7e9, float("inf"), True, "12345", "138"])
def test_other_numbers_are_no_dates(value: object) -> None:
    reading = read_date(value, base=BASE)
    assert reading.kind == "none"
    assert "读不出日期" in reading.problem


def test_an_unknown_order_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="sideways"):
        read_date("10月28日", base=BASE, order="sideways")
