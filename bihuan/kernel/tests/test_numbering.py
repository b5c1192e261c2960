"""Problem numbers can be read back, and what is no number is told apart."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel.numbering import ProblemNumber, number_prefix, parse_number, problem_number

CODES = st.from_regex(r"[A-Z0-9]{1,6}", fullmatch=True)
UNITS = st.from_regex(r"[A-Z0-9]{1,6}(-[A-Z0-9]{1,3})?", fullmatch=True)


def test_it_writes_source_unit_month_and_sequence() -> None:
    assert problem_number("XC", "RZ", date(2026, 9, 3), 17) == "XC-RZ-202609-017"
    assert problem_number("XC", "RZ", date(2026, 9, 3), 1234) == "XC-RZ-202609-1234"
    assert number_prefix("XC", "RZ", date(2026, 9, 3)) == "XC-RZ-202609-"


@given(CODES, UNITS, st.dates(date(1, 1, 1), date(9999, 12, 31)), st.integers(1, 10**7))
def test_what_was_written_is_read_back(source: str, unit: str, found: date, seq: int) -> None:
    number = problem_number(source, unit, found, seq)
    assert number.startswith(number_prefix(source, unit, found))
    assert parse_number(number) == ProblemNumber(source, unit, found.year, found.month, seq)


def test_it_forgives_width_and_outer_blanks() -> None:
    assert parse_number(" ＸＣ－ＲＺ－２０２６０９－０１７ ") == ProblemNumber("XC", "RZ", 2026, 9, 17)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "XC-RZ-202609",
        "XC-RZ-202613-001",
        "XC-RZ-202609-17",
        "XC-RZ-202609-000",
        "XC--202609-001x",
        "天车",
    ],
)
def test_it_reads_nothing_else(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("source", "unit", "seq"),
    [("", "RZ", 1), ("X-C", "RZ", 1), ("XC", "", 1), ("XC", "R Z", 1), ("XC", "RZ", 0)],
)
def test_it_refuses_parts_that_could_not_be_read_back(source: str, unit: str, seq: int) -> None:
    with pytest.raises(ValueError, match="cannot number"):
        problem_number(source, unit, date(2026, 9, 1), seq)


@given(st.text())
def test_any_text_is_a_number_or_none(text: str) -> None:
    number = parse_number(text)
    assert number is None or parse_number(str(number)) == number
