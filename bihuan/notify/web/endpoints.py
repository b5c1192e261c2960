"""推送地址: a person registers a receiver, sees what went there, sends again, pauses, ends."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from bihuan.kernel.refused import Refused
from bihuan.notify.actions.again_delivery import again_delivery, again_without
from bihuan.notify.actions.change_endpoint import change_endpoint
from bihuan.notify.actions.open_endpoint import open_endpoint
from bihuan.notify.models import Delivery, Endpoint
from bihuan.notify.policies import may_change, may_see
from bihuan.org.models import Person
from bihuan.org.permissions import Permission as P
from bihuan.registry import shelf
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.lists import Column, Filter, ListPage, Order, View
from bihuan.ui.parts import state
from bihuan.ui.refusals import into_form

LOOKS = {
    "active": ("推送中", "good", "circle-check"),
    "failing": ("对方没接住，再试", "soon", "refresh"),
    "paused": ("已暂停", "late", "player-pause"),
    "ended": ("已停用", "calm", "ban"),
}
_DELIVERY_LOOKS = {
    "waiting": ("待推送", "busy", "hourglass"),
    "sent": ("已送达", "good", "circle-check"),
    "unseen": ("看不到，未推送", "calm", "eye-off"),
    "skipped": ("已跳过", "calm", "minus"),
}


def look_of(endpoint: Endpoint) -> tuple[str, str, str]:
    return LOOKS["failing" if endpoint.state == "active" and endpoint.failures else endpoint.state]


@view(needs=SIGNED_IN)
def endpoints(request: HttpRequest) -> HttpResponse:
    """The person's own; for who manages accounts everybody's, with the name."""
    every = request.actor.may(P.ACCOUNT_MANAGE)
    rows = Endpoint.objects.all() if every else Endpoint.objects.of(request.actor.person_id)
    found = [(one, look_of(one)) for one in rows.select_related("person").order_by("-id")[:200]]
    page = {"rows": found, "every": every, "running": sum(one.state == "active" for one, _ in found)}
    return render(request, "notify/endpoints.html", page)


class EndpointForm(forms.Form):
    name = forms.CharField(label="用途", max_length=60, help_text="推给谁、做什么，例如 生产管理系统")
    url = forms.CharField(
        label="推送地址", max_length=500, help_text="以 https:// 开头；内网主机要系统管理员先允许"
    )
    kinds = forms.MultipleChoiceField(label="推哪些事", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = list(shelf.announced().items())
        self.fields["kinds"].error_messages["required"] = "还没有选，至少选一种"


@view(needs=SIGNED_IN)
@sensitive_variables("secret")
def new(request: HttpRequest) -> HttpResponse:
    """The form, and the key of the signatures on one page that no cache keeps."""
    form = EndpointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = open_endpoint(
                person=Person.objects.get(pk=request.actor.person_id),
                by=request.actor,
                at=request.at,
                **form.cleaned_data,
            )
        except Refused as refused:
            into_form(form, refused)
        else:
            response = render(request, "notify/endpoint_once.html", {"endpoint": made, "secret": secret})
            response["Cache-Control"] = "no-store"
            return response
    page = {"form": form, "page_title": "登记推送地址", "chosen": form["kinds"].value() or ()}
    return render(request, "notify/endpoint_new.html", page, status=400 if form.errors else 200)


def _told(row: Delivery, page: ListPage) -> str:
    if row.state == "waiting" and row.error:
        return f"试了 {row.attempts} 次，{row.error}"
    return str(row.status) if row.state == "sent" and row.status else ""


class Deliveries(ListPage):
    """What went to one receiver and what waits."""

    model = Delivery
    title = "推送记录"
    noun = "条"
    template = "notify/endpoint.html"
    filters = (
        Filter("state", "状态", choices=Delivery.State.choices, method="in_states"),
        Filter("number", "编号", kind="text", method="of_number"),
    )
    columns = (
        Column(
            "kind",
            "事件",
            value=lambda row: shelf.announced().get(row.kind, row.kind),
            width=110,
            phone="top",
            fixed=True,
        ),
        Column("subject", "编号", link=True, phone="title", fixed=True),
        Column("made", "发生", value="made_on", width=96, soft=True, phone="note"),
        Column("told", "对方回答", cell=_told, value="status", width=230, soft=True, phone="note"),
        Column(
            "state",
            "状态",
            value="get_state_display",
            cell=lambda row, page: state(*_DELIVERY_LOOKS[row.state]),
            width=130,
            phone="end",
        ),
    )
    orders = (Order("new", "新的在前", "-id"),)
    views = (View("all", "全部", counted=False), View("waiting", "待推送", "state=waiting"))
    empty_title = "还没有推过。"
    empty_text = "登记以后发生的事才推，以前的不补。"
    endpoint: Endpoint

    def queryset(self) -> QuerySet:
        return Delivery.objects.filter(endpoint=self.endpoint)

    def row_url(self, row: Delivery) -> str:
        return reverse("notify:delivery", args=[self.endpoint.pk, row.pk])


def _endpoint(request: HttpRequest, pk: int) -> Endpoint:
    found = get_object_or_404(Endpoint.objects.select_related("person__unit"), pk=pk)
    if not may_see(found, request.actor):
        raise Http404
    return found


@view(needs=SIGNED_IN)
def endpoint(request: HttpRequest, pk: int) -> HttpResponse:
    found = _endpoint(request, pk)
    page = Deliveries.of(request)
    page.endpoint = found
    words = shelf.announced()
    return page.response(
        request,
        endpoint=found,
        look=look_of(found),
        kinds=[words.get(kind, kind) for kind in found.kinds],
        own=found.person_id == request.actor.person_id,
        may_end=may_change(found, "ended", request.actor),
        waiting=found.deliveries.waiting().count(),
    )


@require_POST
@view(needs=SIGNED_IN)
def change(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    found = _endpoint(request, pk)
    change_endpoint(endpoint=found, to=to, by=request.actor, at=request.at)
    said = {
        "active": "恢复推送了，留着的按次序推出去",
        "paused": "暂停了，以后发生的先留着",
        "ended": "停用了，不再推送",
    }
    messages.success(request, f"“{found.name}”{said[to]}。")
    return HttpResponseRedirect(reverse("notify:endpoint", args=[pk]))


@view(needs=SIGNED_IN)
def delivery(request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
    """One delivery: what was sent, what came back, and sending it again."""
    found = _endpoint(request, pk)
    row = get_object_or_404(Delivery, endpoint=found, pk=delivery)
    page = {
        "endpoint": found,
        "row": row,
        "word": shelf.announced().get(row.kind, row.kind),
        "look": _DELIVERY_LOOKS[row.state],
        "own": found.person_id == request.actor.person_id and found.state != "ended",
    }
    return render(request, "notify/delivery.html", page)


@require_POST
@view(needs=SIGNED_IN)
def again(request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
    row = get_object_or_404(
        Delivery.objects.select_related("endpoint"), endpoint=_endpoint(request, pk), pk=delivery
    )
    again_delivery(delivery=row, by=request.actor, at=request.at)
    messages.success(request, "放回去了，马上再推一次；送达号不变。")
    return HttpResponseRedirect(reverse("notify:endpoint", args=[pk]))


@require_POST
@view(needs=SIGNED_IN)
def skip(request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
    row = get_object_or_404(
        Delivery.objects.select_related("endpoint"), endpoint=_endpoint(request, pk), pk=delivery
    )
    again_without(delivery=row, by=request.actor, at=request.at)
    messages.success(request, "跳过了，后面的接着推。")
    return HttpResponseRedirect(reverse("notify:endpoint", args=[pk]))
