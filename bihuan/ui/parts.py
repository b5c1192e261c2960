"""The smallest pieces of a page as functions, for templates (through the tags) and for cells of long lists.

Lists draw hundreds of them, so each is one string operation and no template. Everything that comes from
outside is escaped here.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bihuan.kernel.clock import Clock, read_clock

from . import built

CLOCK_ICONS = {
    "late": "alarm",
    "today": "clock-hour-4",
    "soon": "clock-hour-4",
    "stage": "infinity",
    "done": "circle-check",
}
TONES = ("late", "soon", "busy", "good", "calm")


@lru_cache(maxsize=2048)
def icon(name: str, extra: str = "") -> SafeString:
    """One icon of the sprite; decorative, so that a screen reader hears only the word beside it."""
    cls = f"b-icon {extra}".strip()
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>', cls, built.url("icons.svg"), name
    )


@lru_cache(maxsize=2048)
def state(word: str, tone: str = "calm", icon_name: str = "", *, tint: bool = False) -> SafeString:
    """A state: coloured word with its icon; `tint` gives it a ground, for places where it stands alone."""
    cls = f"b-state b-{tone}" + (" b-state--tint" if tint else "")
    return format_html('<span class="{}">{}{}</span>', cls, icon(icon_name) if icon_name else "", word)


@lru_cache(maxsize=2048)
def clock(reading: Clock) -> SafeString:
    """The clock cell; always first in a list of work."""
    name = CLOCK_ICONS.get(reading.tone, "")
    cls = f"b-clock b-clock--{reading.tone}" + (" b-clock--icon" if name else "")
    return format_html('<span class="{}">{}{}</span>', cls, icon(name) if name else "", reading.words)


def clock_until(due: date | None, today: date, timing: str = "", *, closed: bool = False) -> SafeString:
    return clock(read_clock(due, today, timing, closed=closed))


@lru_cache(maxsize=2048)
def bar(value: float, total: float, tone: str = "busy", words: str | None = None) -> SafeString:
    """Share of a whole. Blue (`busy`) is what somebody reports about himself, green (`good`) is proven.

    `words` replaces the default `value/total` beside the bar; "" leaves the bar alone.
    """
    said = f"{value:g}/{total:g}" if words is None else words
    return format_html(
        '<span class="b-bar b-bar--{}"><progress max="{}" value="{}" aria-label="{}"></progress>{}</span>',
        tone,
        f"{total or 1:g}",
        f"{min(value, total):g}",
        said or f"{value:g}/{total:g}",
        format_html("<span>{}</span>", said) if said else "",
    )


@lru_cache(maxsize=2048)
def tag(word: str, icon_name: str = "", tone: str = "") -> SafeString:
    """A small framed word beside a title or a statement (重复、一般问题、补录)."""
    cls = "b-tag" + (f" b-tag--{tone}" if tone else "")
    return format_html('<span class="{}">{}{}</span>', cls, icon(icon_name) if icon_name else "", word)


def person(name: str, unit: str = "", *, second: str = "") -> SafeString:
    """A person with the first sign of the name; `second` is a line of its own below (what is awaited)."""
    if second:
        return format_html(
            '<span class="b-chipman b-chipman--two"><span class="b-avatar">{}</span>'
            "<span>{}<small>{}</small></span></span>",
            name[:1],
            name,
            second,
        )
    small = format_html("<small>{}</small>", unit) if unit else ""
    return format_html(
        '<span class="b-chipman"><span class="b-avatar b-avatar--s">{}</span>{} {}</span>',
        name[:1],
        name,
        small,
    )


def shares(amounts: list[tuple[float, str]]) -> SafeString:
    """A bar whose parts add up to the whole: [(amount, tone)], tones as in the states."""
    total = sum(amount for amount, _ in amounts) or 1
    at, rects = 0.0, []
    for amount, tone in amounts:
        width = 1000 * amount / total
        rects.append((f"{at:.1f}", f"{width:.1f}", tone))
        at += width
    return format_html(
        '<svg class="b-shares" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        format_html_join("", '<rect x="{}" y="0" width="{}" height="10" class="b-fill-{}"/>', rects),
    )


WEEKDAYS = "一二三四五六日"


def date_long(day: date | None) -> str:
    """2026年11月20日, for titles."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def date_short(day: date | None, today: date | None = None) -> str:
    """11月20日, for lists; the year is added when it is another one than today's."""
    if not day:
        return ""
    return date_long(day) if today and day.year != today.year else f"{day.month}月{day.day}日"


def weekday(day: date) -> str:
    return f"星期{WEEKDAYS[day.weekday()]}"


def thousands(number: Any) -> str:
    return f"{number:,}" if isinstance(number, int) else str(number)
