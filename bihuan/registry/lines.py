"""Lines that rooms hand to others: what somebody answers for, days, what a desk shows, what must not be published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class WorkLine:
    """One thing a person still answers for. `key` is unique within the room; `due` is its deadline, if any.

    `label` names it by its number and may be read by whoever arranges the hand-over; `detail` is what it says,
    shown only to those who may open `url` (see `Offer.opens`).
    """

    key: str
    label: str
    url: str = ""
    due: date | None = None
    unit_id: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class DueLine:
    """A day in a calendar. `key` is its identity for ever, `version` grows with every change of the thing.

    `label` leaves the house (a phone's calendar, somebody's cloud): numbers, verbs and units, never a statement.
    """

    key: str
    label: str
    due: date
    url: str
    changed_at: datetime
    version: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class DeskLine:
    """Something a person has to do now that is no step of a problem. `label` is what the button says, `unit` for whom."""

    label: str
    text: str
    url: str
    due: date | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class WaitLine:
    """Something this person handed in or drew up that waits for somebody else: what has to be done, with what, by whom,
    since when."""

    verb: str
    text: str
    who: str
    since: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Exempt:
    """Something that must not become public. `label` may be read by whoever prepares the text, `words` are what it
    must not say: they are compared and go nowhere."""

    label: str
    words: str
