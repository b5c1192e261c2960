"""What a room offers to the rest of the house. Filled in by `area.py` (areas) or `offers.py` (lower rooms).

Everything here is data: the registry never imports a room for its own sake, it is handed these values.
Callables receive plain values and an `Actor`; they are called only after Django is ready.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bihuan.kernel.actor import Actor

from .lines import DeskLine, DueLine, Exempt, WaitLine, WorkLine
from .papers import PaperKind


@dataclass(frozen=True)
class Source:
    """Where problems come from. `code` is data (renaming it is a migration); `prefix` opens the number.

    `due_key` names the value in the rule pack `problems` that gives the default deadline;
    `origin_url(origin_key)` leads from a problem back to the row it came from, or is None.
    """

    code: str
    label: str
    prefix: str
    colour: str = "c-1"
    default_grade: str = "general"
    due_key: str = "due.general"
    origin_url: Callable[[str], str] | None = None


@dataclass(frozen=True)
class FactRow:
    """One subject's share of a fact: `keys` are the rows behind the numerator, `all_keys` behind both."""

    subject: str
    label: str
    numerator: int
    denominator: int
    keys: tuple[str, ...] = ()
    all_keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Period:
    """A closed span of days, with the words a person gave for it.

    A room may know a span by a code of its own (a round, R1): then `within` is that code, and `problems()` gives the
    ids of the problems that belong to it, whenever they were found; figures of the loop are then of these.
    """

    start: date | None
    end: date | None
    words: str = ""
    within: str = ""
    problems: Callable[[], Any] | None = None


@dataclass(frozen=True)
class Scope:
    """Over what a fact is computed: a unit with everything below it (None: the whole group), for a reader."""

    actor: Actor
    unit_id: int | None = None


@dataclass(frozen=True)
class Fact:
    """A figure that opens. `compute(scope, period, at)` is set-based and returns a row per subject.

    `kind` is `rate` (numerator / denominator) or `count` (numerator only).
    """

    code: str
    label: str
    compute: Callable[[Scope, Period, datetime], Iterable[FactRow]]
    per: str = "unit"
    kind: str = "rate"
    note: str = ""


@dataclass(frozen=True)
class Nav:
    """A place in the navigation. `needs` is a permission code, or several of which one is enough, or "" for
    everybody who is signed in.

    `section` is one of SECTIONS; `count(actor, at)` gives the small number behind the label, or None.
    """

    label: str
    url: str
    icon: str
    section: str = ""
    order: int = 50
    needs: str | tuple[str, ...] = ""
    count: Callable[[Actor, datetime], int | None] | None = None


SECTIONS = (("", ""), ("find", "发现问题"), ("daily", "日常落实"), ("judge", "评价运用"), ("base", " "))


@dataclass(frozen=True)
class PhoneForm:
    """A form the phone carries offline: its command kind and the address that gives its definition."""

    code: str
    label: str
    url: str
    icon: str = "clipboard"


@dataclass(frozen=True)
class Tick:
    """Recurring work: `cron` in local time (Asia/Shanghai); `run(at)` must be safe to run twice."""

    code: str
    label: str
    cron: str
    run: Callable[[datetime], Any]


@dataclass(frozen=True)
class JobKind:
    """Background work: `run(job_run)` gets a running job to read its payload from and report progress to.

    `max_attempts` counts the first try; `show` is False for small housekeeping that no page lists.
    """

    code: str
    label: str
    run: Callable[[Any], Any]
    max_attempts: int = 5
    show: bool = True


@dataclass(frozen=True)
class ExportLink:
    """An entry a room adds to the export menu of the ledger: the menu POSTs `layout=code` and `query=<the
    address>` to `url`. `note(actor)` says what comes, or None where there is nothing for this person."""

    code: str
    label: str
    url: str
    note: Callable[[Actor], str | None]
    icon: str = "table-export"


