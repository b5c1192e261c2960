"""职责矩阵: seven kinds of bodies × duties, and who they are in this house."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bihuan.areas.joint import words
from bihuan.areas.joint.actions.map_body import map_body
from bihuan.areas.joint.actions.publish_matrix import publish_matrix
from bihuan.areas.joint.actions.unmap_body import unmap_body
from bihuan.areas.joint.models import BodyHolder, Matrix
from bihuan.areas.joint.policies import may_plan
from bihuan.areas.joint.reads import holders_on, matrix_on, matrix_rows, shipped, spelled, unspelled
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.forms import DayField, NodeField
from bihuan.org.models import PartyOrg, Unit
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import view
from bihuan.ui.act import act_page
from bihuan.ui.refusals import sentence

from .finding import COMERS, CRUMB


class MatrixForm(forms.Form):
    title = forms.CharField(label="依据文件", max_length=120)
    from_day = DayField(label="自")
    duties = forms.CharField(
        label="职责，每行一条",
        widget=forms.Textarea(attrs={"rows": 22}),
        help_text="阶段|职责|谁=做什么，谁=做什么|来源|可信度（H 可靠，M 单一来源，L 地方做法）",
    )


class BodyForm(forms.Form):
    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = forms.ChoiceField(label="监督主体", choices=words.BODIES)
        self.fields["unit"] = NodeField(Unit, day, label="对应的单位", required=False)
        self.fields["org"] = NodeField(PartyOrg, day, label="或对应的党组织", required=False)
        self.fields["on"] = DayField(label="自")


@require_safe
@view(needs=COMERS)
def matrix(request: HttpRequest) -> HttpResponse:
    day = local_day(request.at)
    now = matrix_on(day)
    context = {
        "page_title": "职责矩阵",
        "matrix": now,
        "rows": matrix_rows(now.duties) if now else [],
        "bodies": words.BODIES,
        "certainty": dict(words.CERTAINTY),
        "holders": holders_on(day),
        "versions": Matrix.objects.order_by("-number"),
        "may_plan": may_plan(request.actor),
        "sees_coverage": request.actor.may(P.INSPECTION_VIEW),
    }
    return render(request, "joint/matrix.html", context)


@view(needs=P.INSPECTION_PLAN)
def publish(request: HttpRequest) -> HttpResponse:
    """Begins with the version in force, the first time with the one that comes with the product."""
    day = local_day(request.at)
    now = matrix_on(day)
    began = {"title": now.title, "duties": now.duties} if now else shipped()

    def do(cleaned: dict) -> None:
        duties = unspelled(cleaned.pop("duties"))
        publish_matrix(duties=duties, by=request.actor, at=request.at, **cleaned)

    back = reverse("joint:matrix")
    initial = {"title": began["title"], "from_day": day, "duties": spelled(began["duties"])}
    return act_page(
        request, MatrixForm(request.POST or None, initial=initial), do, title="发布职责矩阵的新版本", button="发布",
        back=back, done="发布了，旧版本留着", crumbs=[CRUMB, ("职责矩阵", back)],
        lead="" if now else "下面是系统带的范本，逐条核对、改成本单位的再发布。",
        checks=("每行五段", "主体是七类之一", "每条有来源和可信度"),
    )  # fmt: skip


@view(needs=P.INSPECTION_PLAN)
def body_new(request: HttpRequest) -> HttpResponse:
    day, back = local_day(request.at), reverse("joint:matrix")

    def do(cleaned: dict) -> None:
        map_body(by=request.actor, at=request.at, **cleaned)

    initial = {"on": day, "body": request.GET.get("body", "")}
    return act_page(
        request, BodyForm(request.POST or None, day=day, initial=initial), do, title="登记谁是哪类主体", button="登记",
        back=back, done="登记了", crumbs=[CRUMB, ("职责矩阵", back)], checks=("单位和党组织二选一",),
    )  # fmt: skip


@require_POST
@view(needs=P.INSPECTION_PLAN)
def body_end(request: HttpRequest, pk: int) -> HttpResponse:
    holder = get_object_or_404(BodyHolder.objects.select_related("unit", "org"), pk=pk)
    try:
        unmap_body(holder=holder, on=local_day(request.at), by=request.actor, at=request.at)
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, f"{holder.name}不再是{holder.get_body_display()}，记录还在。")
    return HttpResponseRedirect(reverse("joint:matrix"))
