"""Opening, renaming, moving, merging and closing a unit; its posts."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bihuan.kernel.moment import local_day
from bihuan.org.actions.close_node import close_node
from bihuan.org.actions.merge_node import merge_node
from bihuan.org.actions.move_node import move_node
from bihuan.org.actions.open_post import open_post
from bihuan.org.actions.open_unit import open_unit
from bihuan.org.actions.rename_node import rename_node
from bihuan.org.forms import DayField, NodeField
from bihuan.org.models import Unit
from bihuan.org.permissions import Permission as P
from bihuan.org.reads import hanging_on
from bihuan.ui.access import view
from bihuan.ui.act import act_page


class NewUnitForm(forms.Form):
    code = forms.CharField(
        label="编码", max_length=30, help_text="会出现在问题编号里，如 RZ；用过就不再给别的单位"
    )
    name = forms.CharField(label="全称", max_length=80)
    short_name = forms.CharField(label="简称", max_length=40, required=False)
    kind = forms.ChoiceField(label="类别", choices=[c for c in Unit.Kind.choices if c[0] != Unit.Kind.GROUP])
    on = DayField(label="设立日期")


class RenameForm(forms.Form):
    name = forms.CharField(label="新的全称", max_length=80)
    short_name = forms.CharField(label="新的简称", max_length=40, required=False)
    on = DayField(label="从哪天起")
    why = forms.CharField(label="依据", max_length=200, required=False)


class MoveForm(forms.Form):
    def __init__(self, *args, node, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        day = kwargs["initial"]["on"]
        self.fields["to"] = NodeField(type(node), day, without=node.path or "", label="移到哪个上级下面")
        self.fields["on"] = DayField(label="从哪天起")
        self.fields["why"] = forms.CharField(label="依据", max_length=200, required=False)


class CloseForm(forms.Form):
    on = DayField(label="从哪天起不再有")
    why = forms.CharField(label="依据", max_length=200, required=False)


class PostForm(forms.Form):
    code = forms.CharField(label="岗位编码", max_length=40)
    title = forms.CharField(label="岗位名称", max_length=60)
    leads = forms.BooleanField(label="单位负责人岗位", required=False)


def _act(request: HttpRequest, unit: Unit, form: forms.Form, do, **words) -> HttpResponse:
    back = reverse("org:unit", args=[unit.pk])
    crumbs = [("组织", reverse("org:home")), (unit.shown, back)]
    return act_page(request, form, do, back=back, crumbs=crumbs, **words)


def _who(request: HttpRequest) -> dict:
    return {"by": request.actor, "at": request.at}


@view(needs=P.ORG_MANAGE)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    parent = get_object_or_404(Unit, pk=pk)
    form = NewUnitForm(request.POST or None, initial={"on": local_day(request.at)})

    def do(cleaned: dict) -> str:
        made = open_unit(parent=parent, **cleaned, **_who(request))
        return reverse("org:unit", args=[made.pk])

    return _act(request, parent, form, do, title=f"在{parent.shown}下设单位", button="设立", done="设好了")


@view(needs=P.ORG_MANAGE)
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit, pk=pk)
    initial = {"name": unit.name, "short_name": unit.short_name, "on": local_day(request.at)}

    def do(cleaned: dict) -> None:
        rename_node(node=unit, **cleaned, **_who(request))

    return _act(
        request,
        unit,
        RenameForm(request.POST or None, initial=initial),
        do,
        title=f"{unit.shown}更名",
        button="更名",
        done="改好了，旧名留在沿革里",
        lead="旧名称留在沿革里，导入旧台账时还认得。",
    )


@view(needs=P.ORG_MANAGE)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit, pk=pk)
    form = MoveForm(request.POST or None, node=unit, initial={"on": local_day(request.at)})

    def do(cleaned: dict) -> None:
        move_node(node=unit, parent=cleaned.pop("to"), **cleaned, **_who(request))

    return _act(
        request,
        unit,
        form,
        do,
        title=f"{unit.shown}移到别处",
        button="移过去",
        done="移好了",
        lead="它下面的单位一起移。权限按新的位置算：管新上级的人也能看到它。",
    )


@view(needs=P.ORG_MANAGE)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit, pk=pk)
    form = MoveForm(request.POST or None, node=unit, initial={"on": local_day(request.at)})
    form.fields["to"].label = "并入哪个单位"

    def do(cleaned: dict) -> str:
        into = cleaned.pop("to")
        merge_node(node=unit, into=into, **cleaned, **_who(request))
        return reverse("org:unit", args=[into.pk])

    return _act(
        request,
        unit,
        form,
        do,
        title=f"{unit.shown}并入别的单位",
        button="并入",
        done="并好了",
        template="org/merge.html",
        hanging=hanging_on(unit, day=local_day(request.at), at=request.at),
        lead="下级、人员、未办完的工作一起转过去；对它的授权停止，由安全管理员重新授。",
    )


@view(needs=P.ORG_MANAGE)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit, pk=pk)

    def do(cleaned: dict) -> None:
        close_node(node=unit, **cleaned, **_who(request))

    return _act(
        request,
        unit,
        CloseForm(request.POST or None, initial={"on": local_day(request.at)}),
        do,
        title=f"撤销{unit.shown}",
        button="撤销",
        done="撤销了，历史还在",
        template="org/merge.html",
        hanging=hanging_on(unit, day=local_day(request.at), at=request.at),
        lead="还有下级、人员或未办完的工作就不能撤销。",
    )


@view(needs=P.ORG_MANAGE)
def post(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit, pk=pk)

    def do(cleaned: dict) -> None:
        open_post(unit=unit, **cleaned, **_who(request))

    return _act(
        request,
        unit,
        PostForm(request.POST or None),
        do,
        title=f"在{unit.shown}设岗位",
        button="设岗",
        done="设好了",
        lead="岗位不随人走：换人时，挂在岗位上的授权跟着岗位。",
    )
