"""Who is in scope, who was inspected when, who was not."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bihuan.areas.inspection.models import ScopeOrg
from bihuan.areas.inspection.reads import term_on
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import view
from bihuan.ui.lists import Choice, Column, Filter, ListPage, Order, View


class CoveragePage(ListPage):
    """列入本届范围的党组织。"""

    model = ScopeOrg
    title = "巡察覆盖"
    noun = "个党组织"
    filters = (
        Filter("inspected", "巡察", choices=[Choice("yes", "已巡察"), Choice("no", "还没有巡察")]),
        Filter("text", "名称", kind="text", method="named"),
    )
    columns = (
        Column("org", "党组织", value="org.shown", fixed=True, phone="title"),
        Column("kind", "类别", value=lambda row: row.org.get_kind_display(), width=100, phone="note"),
        Column("entered", "最近进驻", value="last_entered", width=120, phone="end"),
        Column("code", "编码", value="org.code", width=110, soft=True),
    )
    orders = (Order("tree", "按列入的次序", "pk"),)
    views = (
        View("all", "全部"),
        View("no", "还没有巡察", "inspected=no"),
        View("yes", "已巡察", "inspected=yes"),
    )
    empty_title = "本届还没有列入一个党组织。"
    empty_text = "先立五年规划，再定巡察范围。"

    def queryset(self) -> QuerySet:
        term = term_on(self.today)
        seen = ScopeOrg.objects.visible_to(self.actor).standing(self.today).filter(term=term)
        return seen.with_last().select_related("org")


@require_safe
@view(needs=P.INSPECTION_VIEW)
def coverage(request: HttpRequest) -> HttpResponse:
    return CoveragePage.of(request).response(request)
