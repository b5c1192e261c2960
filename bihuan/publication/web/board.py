"""公开栏: what is public now, for everybody of the group; and what is on its way, for those who have a part in it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.kernel.actor import Actor
from bihuan.org.models import Unit
from bihuan.publication import states
from bihuan.publication.models import Publication
from bihuan.publication.words import KINDS
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.lists import Choice, Column, Filter, ListPage, Order, View
from bihuan.ui.parts import state

from .finding import CRUMB, PART

_LOOKS = {
    states.DRAFT: ("calm", "pencil"),
    states.HEAD: ("soon", "eye-check"),
    states.OFFICE: ("soon", "eye-check"),
    states.LEAD: ("soon", "gavel"),
    states.APPROVED: ("busy", "send"),
    states.PUBLISHED: ("good", "circle-check"),
    states.EXPIRED: ("calm", "clock"),
    states.DOWN: ("late", "ban"),
}


def state_cell(row: Publication, page: ListPage) -> str:
    tone, icon = _LOOKS[row.state]
    return state(row.get_state_display(), tone, icon)


def unit_choices(actor: Actor) -> list[Choice]:
    """Units that publish, in the order of the tree."""
    rows = Unit.objects.filter(pk__in=Publication.objects.values("unit")).order_by("depth", "order", "id")
    return [Choice(str(unit.pk), unit.shown) for unit in rows]


_FILTERS = (
    Filter("kind", "类别", choices=KINDS, method="of_kinds", phrase="{}"),
    Filter("unit", "单位", choices=unit_choices, method="in_units", phrase="{}"),
)
_UNIT = Column("unit", "单位", value="unit.shown", width=130, phone="note")
_KIND = Column("kind", "类别", value=lambda row: row.entry.get_kind_display(), width=120, phone="note")


class BoardPage(ListPage):
    """正在公开的。"""

    model = Publication
    title = "公开栏"
    noun = "件"
    template = "publication/board.html"
    filters = (
        *_FILTERS,
        Filter("text", "标题、正文", kind="text", method="containing", phrase="含“{}”"),
    )
    columns = (
        Column("title", "标题", link=True, fixed=True, phone="title"),
        _KIND,
        _UNIT,
        Column("scope", "范围", value="get_scope_display", width=130, soft=True),
        Column("from_day", "公开", width=110, soft=True, phone="end"),
        Column("to_day", "到期", width=130, cell=lambda row, page: _until(row, page)),
    )
    orders = (Order("new", "新公开的在前", "-from_day"),)
    empty_title = "现在没有公开的内容。"
    empty_text = "公开的内容到期自动撤下；要起草，从公开目录里选事项。"

    def queryset(self) -> QuerySet:
        return Publication.objects.showing(self.today).select_related("entry", "unit")


def _until(row: Publication, page: ListPage) -> str:
    left = row.days_left(page.today)
    if left > 2:
        return f"{row.to_day.month}月{row.to_day.day}日"
    return state("今天到期" if left == 0 else f"剩 {left} 天", "soon", "clock-hour-4")


class WorkPage(ListPage):
    """经办的: whatever state it is in, in units where one has a part in it."""

    model = Publication
    title = "经办的公开"
    noun = "件"
    template = "publication/work.html"
    filters = (
        Filter("state", "状态", choices=states.STATES, method="in_states", phrase="{}"),
        *_FILTERS,
        Filter("text", "标题、正文", kind="text", method="containing", phrase="含“{}”"),
    )
    columns = (
        Column("state", "状态", value="get_state_display", cell=state_cell, width=140, phone="top"),
        Column("title", "标题", link=True, fixed=True, phone="title"),
        _KIND,
        _UNIT,
        Column("to_day", "公开至", width=110, soft=True, phone="end"),
        Column("waiting", "待答复", width=80, align="num", value=lambda row: row.waiting or None),
    )
    orders = (Order("new", "新起草的在前", "-pk"),)
    views = (
        View("all", "全部"),
        View("waiting", "待看的", "state=head&state=office&state=lead"),
        View("approved", "待公开", "state=approved"),
        View("now", "公开中", "state=published"),
    )
    empty_title = "还没有经办的。"
    empty_text = "从公开目录里选事项起草。"

    def queryset(self) -> QuerySet:
        mine = Publication.objects.of_part(self.actor)
        return mine.with_opinions().select_related("entry", "unit")

    def countable(self) -> QuerySet:
        return Publication.objects.of_part(self.actor)

    def row_url(self, row: Publication) -> str:
        return reverse("publication:page", args=[row.pk])


def _extra(request: HttpRequest) -> dict:
    actor = request.actor
    return {
        "part": any(actor.may(code) for code in PART),
        "may_draft": actor.may(states.MAY_DRAFT),
        "crumbs": [CRUMB],
    }


@require_safe
@view(needs=SIGNED_IN)
def board(request: HttpRequest) -> HttpResponse:
    return BoardPage.of(request).response(request, **_extra(request))


@require_safe
@view(needs=PART)
def work(request: HttpRequest) -> HttpResponse:
    return WorkPage.of(request).response(request, **_extra(request))
