"""我的巡察: what a member of a team does for themselves — what ties them, and the pledge."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bihuan.areas.inspection.actions.declare import declare
from bihuan.areas.inspection.actions.pledge import pledge
from bihuan.areas.inspection.actions.tell_relative import tell_relative
from bihuan.areas.inspection.actions.withdraw_relative import withdraw_relative
from bihuan.areas.inspection.models import Briefing, Consultation, Member, Relative, Secondment
from bihuan.areas.inspection.policies import may_declare, may_sign
from bihuan.areas.inspection.words import PLEDGE, RELATIONS
from bihuan.documents.reads import menu_of
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.forms import NodeField
from bihuan.org.models import Unit
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page

PAPERS = ("inspection.recusal", "inspection.pledge")


class RelativeForm(forms.Form):
    relation = forms.ChoiceField(label="关系", choices=RELATIONS)
    leads = forms.BooleanField(label="担任领导职务", required=False)

    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        unit = NodeField(Unit, day, label="在哪个单位", help_text="不填姓名：核对用不着")
        self.fields = {"relation": self.fields["relation"], "unit": unit, "leads": self.fields["leads"]}


class DeclareForm(forms.Form):
    other_ties = forms.CharField(
        label="其他可能影响公正的情形", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="如：和领导班子成员曾是上下级、师生、同学。没有就不填",
    )  # fmt: skip


def _own(request: HttpRequest, pk: int) -> Member:
    rows = Member.objects.standing().filter(person_id=request.actor.person_id or 0)
    return get_object_or_404(rows.select_related("team", "round__rule_pack", "person"), pk=pk)


def _page() -> str:
    return reverse("inspection:mine")


@require_safe
@view(needs=SIGNED_IN)
def mine(request: HttpRequest) -> HttpResponse:
    """Own memberships, newest round first; nobody else's."""
    own = Member.objects.standing().filter(person_id=request.actor.person_id or 0)
    own = own.select_related("team", "round", "person").prefetch_related("cases__org")
    rows = list(own.order_by("-round__starts_on", "pk"))
    told = Relative.objects.standing().filter(person_id=request.actor.person_id or 0).select_related("unit")
    prepared = _prepared(request)
    if not rows and not told and not any(prepared.values()):
        raise Http404
    context = {
        "page_title": "我的巡察",
        "rows": [
            {
                "member": member,
                "declare": may_declare(member, request.actor),
                "sign": may_sign(member, request.actor),
                "papers": menu_of([(code, member.pk) for code in PAPERS], request.actor),
                "cases": [case for case in member.cases.all() if case.ended_at is None],
            }
            for member in rows
        ],
        "relatives": told,
        **prepared,
        "any": rows[0] if rows else None,
    }
    return render(request, "inspection/mine.html", context)


def _prepared(request: HttpRequest) -> dict:
    """What departments told and what was agreed about the tasks of one's team; one's own secondments."""
    by = request.actor
    told = Briefing.objects.for_team_of(by).select_related("unit", "task__org")
    agreed = Consultation.objects.for_team_of(by).select_related("task__org", "round")
    return {
        "briefings": list(told.order_by("task", "unit__depth", "unit__order", "pk")),
        "consultations": list(agreed.order_by("-held_on", "-pk")),
        "lent": list(
            Secondment.objects.filter(person_id=by.person_id or 0)
            .select_related("round", "home", "appraisal").order_by("-from_day", "-pk")
        ),
        "led": list(
            Secondment.objects.led_by(by).exclude(person_id=by.person_id or 0)
            .select_related("person", "round", "home", "appraisal").order_by("-from_day", "pk")
        ),
    }  # fmt: skip


@view(needs=SIGNED_IN)
def relative_new(request: HttpRequest, pk: int) -> HttpResponse:
    member = _own(request, pk)

    def do(cleaned: dict) -> None:
        tell_relative(member=member, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, RelativeForm(request.POST or None, day=local_day(request.at)), do, title="申报亲属任职", button="报上",
        back=_page(), done="报上了，已和要巡察的党组织核对", crumbs=[("我的巡察", _page())], secret=True,
        lead="配偶、父母、子女、兄弟姐妹和姻亲在本集团工作的都报。只有巡察办和领导小组看得到。",
    )  # fmt: skip


@view(needs=SIGNED_IN)
@require_POST
def relative_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Relative, pk=pk, person_id=request.actor.person_id or 0)
    try:
        withdraw_relative(relative=row, by=request.actor, at=request.at)
    except Refused as refused:
        messages.error(request, f"{refused.reason}。{refused.todo}")
    else:
        messages.success(request, "撤销了。")
    return HttpResponseRedirect(_page())


@view(needs=SIGNED_IN)
def declare_(request: HttpRequest, pk: int) -> HttpResponse:
    member = _own(request, pk)

    def do(cleaned: dict) -> None:
        declare(member=member, by=request.actor, at=request.at, **cleaned)

    told = Relative.objects.standing().filter(person_id=member.person_id).select_related("unit")
    said = "、".join(f"{one.get_relation_display()}在{one.unit.shown}" for one in told)
    lead = f"已报的亲属任职：{said}。" if said else "没有报亲属任职；有的先回上一页加上。"
    return act_page(
        request, DeclareForm(request.POST or None, initial={"other_ties": member.other_ties}), do,
        title=f"申报回避情况：{member.round}", button="申报，情况属实", back=_page(), done="申报记下了",
        crumbs=[("我的巡察", _page())], lead=lead, secret=True,
    )  # fmt: skip


@view(needs=SIGNED_IN)
def pledge_(request: HttpRequest, pk: int) -> HttpResponse:
    member = _own(request, pk)

    def do(cleaned: dict) -> None:
        pledge(member=member, by=request.actor, at=request.at)

    return act_page(
        request, forms.Form(request.POST or None), do, title=f"保密承诺：{member.round}", button="我承诺，签名",
        back=_page(), done="签了", crumbs=[("我的巡察", _page())], lead=PLEDGE,
    )  # fmt: skip
