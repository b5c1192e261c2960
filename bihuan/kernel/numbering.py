"""Problem numbers: `<source>-<unit code>-<yyyymm>-<seq>`, for example XC-RZ-202609-017.

The month is that of finding, so that a number says where and when without a look-up; the sequence is counted
per source, unit and month by the caller.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bihuan.kernel.text import half_width

_NUMBER = re.compile(
    r"(?P<source>[^\s-]+)-(?P<unit>\S+)-(?P<year>[0-9]{4})(?P<month>0[1-9]|1[0-2])-(?P<seq>[0-9]{3,})"
)


@dataclass(frozen=True, slots=True)
class ProblemNumber:
    source: str
    unit_code: str
    year: int
    month: int
    seq: int

    def __str__(self) -> str:
        return f"{self.source}-{self.unit_code}-{self.year:04d}{self.month:02d}-{self.seq:03d}"


def number_prefix(source: str, unit_code: str, found: date) -> str:
    """What all numbers of one source, unit and month begin with, for finding the next sequence."""
    return problem_number(source, unit_code, found, 1)[:-3]


def problem_number(source: str, unit_code: str, found: date, seq: int) -> str:
    """The number as text; the sequence has at least three digits and may grow beyond.

    Raises ValueError if the parts could not be read back: an empty or hyphenated source, blanks, seq < 1.
    """
    number = ProblemNumber(source, unit_code, found.year, found.month, seq)
    if seq < 1 or parse_number(str(number)) != number:
        raise ValueError(f"cannot number {source!r} {unit_code!r} {seq!r}")
    return str(number)


def parse_number(text: str) -> ProblemNumber | None:
    """The parts of a number, None if it is none. Full-width digits and outer blanks are forgiven.

    The unit code may contain hyphens; the source may not.
    """
    match = _NUMBER.fullmatch(half_width(text).strip())
    if match is None or int(match["seq"]) < 1:
        return None
    return ProblemNumber(
        match["source"], match["unit"], int(match["year"]), int(match["month"]), int(match["seq"])
    )
