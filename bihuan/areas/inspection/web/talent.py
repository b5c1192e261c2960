"""巡察人才库: who may be asked to join a team."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.inspection.actions.end_talent import end_talent
from bihuan.areas.inspection.actions.keep_talent import keep_talent
from bihuan.areas.inspection.models import Talent
from bihuan.areas.inspection.reads.before import with_lending
from bihuan.kernel.moment import local_day
from bihuan.org.forms import PersonField
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import view
from bihuan.ui.act import act_page
from bihuan.ui.lists import Column, Filter, ListPage, Order

from .finding import CRUMB


class TalentPage(ListPage):
    """在库的人。"""

    model = Talent
    title = "巡察人才库"
    noun = "人"
    template = "inspection/talents.html"
    filters = (Filter("text", "姓名、专长", kind="text", method="matching"),)
    columns = (
        Column("name", "姓名", value="person.name", link=True, fixed=True, width=120, phone="title"),
        Column(
            "unit", "单位", value=lambda row: row.person.unit.shown if row.person.unit else "", phone="note"
        ),
        Column("skills", "专长", phone="note"),
        Column("rounds", "参加过", value=lambda row: f"{row.rounds} 轮" if row.rounds else "—", width=90),
        Column("lent", "借调", value=lambda row: f"{row.lent} 次" if row.lent else "—", width=90),
        Column("grade", "最近鉴定", value=lambda row: row.last_grade or "—", width=100, phone="note"),
        Column("since", "入库", width=140, soft=True, phone="end"),
    )
    orders = (Order("name", "按姓名", "person__sort_key"),)
    empty_title = "人才库里还没有人。"
    empty_text = "把做过巡察、懂财务审计和党建的人列进来，组队时先从这里找。"

    def queryset(self) -> QuerySet:
        seen = Talent.objects.visible_to(self.actor).standing(self.today)
        return with_lending(seen.with_rounds()).select_related("person__unit")

    def row_url(self, row: Talent) -> str:
        return reverse("inspection:talent-end", args=[row.pk])


class TalentForm(forms.Form):
    skills = forms.CharField(
        label="专长", max_length=120, required=False, help_text="如：财务审计、谈话、党建"
    )

    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"person": PersonField(day, label="谁"), **self.fields}


@require_safe
@view(needs=P.INSPECTION_PLAN)
def talents(request: HttpRequest) -> HttpResponse:
    return TalentPage.of(request).response(request)


@view(needs=P.INSPECTION_PLAN)
def new(request: HttpRequest) -> HttpResponse:
    def do(cleaned: dict) -> None:
        keep_talent(by=request.actor, at=request.at, **cleaned)

    back = reverse("inspection:talents")
    return act_page(
        request, TalentForm(request.POST or None, day=local_day(request.at)), do, title="人才入库", button="入库",
        back=back, done="入库了", crumbs=[CRUMB, ("巡察人才库", back)],
    )  # fmt: skip


@view(needs=P.INSPECTION_PLAN)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    talent = get_object_or_404(Talent.objects.visible_to(request.actor).select_related("person"), pk=pk)

    def do(cleaned: dict) -> None:
        end_talent(talent=talent, by=request.actor, at=request.at)

    back = reverse("inspection:talents")
    return act_page(
        request, forms.Form(request.POST or None), do, title=f"{talent.person}出库", button="出库", back=back,
        done="出库了", lead="出库以后不再列入候选，已在的组不受影响。", crumbs=[CRUMB, ("巡察人才库", back)],
    )  # fmt: skip
