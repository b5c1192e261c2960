"""The tree of party organisations, the page of one, and what is done with it."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from bihuan.kernel.moment import local_day
from bihuan.org.actions.close_node import close_node
from bihuan.org.actions.cover_units import cover_units
from bihuan.org.actions.merge_node import merge_node
from bihuan.org.actions.move_node import move_node
from bihuan.org.actions.open_party_org import open_party_org
from bihuan.org.actions.rename_node import rename_node
from bihuan.org.forms import DayField, UnitsField
from bihuan.org.models import PartyLink, PartyOrg
from bihuan.org.permissions import Permission as P
from bihuan.org.policies import may_manage_org
from bihuan.org.reads import branch_of, hanging_on, party_card
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page

from .unit_acts import CloseForm, MoveForm, RenameForm


class NewPartyForm(forms.Form):
    code = forms.CharField(label="编码", max_length=30)
    name = forms.CharField(label="全称", max_length=80)
    short_name = forms.CharField(label="简称", max_length=40, required=False)
    kind = forms.ChoiceField(label="类别", choices=PartyOrg.Kind.choices)
    in_scope = forms.BooleanField(label="列入巡察范围", required=False)
    on = DayField(label="成立日期")

    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"] = UnitsField(
            day, label="覆盖的单位", required=False, help_text="联合党支部可以选几个"
        )


class CoverForm(forms.Form):
    on = DayField(label="从哪天起")

    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"] = UnitsField(day, label="覆盖的单位", required=False)


@view(needs=SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    root = PartyOrg.objects.filter(parent=None).order_by("order", "id").first()
    if root is None:
        verdict = may_manage_org(request.actor)
        return render(request, "org/party_empty.html", {"verdict": verdict})
    return _page(request, root)


@view(needs=SIGNED_IN)
def org(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(PartyOrg.objects.select_related("parent"), pk=pk))


def _page(request: HttpRequest, org: PartyOrg) -> HttpResponse:
    day = local_day(request.at)
    page = {
        "org": org,
        "open": org.is_open(day),
        "tree": branch_of(org, day),
        "card": party_card(org, day),
        "verdict": may_manage_org(request.actor),
    }
    return render(request, "org/party.html", page)


def _act(request: HttpRequest, org: PartyOrg, form: forms.Form, do, **words) -> HttpResponse:
    back = reverse("org:party-org", args=[org.pk])
    return act_page(
        request, form, do, back=back, crumbs=[("党组织", reverse("org:party")), (org.shown, back)], **words
    )


@view(needs=P.ORG_MANAGE)
def first(request: HttpRequest) -> HttpResponse:
    return _new(request, None)


@view(needs=P.ORG_MANAGE)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    return _new(request, get_object_or_404(PartyOrg, pk=pk))


def _new(request: HttpRequest, parent: PartyOrg | None) -> HttpResponse:
    day = local_day(request.at)

    def do(cleaned: dict) -> str:
        made = open_party_org(parent=parent, by=request.actor, at=request.at, **cleaned)
        return reverse("org:party-org", args=[made.pk])

    title = f"在{parent.shown}下设党组织" if parent else "设最上面的党组织"
    return act_page(
        request,
        NewPartyForm(request.POST or None, day=day, initial={"on": day}),
        do,
        title=title,
        button="成立",
        done="设好了",
        back=reverse("org:party"),
        crumbs=[("党组织", reverse("org:party"))],
    )


@view(needs=P.ORG_MANAGE)
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    org = get_object_or_404(PartyOrg, pk=pk)
    initial = {"name": org.name, "short_name": org.short_name, "on": local_day(request.at)}

    def do(cleaned: dict) -> None:
        rename_node(node=org, by=request.actor, at=request.at, **cleaned)

    return _act(
        request,
        org,
        RenameForm(request.POST or None, initial=initial),
        do,
        title=f"{org.shown}更名",
        button="更名",
        done="改好了，旧名留在沿革里",
    )


@view(needs=P.ORG_MANAGE)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    org = get_object_or_404(PartyOrg, pk=pk)
    form = MoveForm(request.POST or None, node=org, initial={"on": local_day(request.at)})

    def do(cleaned: dict) -> None:
        move_node(node=org, parent=cleaned.pop("to"), by=request.actor, at=request.at, **cleaned)

    return _act(request, org, form, do, title=f"{org.shown}移到别处", button="移过去", done="移好了")


@view(needs=P.ORG_MANAGE)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    org, day = get_object_or_404(PartyOrg, pk=pk), local_day(request.at)
    form = MoveForm(request.POST or None, node=org, initial={"on": day})
    form.fields["to"].label = "并入哪个党组织"

    def do(cleaned: dict) -> None:
        merge_node(node=org, into=cleaned.pop("to"), by=request.actor, at=request.at, **cleaned)

    return _act(
        request,
        org,
        form,
        do,
        title=f"{org.shown}并入别的党组织",
        button="并入",
        done="并好了",
        template="org/merge.html",
        hanging=hanging_on(org, day=day, at=request.at),
        lead="下级和党员一起转过去。",
    )


@view(needs=P.ORG_MANAGE)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    org, day = get_object_or_404(PartyOrg, pk=pk), local_day(request.at)

    def do(cleaned: dict) -> None:
        close_node(node=org, by=request.actor, at=request.at, **cleaned)

    return _act(
        request,
        org,
        CloseForm(request.POST or None, initial={"on": day}),
        do,
        title=f"撤销{org.shown}",
        button="撤销",
        done="撤销了，历史还在",
        template="org/merge.html",
        hanging=hanging_on(org, day=day, at=request.at),
        lead="还有下级或党员就不能撤销。",
    )


@view(needs=P.ORG_MANAGE)
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    org, day = get_object_or_404(PartyOrg, pk=pk), local_day(request.at)
    standing = PartyLink.objects.filter(party_org=org, to_day=None).values_list("unit_id", flat=True)
    form = CoverForm(request.POST or None, day=day, initial={"on": day, "units": list(standing)})

    def do(cleaned: dict) -> None:
        cover_units(org=org, by=request.actor, at=request.at, **cleaned)

    return _act(request, org, form, do, title=f"{org.shown}覆盖的单位", button="保存", done="改好了")
