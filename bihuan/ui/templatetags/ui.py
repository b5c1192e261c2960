"""Template tags of the screen kit: `{% load ui %}`. What they draw stands in `bihuan.ui.parts`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from bihuan.kernel.clock import Clock
from bihuan.kernel.moment import CHINA, local_day
from bihuan.ui import built, parts

register = template.Library()


@register.simple_tag
def asset(name: str) -> str:
    """Address of a built file, with its version."""
    return built.url(name)


@register.simple_tag
def session_seconds() -> int:
    return settings.SESSION_COOKIE_AGE


@register.simple_tag
def signin_url() -> str:
    return settings.LOGIN_URL


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    return parts.icon(name, extra)


@register.simple_tag(takes_context=True)
def clock(
    context, due: date | Clock | None, today: date | None = None, timing: str = "", closed: bool = False
):
    """The clock of a deadline, or of a `Clock` somebody has read already. `today` comes from the request."""
    if isinstance(due, Clock):
        return parts.clock(due)
    return parts.clock_until(due, today or local_day(context["request"].at), timing, closed=closed)


@register.simple_tag
def state(word: str, tone: str = "calm", icon: str = "", tint: bool = False) -> SafeString:
    return parts.state(word, tone, icon, tint=tint)


@register.simple_tag
def state_badge(code: Any, looks: dict | None = None, tint: bool = False) -> SafeString:
    """A state from a table `{code: (word, tone, icon)}`; an unknown code shows itself in grey."""
    word, tone, name = (looks or {}).get(code, (str(code), "calm", ""))
    return parts.state(word, tone, name, tint=tint)


@register.simple_tag
def bar(value: float, total: float, tone: str = "busy", words: str | None = None) -> SafeString:
    return parts.bar(value or 0, total or 0, tone, words)


@register.simple_tag
def tag(word: str, icon: str = "", tone: str = "") -> SafeString:
    return parts.tag(word, icon, tone)


@register.simple_tag
def person_chip(name: str, unit: str = "", second: str = "") -> SafeString:
    return parts.person(name or "", unit or "", second=second)


@register.simple_tag
def shares(*pairs: Any) -> SafeString:
    """`{% shares 312 "good" 19 "busy" 6 "late" %}`"""
    return parts.shares(list(zip(pairs[::2], pairs[1::2], strict=True)))


def _day(value: date | datetime | None) -> date | None:
    return local_day(value) if isinstance(value, datetime) else value


@register.filter
def date_long(value: date | datetime | None) -> str:
    return parts.date_long(_day(value))


@register.simple_tag(takes_context=True, name="date_short")
def date_short_tag(context, value: date | datetime | None) -> str:
    request = context.get("request")
    today = local_day(request.at) if request is not None and hasattr(request, "at") else None
    return parts.date_short(_day(value), today)


@register.filter
def date_short(value: date | datetime | None) -> str:
    return parts.date_short(_day(value))


@register.filter
def weekday(value: date | datetime) -> str:
    day = _day(value)
    return parts.weekday(day) if day else ""


@register.filter
def moment(value: datetime | None) -> str:
    """11月18日 16:42, in Chinese time."""
    if not value:
        return ""
    local = value.astimezone(CHINA)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


@register.filter
def thousands(value: Any) -> str:
    return parts.thousands(value)


def _errors(bound, label: str) -> list[str]:
    """The field's errors; an empty field is told what to do, by its name."""
    verb = "请选" if hasattr(bound.field, "choices") else "请填"
    found = bound.errors.as_data()
    return [f"{verb}{label}。" if one.code == "required" else said for one in found for said in one.messages]


@register.simple_tag
def field(bound, wide: bool = False, note: str = "", label: str = "", drop: bool = False) -> SafeString:
    """One field of a form with its label, what will be checked, and its errors where they belong."""
    label = label or bound.label
    told = {"field": bound, "wide": wide, "note": note, "label": label, "drop": drop}
    return render_to_string("ui/parts/field.html", told | {"errors": _errors(bound, label)})


@register.simple_tag
def form_errors(form) -> SafeString:
    """What is wrong with the form as a whole, above its fields; empty when nothing is."""
    return render_to_string("ui/parts/form_errors.html", {"form": form}) if form.errors else SafeString("")


def _full_stop(words: str) -> str:
    return words if not words or words[-1] in "。？" else f"{words}。"


@register.simple_tag(takes_context=True)
def act(context, label: str, url: str = "", verdict=None, icon: str = "", **look: Any) -> SafeString:
    """A button that may be refused: then it stays in its place, grey, with the reason.

    look: `kind` ("primary", "quiet", "" ), `method` ("get", "post"), `next` (reason also as text),
    `drawer` (open at the side), `confirm` (ask before sending), `size` ("s", "row"), `name`/`value` (sent with
    a post), `form` (id of a form elsewhere that the button sends), `right` (the tooltip hangs from the right).
    """
    if verdict is not None and getattr(verdict, "hidden", False):
        return SafeString("")
    told = {
        "label": label,
        "url": url,
        "icon": icon,
        "refused": verdict is not None and not verdict,
        "verdict": verdict,
    }
    told["why"], told["todo"] = (_full_stop(getattr(verdict, part, "")) for part in ("reason", "todo"))
    told["tip_id"] = f"tip-{abs(hash((label, url))) % 10**8}"
    # Without the request: a dozen buttons must not run the context processors a dozen times.
    told["csrf_token"] = context.get("csrf_token") or get_token(context["request"])
    return render_to_string("ui/parts/act.html", told | look)


@register.simple_tag(takes_context=True)
def watermark(context) -> SafeString:
    """Reader's name, unit and time over the whole page, for confidential ones."""
    request = context["request"]
    words = f"{request.actor.name} {request.actor.unit_name} {moment(request.at)}"
    return render_to_string("ui/parts/watermark.html", {"words": words})
