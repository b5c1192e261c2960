"""The calendar as a file (RFC 5545): one whole-day event for every due day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from bihuan.registry.lines import DueLine

from .words import CALENDAR_NAME


def calendar_of(lines: Iterable[DueLine]) -> bytes:
    """The same lines give the same bytes: nothing in it tells when it was asked for.

    A `UID` stays with its thing for ever; `SEQUENCE` and `LAST-MODIFIED` grow with it, so that a calendar takes
    the new day over instead of adding a second one.
    """
    house, home = settings.PUBLIC_URL.rstrip("/"), urlsplit(settings.PUBLIC_URL).hostname or "bihuan"
    calendar = Calendar()
    calendar.add("prodid", "-//Bihuan//Due days//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", CALENDAR_NAME)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for line in lines:
        event = Event()
        changed = line.changed_at.astimezone(UTC).replace(microsecond=0)
        event.add("uid", f"{line.key}@{home}")
        event.add("dtstamp", changed)
        event.add("last-modified", changed)
        event.add("sequence", line.version)
        event.add("summary", line.label)
        event.add("dtstart", line.due)
        event.add("dtend", line.due + timedelta(days=1))
        event.add("url", f"{house}{line.url}")
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return calendar.to_ical()
