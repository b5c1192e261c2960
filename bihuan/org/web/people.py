"""The list of people."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from bihuan.kernel.actor import Actor
from bihuan.org.models import Person, Unit
from bihuan.org.policies import may_manage_org
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.lists import Choice, Column, Filter, ListPage, Order, View


def unit_choices(actor: Actor) -> list[Choice]:
    return [
        Choice(str(u.pk), f"{'　' * (u.depth - 1)}{u.shown}", u.shown) for u in Unit.objects.order_by("path")
    ]


def unit_names(values: list[str]) -> dict[str, str]:
    ids = [int(value) for value in values if value.isdigit()]
    return {str(unit.pk): unit.shown for unit in Unit.objects.filter(pk__in=ids)}


class PeoplePage(ListPage):
    model = Person
    title = "人员"
    noun = "人"
    template = "org/people.html"
    filters = (
        Filter("in_units", "单位", choices=unit_choices, lazy=True, labels=unit_names, phrase="{}的"),
        Filter("status", "状态", choices=[Choice("here", "在岗"), Choice("left", "已离开")]),
        Filter("text", "姓名、工号、职务", kind="text", method="matching"),
    )
    columns = (
        Column("name", "姓名", link=True, width=120, fixed=True, order="name", phone="title"),
        Column("staff_no", "工号", width=110, order="no", phone="note"),
        Column("unit", "单位", value=lambda row: row.unit.shown if row.unit else "", phone="note"),
        Column("title", "职务", width=200, soft=True, phone="note"),
        Column("left_on", "离开", width=110, soft=True),
    )
    orders = (Order("name", "按姓氏拼音", "sort_key"), Order("no", "按工号", "staff_no"))
    views = (View("here", "在岗", "status=here"), View("left", "已离开", "status=left", counted=False))

    def queryset(self) -> QuerySet:
        return Person.objects.visible_to(self.actor).select_related("unit")

    def row_url(self, row: Person) -> str:
        return reverse("org:person", args=[row.pk])


@view(needs=SIGNED_IN)
def people(request: HttpRequest) -> HttpResponse:
    return PeoplePage.of(request).response(request, verdict=may_manage_org(request.actor))