@dataclass(frozen=True)
class Offer:
    """What any room may offer. `code` equals the folder's name."""

    code: str
    title: str
    order: int = 50
    nav: tuple[Nav, ...] = ()
    facts: tuple[Fact, ...] = ()
    jobs: tuple[JobKind, ...] = ()
    ticks: tuple[Tick, ...] = ()
    papers: tuple[PaperKind, ...] = ()
    reacts_to: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    urls: str = ""
    mount: str = ""
    #: addresses for people without an account, at mounts of their own: (mount, urls). Nothing is noted of who asks
    #: there (`ui.middleware.unseen`), so nothing else may lie below such a mount
    doors: tuple[tuple[str, str], ...] = ()
    #: the module whose ROUTER holds this room's operations of the API
    api: str = ""
    #: a period this room knows by a code of its own, or None
    period: Callable[[str], Period | None] | None = None
    #: rows a person still answers for: (person id, at) -> lines to hand over when they leave or move
    open_work: Callable[[int, datetime], Iterable[WorkLine]] | None = None
    #: gives such lines to somebody else: (keys, from person id, to person id, actor, at); raises Refused
    hand_over: Callable[[tuple[str, ...], int, int, Actor, datetime], Any] | None = None
    #: rows a unit still answers for: (unit id, at) -> lines; a unit with any is not closed
    unit_work: Callable[[int, datetime], Iterable[WorkLine]] | None = None
    #: moves them when a unit merges into another: (from unit id, to unit id, actor, at)
    move_unit_work: Callable[[int, int, Actor, datetime], Any] | None = None
    #: which of these addresses of the house lead this person to a thing of this room that they may see: words
    #: told earlier (a notice, a line of work) are shown again only where the thing itself would be
    opens: Callable[[Actor, set[str]], set[str]] | None = None
    #: where whole ledgers are brought in: the button 导入 of the ledger leads there
    import_url: str = ""
    #: further layouts in the export menu of the ledger
    export_links: tuple[ExportLink, ...] = ()
    #: context for the frame of every page: (actor, at) -> mapping merged into the template context
    frame: Callable[[Actor, datetime], Mapping[str, Any]] | None = None
    demo: Callable[[Any], None] | None = None
    #: its share of the world that is only looked at: longest names, odd signs, many of each
    ugly: Callable[[Any], None] | None = None
    #: what rooms below `org` cannot know: names of people and units by id, and the ids a reach covers
    #: (unit path, with those below it). Filled in by `org` alone; unknown ids are simply left out.
    names: Callable[[set[int]], Mapping[int, str]] | None = None
    unit_names: Callable[[set[int]], Mapping[int, str]] | None = None
    units_within: Callable[[str, bool], Iterable[int]] | None = None
    #: which of these streams are for a closed circle: their typed words stay out of the audit trail
    keeps_back: Callable[[set[str]], set[str]] | None = None
    #: kinds of events that other systems may be told of -> how a person picks them
    announces: Mapping[str, str] = field(default_factory=dict)
    #: which of these streams this actor may see, for who tells others about them
    sees: Callable[[Actor, set[str]], set[str]] | None = None
    #: hears every announced event, whatever room it is of; called like a reaction
    hears: Callable[[Any], Any] | None = None
    #: whether there is anybody to hear it now: one cheap question, so that most events cost no job
    has_ears: Callable[[], bool] | None = None
    #: days for a calendar: (actor, id of a unit beside the person's own or None, at) -> lines
    due_days: Callable[[Actor, int | None, datetime], Iterable[DueLine]] | None = None
    #: lines for the desk of this person, and the rows they are made of: each row is one line, counted on every page
    #: within one statement, so the rows may depend on who asks and what they may, never on the day
    desk_lines: Callable[[Actor, datetime], Iterable[DeskLine]] | None = None
    desk_rows: Callable[[Actor], Iterable[Any]] | None = None
    desk_waits: Callable[[Actor, datetime], Iterable[WaitLine]] | None = None
    #: closes every secret this room keeps sealed anew, with the newest key of the strongbox; returns how many
    reseal: Callable[[], int] | None = None
    #: what must not appear in something public that came from this room: (origin, as the room gave it) -> those
    exempts: Callable[[str], Iterable[Exempt]] | None = None
    #: Chinese words for this room's event kinds, for the audit trail
    event_words: Mapping[str, str] = field(default_factory=dict)
    #: and for the keys of their data, and for codes that stand as values in it
    data_words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Area(Offer):
    """One area of work: an `Offer` that may also be a source of problems and carry phone forms."""

    icon: str = "folder"
    source: Source | None = None
    sources: tuple[Source, ...] = ()
    phone: tuple[PhoneForm, ...] = ()

    @property
    def all_sources(self) -> tuple[Source, ...]:
        return ((self.source,) if self.source else ()) + self.sources
