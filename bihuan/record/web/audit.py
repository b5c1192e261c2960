"""The audit trail: every event within the reader's reach, newest first."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from bihuan.kernel.actor import Actor
from bihuan.record.models import Event
from bihuan.record.policies import AUDIT_VIEW, audit_scope
from bihuan.registry import shelf
from bihuan.ui import parts
from bihuan.ui.access import confidential, view
from bihuan.ui.lists import Column, Filter, ListPage, Order
from bihuan.ui.templatetags.ui import moment

RECENT = 2000
KINDS_OF_ACTORS = {"system": "系统", "nobody": "未登录"}


def _recent(actor: Actor, column: str) -> set[int]:
    """Ids that occur among the latest events: what the forms of the filters offer."""
    rows = Event.objects.in_units(audit_scope(actor)).order_by("-id").values_list(column, flat=True)[:RECENT]
    return {value for value in rows if value is not None}


def _pairs(named: Any) -> list[tuple[str, str]]:
    return sorted(((str(key), word) for key, word in named.items()), key=lambda pair: pair[1])


def _people(actor: Actor) -> list[tuple[str, str]]:
    return _pairs(shelf.names(_recent(actor, "by_id")))


def _units(actor: Actor) -> list[tuple[str, str]]:
    return _pairs(shelf.unit_names(_recent(actor, "unit_id")))


def _kinds(actor: Actor) -> list[tuple[str, str]]:
    return _pairs(shelf.event_words())


def _named(look_up: Any) -> Any:
    """Names for the values of an address, which may be anything."""
    return lambda values: {
        str(key): word for key, word in look_up({int(v) for v in values if v.isdecimal()}).items()
    }


HASH = re.compile(r"[0-9a-f]{64}")
#: keys of an event's data that hold what a person typed
TYPED = {"text", "reason", "note", "title", "changes", "stated"}


def kind_word(event: Event) -> str:
    return shelf.event_words().get(event.kind, event.kind)


def data_words(event: Event) -> str:
    """What the event holds, in words where rooms gave them: `到：已销号；轮次：2`.

    Words typed for a closed circle stay there. Hashes and the number beside it are left to the raw event.
    """
    held = {key: value for key, value in event.data.items() if value not in (None, "", [], {})}
    if getattr(event, "kept_back", True):
        held |= dict.fromkeys(TYPED & held.keys(), "（限知悉，不显示）")
    return "；".join(f"{_word(key)}：{_said(value)}" for key, value in held.items() if value != event.subject)


def _word(code: str) -> str:
    """The word of a key or of a code; a source is called what the ledger calls it."""
    source = shelf.sources().get(code)
    return shelf.data_words().get(code) or (source.label if source else code)


def _said(value: Any) -> str:
    """One value: yes and no, codes in words, hashes shortened to what can be compared by eye."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_said(part) for part in value)
    if isinstance(value, dict):
        return "，".join(f"{_word(key)} {_said(part)}" for key, part in value.items())
    text = str(value)
    return text[:12] if HASH.fullmatch(text) else _word(text)


def _time_cell(event: Event, page: Any) -> Any:
    late = parts.tag("补录", "history", "soon") if event.late else ""
    return format_html("{} {}", moment(event.recorded_at), late)


def _kind_cell(event: Event, page: Any) -> Any:
    return format_html('<span title="{}">{}</span>', event.kind, kind_word(event))


def _subject_cell(event: Event, page: Any) -> Any:
    url = page.address.with_(stream=event.stream).url
    # an account has no name here that outlives the person; its number stands for it
    shown = event.subject or event.stream.replace("account:", "账号 ")
    return format_html('<a class="b-open" href="{}">{}</a>', url, shown)


class AuditTrail(ListPage):
    model = Event
    title = "审计记录"
    noun = "条"
    filters = (
        Filter("recorded", "记录时间", kind="date", method="recorded_in", phrase="{}记录"),
        Filter(
            "kind", "事件", choices=_kinds, method="of_kinds", lazy=True, labels=lambda v: shelf.event_words()
        ),
        Filter(
            "person", "经办人", choices=_people, method="by_person", lazy=True, labels=_named(shelf.names)
        ),
        Filter("unit", "单位", choices=_units, method="of_units", lazy=True, labels=_named(shelf.unit_names)),
        Filter("stream", "对象", kind="text", method="in_stream", hidden=True),
    )
    columns = (
        Column("recorded", "记录时间", value="recorded_at", cell=_time_cell, width=196, phone="top", fixed=True),
        Column("occurred", "发生时间", value="occurred_at", cell=lambda e, page: moment(e.occurred_at), width=120,
               shown=False, soft=True),
        Column("kind", "事件", value=kind_word, cell=_kind_cell, width=150, phone="title", fixed=True),
        Column("by", "经办人", value=lambda event: event.by_name, width=100, phone="end"),
        Column("unit", "单位", value=lambda event: event.unit_name, width=120, soft=True),
        Column("subject", "对象", value="subject", cell=_subject_cell, width=190, phone="note"),
        Column("data", "内容", value=data_words, soft=True),
    )  # fmt: skip
    orders = (Order("new", "新记录的在前", "-id"),)
    empty_title = "没有符合条件的记录。"
    template = "record/audit.html"

    @cached_property
    def scope(self) -> set[int] | None:
        return audit_scope(self.actor)

    def queryset(self) -> Any:
        return Event.objects.in_units(self.scope)

    def prepare(self, rows: list[Event]) -> list[Event]:
        names = shelf.names({row.by_id for row in rows if row.by_id})
        units = shelf.unit_names({row.unit_id for row in rows if row.unit_id})
        kept = shelf.kept_back({row.stream for row in rows})
        for row in rows:
            row.kept_back = row.stream in kept  # type: ignore[attr-defined]
            unnamed = KINDS_OF_ACTORS.get(row.by_kind, f"编号 {row.by_id}")
            row.by_name = names.get(row.by_id, unnamed)  # type: ignore[attr-defined,arg-type]
            row.unit_name = units.get(row.unit_id, "")  # type: ignore[attr-defined,arg-type]
        return rows


@view(needs=AUDIT_VIEW)
def audit(request: HttpRequest) -> HttpResponse:
    confidential(request)
    return AuditTrail.of(request).response(request, sealed=audit_scope(request.actor) is None)  # type: ignore[attr-defined]
