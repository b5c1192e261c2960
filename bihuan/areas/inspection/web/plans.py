"""What is done with terms and year plans: each a form that says what will be checked."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from bihuan.areas.inspection.actions.approve_term import approve_term
from bihuan.areas.inspection.actions.approve_year import approve_year
from bihuan.areas.inspection.actions.change_scope import change_scope
from bihuan.areas.inspection.actions.open_term import open_term
from bihuan.areas.inspection.actions.plan_year import plan_year
from bihuan.areas.inspection.actions.return_year import return_year
from bihuan.areas.inspection.actions.review_year import review_year
from bihuan.areas.inspection.models import YearPlan
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField
from bihuan.org.models import PartyOrg
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import view
from bihuan.ui.act import act_page
from bihuan.ui.picks import Picks

from .finding import CRUMB, term_for, year_for


class OrgsField(forms.ModelMultipleChoiceField):
    """Party organisations, as a list; those marked in the organisation's own pages come first chosen."""

    def __init__(self, day, **kwargs) -> None:
        super().__init__(queryset=PartyOrg.objects.open_on(day).order_by("path"), widget=Picks, **kwargs)

    def label_from_instance(self, org: PartyOrg) -> str:
        return f"{'　' * (org.depth - 1)}{org.shown}"


class TermForm(forms.Form):
    title = forms.CharField(label="名称", max_length=80)
    first_year = forms.IntegerField(label="起始年", min_value=2000, max_value=2100)
    last_year = forms.IntegerField(label="终止年", min_value=2000, max_value=2100)

    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["orgs"] = OrgsField(
            day, label="列入范围的党组织", help_text="组织页上标了“列入巡察范围”的已选上"
        )


class ScopeForm(forms.Form):
    why = forms.CharField(label="移出的原因", max_length=200, required=False, help_text="有移出的必须写")

    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["orgs"] = OrgsField(day, label="列入范围的党组织")


class MeetingForm(forms.Form):
    on = DayField(label="会议日期")
    document = forms.CharField(
        label="会议和文号", max_length=120, help_text="如：党委常委会会议纪要〔2026〕9 号"
    )


class YearForm(forms.Form):
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    note = forms.CharField(
        label="说明", widget=forms.Textarea(attrs={"rows": 4}), required=False, help_text="不得录入国家秘密"
    )


class ReturnForm(forms.Form):
    text = forms.CharField(label="意见", widget=forms.Textarea(attrs={"rows": 4}), max_length=1000)


def _home() -> str:
    return reverse("inspection:home")


@view(needs=P.INSPECTION_PLAN)
def term_new(request: HttpRequest) -> HttpResponse:
    day = local_day(request.at)
    marked = PartyOrg.objects.open_on(day).filter(in_scope=True).values_list("pk", flat=True)
    first = {"first_year": day.year, "last_year": day.year + 4, "orgs": list(marked)}
    first["title"] = f"{day.year}—{day.year + 4}年巡察工作规划"

    def do(cleaned: dict) -> None:
        open_term(by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, TermForm(request.POST or None, day=day, initial=first), do, title="立五年规划", button="立规划",
        back=_home(), done="规划立好了，等领导小组成员记党委批准", crumbs=[CRUMB],
        checks=("一届一至五年", "和别的规划不重叠"),
    )  # fmt: skip


@view(needs=P.INSPECTION_PLAN)
def scope(request: HttpRequest, pk: int) -> HttpResponse:
    term, day = term_for(request, pk), local_day(request.at)
    standing = list(term.scope.filter(left_on=None).values_list("org_id", flat=True))
    form = ScopeForm(request.POST or None, day=day, initial={"orgs": standing})

    def do(cleaned: dict) -> None:
        change_scope(term=term, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, form, do, title="移入移出巡察范围", button="保存", back=_home(), done="范围改好了",
        crumbs=[CRUMB], lead=f"{term.title}，现列入 {len(standing)} 个党组织。",
    )  # fmt: skip


@view(needs=P.INSPECTION_DECIDE)
def term_approve(request: HttpRequest, pk: int) -> HttpResponse:
    term = term_for(request, pk)

    def do(cleaned: dict) -> None:
        approve_term(term=term, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, MeetingForm(request.POST or None, initial={"on": local_day(request.at)}), do,
        title=f"记党委批准{term}", button="记批准", back=_home(), done="批准记下了", crumbs=[CRUMB],
    )  # fmt: skip


@view(needs=P.INSPECTION_PLAN)
def year_new(request: HttpRequest, pk: int) -> HttpResponse:
    term = term_for(request, pk)
    planned = set(term.years.values_list("year", flat=True))
    left = [year for year in range(term.first_year, term.last_year + 1) if year not in planned]
    day = local_day(request.at)
    form = YearForm(
        request.POST or None, initial={"year": day.year if day.year in left else (left or [""])[0]}
    )

    def do(cleaned: dict) -> None:
        plan_year(term=term, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, form, do, title="编年度计划", button="开始编", back=_home(), done="年度计划立好了，接着立轮次",
        crumbs=[CRUMB], lead=f"{term.title}还没有编计划的年度：{'、'.join(map(str, left)) or '没有'}。",
    )  # fmt: skip


def _meeting(request: HttpRequest, plan: YearPlan, action, title: str, done: str) -> HttpResponse:
    def do(cleaned: dict) -> None:
        action(plan=plan, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, MeetingForm(request.POST or None, initial={"on": local_day(request.at)}), do,
        title=title, button="记下", back=_home(), done=done, crumbs=[CRUMB],
    )  # fmt: skip


@view(needs=P.INSPECTION_DECIDE)
def year_review(request: HttpRequest, year: int) -> HttpResponse:
    plan = year_for(request, year)
    return _meeting(request, plan, review_year, f"记领导小组审议{plan}", "审议记下了")


@view(needs=P.INSPECTION_DECIDE)
def year_approve(request: HttpRequest, year: int) -> HttpResponse:
    plan = year_for(request, year)
    return _meeting(request, plan, approve_year, f"记党委批准{plan}", "批准记下了")


@view(needs=P.INSPECTION_DECIDE)
def year_return(request: HttpRequest, year: int) -> HttpResponse:
    plan = year_for(request, year)

    def do(cleaned: dict) -> None:
        return_year(plan=plan, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, ReturnForm(request.POST or None), do, title=f"{plan}退回重编", button="退回", back=_home(),
        done="退回了", crumbs=[CRUMB],
    )  # fmt: skip
