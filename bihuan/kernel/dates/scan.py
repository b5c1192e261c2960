"""Finds the dates in a cleaned text, left to right, and joins the two sides of a range."""

from __future__ import annotations

import re
from dataclasses import replace

from bihuan.kernel.dates.monthly import MONTHLY, RIGHT_SIDE
from bihuan.kernel.dates.reading import RANGE, say
from bihuan.kernel.dates.relative import RELATIVE
from bihuan.kernel.dates.spans import FUTURE, ONLY_MONTH, PAST, Builder, Frame, Pattern, Span
from bihuan.kernel.dates.written import WRITTEN, YEAR_ALONE

_PATTERNS: list[Pattern] = [*WRITTEN, *RELATIVE, *MONTHLY, *YEAR_ALONE]
_JOINT = re.compile("(?:起|开始)?(?:-|~|至|到|直至|截至)")


def scan(text: str, frame: Frame) -> list[Span]:
    """Every date or range in the text, in order. A span with a problem is a date that cannot be."""
    spans: list[Span] = []
    position = 0
    while position < len(text):
        hits = [
            (m.start(), n, m, build)
            for n, (p, build) in enumerate(_PATTERNS)
            if (m := p.search(text, position))
        ]
        if not hits:
            break
        hits.sort(key=lambda hit: hit[:2])
        position = hits[0][0] + 1
        for _, _, match, build in hits:
            span, end = _with_right_side(match, build, text, frame)
            if span:
                spans.append(span)
                position = end
                break
    return spans


def _with_right_side(
    match: re.Match[str], build: Builder, text: str, frame: Frame
) -> tuple[Span | None, int]:
    left = _try(build, match, frame)
    joint = _JOINT.match(text, match.end())
    if left is None or left.problem or joint is None:
        return left, match.end()
    right, end = _right_side(text, joint.end(), left, frame)
    if right is None:
        return left, match.end()
    if left.yearless and frame.order == FUTURE:
        left, right = _running_now(match, build, text, joint.end(), frame) or (left, right)
    return _joined(left, right), end


def _right_side(text: str, position: int, left: Span, frame: Frame) -> tuple[Span | None, int]:
    """What stands after the joint, read as the next such day after the left side."""
    after = Frame(left.start, FUTURE, frame.calendar, left.kind)
    for pattern, build in (*_PATTERNS, *RIGHT_SIDE):
        match = pattern.match(text, position)
        span = _try(build, match, after) if match else None
        if span and match:
            return span, match.end()
    return None, position


def _running_now(
    match: re.Match[str], build: Builder, text: str, position: int, frame: Frame
) -> tuple[Span, Span] | None:
    """A yearless range that began before base but has not ended is this one, not the next year's."""
    left = _try(build, match, replace(frame, order=PAST))
    right = _right_side(text, position, left, frame)[0] if left else None
    if left is None or right is None or right.problem or right.end < frame.base:
        return None
    return replace(left, why=(f"没写年份，取 {say(frame.base)} 正在进行的这一次",)), right


def _joined(left: Span, right: Span) -> Span:
    if right.problem:
        return right
    if right.end < left.start:
        sides = f"{say(left.start)}—{say(right.end)}"
        return replace(left, problem=f"读出来是 {sides}，结束早于开始，请核对")
    why = tuple(w for w in left.why or right.why if w != ONLY_MONTH)
    return Span(RANGE, left.start, right.end, left.guessed or right.guessed, why, "", left.yearless)


def _try(build: Builder, match: re.Match[str], frame: Frame) -> Span | None:
    """The span, None if the pattern's days do not exist: no text may raise."""
    try:
        return build(match, frame)
    except (ValueError, OverflowError):
        return None
