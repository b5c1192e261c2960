"""领导分管: who has charge of which units and business lines, handed over by the day. Read by everybody who signs in:
a house makes known who answers for what."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bihuan.kernel.moment import local_day
from bihuan.org.actions.end_portfolio import end_portfolio
from bihuan.org.actions.give_portfolio import give_portfolio
from bihuan.org.actions.hand_portfolio import hand_portfolio
from bihuan.org.forms import DayField, NodeField, PersonField
from bihuan.org.models import BusinessLine, Portfolio, Unit
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page
from bihuan.ui.lists import Choice, Column, Filter, ListPage, Order, View
from bihuan.ui.parts import date_short


def _term(row: Portfolio, page: ListPage) -> str:
    end = f"至 {date_short(row.to_day, page.today)}" if row.to_day else "起"
    return f"{date_short(row.from_day, page.today)} {end}"


class PortfoliosPage(ListPage):
    model = Portfolio
    title = "领导分管"
    noun = "条分管"
    template = "org/portfolios.html"
    filters = (
        Filter("standing", "状态", choices=[Choice("now", "在分管"), Choice("over", "已交出")]),
        Filter("text", "姓名、单位、业务线", kind="text", method="matching"),
    )
    columns = (
        Column(
            "person",
            "领导",
            value=lambda row: row.person.name,
            width=110,
            link=True,
            fixed=True,
            phone="title",
        ),
        Column("title", "职务", value=lambda row: row.person.title, width=160, soft=True, phone="note"),
        Column("what", "分管", value="what", width=180, phone="end"),
        Column("kind", "按", value=lambda row: "单位" if row.unit_id else "业务线", width=70, soft=True),
        Column("term", "期限", value="from_day", cell=_term, width=180, phone="note"),
        Column("document", "依据", width=220, soft=True),
    )
    orders = (Order("person", "按人", "person__sort_key"),)
    views = (View("now", "现在的", "standing=now"), View("over", "交出的", "standing=over", counted=False))
    empty_title = "还没有登记领导分管。"
    empty_text = "照班子分工文件登记：谁分管哪些单位、哪条业务线。"

    def queryset(self) -> QuerySet:
        return Portfolio.objects.select_related("person", "unit", "line")

    def row_url(self, row: Portfolio) -> str:
        if row.ended_at is None and self.actor.may(P.ORG_MANAGE):
            return reverse("org:portfolio-hand", args=[row.pk])
        return reverse("org:person", args=[row.person_id])


@view(needs=SIGNED_IN)
def portfolios(request: HttpRequest) -> HttpResponse:
    return PortfoliosPage.of(request).response(request, manages=request.actor.may(P.ORG_MANAGE))


class GiveForm(forms.Form):
    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        lines = BusinessLine.objects.filter(ended_on=None).order_by("pk")
        self.fields["person"] = PersonField(day, label="领导")
        self.fields["unit"] = NodeField(Unit, day, label="分管的单位", required=False, help_text="含下级")
        self.fields["line"] = forms.ModelChoiceField(
            lines, label="或分管的业务线", required=False, empty_label="不按业务线"
        )
        self.fields["from_day"] = DayField(label="自")
        self.fields["document"] = forms.CharField(
            label="依据", max_length=120, required=False, help_text="如：关于领导班子成员分工的通知"
        )


class HandForm(forms.Form):
    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = PersonField(day, label="交给谁")
        self.fields["on"] = DayField(label="从哪天起", help_text="这一天起由新的领导分管，前一天止由原来的")
        self.fields["document"] = forms.CharField(label="依据", max_length=120, required=False)


class EndForm(forms.Form):
    last = DayField(label="最后一天")


def _crumbs() -> list[tuple[str, str]]:
    return [("领导分管", reverse("org:portfolios"))]


def _standing(pk: int) -> Portfolio:
    rows = Portfolio.objects.filter(ended_at=None).select_related("person", "unit", "line")
    return get_object_or_404(rows, pk=pk)


@view(needs=P.ORG_MANAGE)
def new(request: HttpRequest) -> HttpResponse:
    day = local_day(request.at)

    def do(cleaned: dict) -> None:
        give_portfolio(by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, GiveForm(request.POST or None, day=day, initial={"from_day": day}), do, title="登记分管",
        button="登记", back=reverse("org:portfolios"), done="登记了", crumbs=_crumbs(),
        lead="分管不带权限：看得到什么仍按授权；登记以后，台账和工作台上有“我分管的”。",
        checks=("单位和业务线二选一", "本人是不是已经分管", "人在不在岗"),
    )  # fmt: skip


@view(needs=P.ORG_MANAGE)
def hand(request: HttpRequest, pk: int) -> HttpResponse:
    found, day = _standing(pk), local_day(request.at)

    def do(cleaned: dict) -> None:
        hand_portfolio(portfolio=found, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, HandForm(request.POST or None, day=day, initial={"on": day}), do,
        title=f"{found.person}分管的{found.what}，交给别人", button="交接", back=reverse("org:portfolios"),
        done="交接登记了，原来的记录还在", crumbs=_crumbs(), template="org/portfolio_hand.html", portfolio=found,
        checks=("接手的日子在开始分管以后", "接手的人在不在岗"),
    )  # fmt: skip


@view(needs=P.ORG_MANAGE)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    found = _standing(pk)

    def do(cleaned: dict) -> None:
        end_portfolio(portfolio=found, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, EndForm(request.POST or None, initial={"last": local_day(request.at)}), do,
        title=f"{found.person}不再分管{found.what}", button="登记交出", back=reverse("org:portfolios"),
        done="登记了", crumbs=_crumbs(), lead="没有人接手才用；有人接手，用交接。",
    )  # fmt: skip
