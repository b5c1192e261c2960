"""The plan of rectification: prepared, signed for and sent, reviewed, joined, in force."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.areas.outcome.actions.amend_plan import amend_plan
from bihuan.areas.outcome.actions.ask_plan_review import ask_plan_review
from bihuan.areas.outcome.actions.merge_comments import merge_comments
from bihuan.areas.outcome.actions.prepare_plan import prepare_plan
from bihuan.areas.outcome.actions.review_plan import review_plan
from bihuan.areas.outcome.actions.start_plan import start_plan
from bihuan.areas.outcome.actions.submit_plan import submit_plan
from bihuan.areas.outcome.models import PlanComment
from bihuan.areas.outcome.policies.plan import MERGERS, may_review
from bihuan.areas.outcome.reads.lists import lines_of, measures_said
from bihuan.areas.outcome.words import NO_SECRETS, PLAN_RESULTS, PLAN_VERDICTS
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField, NodeField, PersonField
from bihuan.org.models import Unit
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page

from .following import context_of, hands, page_of, place_for, plan_for, review_for, trail

MOST_LEADERS = 12
BODIES = (("department", "职能部门"), ("publicity", "宣传部门"))
PLEDGE = "我对方案的真实性、完整性负责"


class _LeadersField(forms.CharField):
    """Staff numbers or names, one a line; cleans to people."""

    def __init__(self, day, **kwargs: Any) -> None:
        self.one = PersonField(day)
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), **kwargs)

    def clean(self, value: Any) -> list:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_LEADERS:
            raise forms.ValidationError(f"班子成员不超过 {MOST_LEADERS} 人，核对一下")
        return [self.one.clean(line) for line in lines]


class PlanForm(forms.Form):
    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head"] = PersonField(day, label="整改领导小组组长")
        self.fields["leaders"] = _LeadersField(
            day, label="班子成员", help_text="一行一人，填工号或姓名；各件问题的责任领导从这里出"
        )
        self.fields["met_on"] = DayField(label="党组织会议研究日期", initial=day)


class SubmitForm(forms.Form):
    pledge = forms.BooleanField(label=PLEDGE, required=False)

    def __init__(self, *args, again: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if again:
            self.fields["answer"] = forms.CharField(
                label="会审意见采纳情况", widget=forms.Textarea(attrs={"rows": 6}), required=False,
                help_text=f"逐条写怎样改的，不采纳的写理由。{NO_SECRETS}",
            )  # fmt: skip


class ReviewForm(forms.Form):
    verdict = forms.ChoiceField(label="结论", choices=PLAN_VERDICTS, widget=forms.RadioSelect)

    def __init__(self, *args, lines, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["c0"] = _comment("对整个方案")
        for line in lines:
            words = line.problem.aside[:60] if line.problem else "没有下达"
            self.fields[f"c{line.item.pk}"] = _comment(f"第 {line.place} 件：{words}")
            self.fields[f"c{line.item.pk}"].help_text = measures_said(line)

    def comments(self, cleaned: dict) -> dict[int, str]:
        return {int(name[1:]): text for name, text in cleaned.items() if name != "verdict"}


def _comment(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class MergeForm(forms.Form):
    result = forms.ChoiceField(label="会审结果", choices=PLAN_RESULTS, widget=forms.RadioSelect)

    def __init__(self, *args, comments, places, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for one in comments:
            where = f"第 {places[one.item_id]} 件" if one.item_id in places else "整个方案"
            self.fields[f"m{one.pk}"] = _comment(f"{one.review}，{where}")
            self.fields[f"m{one.pk}"].initial = one.merged

    def merged(self, cleaned: dict) -> dict[int, str]:
        return {int(name[1:]): text for name, text in cleaned.items() if name != "result"}


class AskForm(forms.Form):
    body = forms.ChoiceField(label="作为", choices=BODIES)

    def __init__(self, *args, day, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = NodeField(Unit, day, label="哪个部门", help_text="由该部门的联系人会审")


class StartForm(forms.Form):
    on = DayField(label="印发日期")
    document = forms.CharField(label="文号", max_length=80, help_text="如：热轧党发〔2026〕5 号")


@require_safe
@view(needs=SIGNED_IN)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    found, feedback = place_for(request, pk)
    return render(request, "outcome/rectification.html", context_of(request, found, feedback))


@view(needs=SIGNED_IN)
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    found, feedback = place_for(request, pk)

    def do(cleaned: dict) -> None:
        prepare_plan(feedback=feedback, **cleaned, **hands(found, request))

    form = PlanForm(request.POST or None, day=local_day(request.at))
    return act_page(
        request, form, do, title="编整改方案", button="开始编", back=page_of(feedback), crumbs=trail(feedback),
        done="方案立好了，接着在各件问题上报措施、期限和责任人",
        lead="三个清单从反馈的问题自动生成，不用另外填表：每件问题的措施、期限、责任人在问题页上报。",
    )  # fmt: skip


@view(needs=SIGNED_IN)
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    found, plan = plan_for(request, pk)
    leaders = "\n".join(plan.leaders.order_by("pk").values_list("staff_no", flat=True))
    first = {"head": plan.head.staff_no, "leaders": leaders, "met_on": plan.met_on}

    def do(cleaned: dict) -> None:
        amend_plan(plan=plan, **cleaned, **hands(found, request))

    form = PlanForm(request.POST or None, day=local_day(request.at), initial=first)
    return act_page(
        request, form, do, title="改班子成员", button="保存", back=page_of(plan.feedback), done="改好了",
        crumbs=trail(plan.feedback),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    found, plan = plan_for(request, pk)

    def do(cleaned: dict) -> None:
        submit_plan(plan=plan, **cleaned, **hands(found, request))

    return act_page(
        request, SubmitForm(request.POST or None, again=plan.edition > 0), do, title="报会审", button="签字背书，报会审",
        back=page_of(plan.feedback), done="报出去了，等各方会审", crumbs=trail(plan.feedback),
        checks=("问题和反馈意见逐件一致", "措施有能查验的结果", "期限在集中整改期内", "责任领导是班子成员，措施有责任人"),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    found, plan = plan_for(request, pk)

    def do(cleaned: dict) -> None:
        ask_plan_review(plan=plan, **cleaned, **hands(found, request))

    return act_page(
        request, AskForm(request.POST or None, day=local_day(request.at)), do, title="请部门会审", button="请会审",
        back=page_of(plan.feedback), done="请了，等部门会审", crumbs=trail(plan.feedback),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    found, row = review_for(request, pk)
    feedback = row.edition.plan.feedback
    if may_review(row, row.edition.plan, found.standing, found.departments).hidden:
        raise Http404
    form = ReviewForm(request.POST or None, lines=lines_of(feedback))

    def do(cleaned: dict) -> None:
        said = {"verdict": cleaned["verdict"], "comments": form.comments(cleaned)}
        review_plan(review=row, departments=found.departments, **said, **hands(found, request))

    return act_page(
        request, form, do, title=f"会审整改方案：{row}", button="交会审意见", back=page_of(feedback),
        done="交了", crumbs=trail(feedback), checks=("建议退回要写意见",),
        lead=f"各方同时会审，归并以前互相看不到意见。{NO_SECRETS}。",
    )  # fmt: skip


@view(needs=SIGNED_IN)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    found, plan = plan_for(request, pk)
    if not found.standing.hats & MERGERS or found.is_inspected:
        raise Http404
    rows = PlanComment.objects.filter(review__edition__plan=plan, review__edition__number=plan.edition)
    comments = list(rows.select_related("review__unit").order_by("item__order", "pk"))
    places = {line.item.pk: line.place for line in lines_of(plan.feedback)}
    form = MergeForm(request.POST or None, comments=comments, places=places)

    def do(cleaned: dict) -> None:
        said = {"result": cleaned["result"], "merged": form.merged(cleaned)}
        merge_comments(plan=plan, **said, **hands(found, request))

    return act_page(
        request, form, do, title="归并会审意见", button="归并并告知单位", back=page_of(plan.feedback),
        done="归并好了，单位看得到了", crumbs=trail(plan.feedback),
        lead="相同的意见合成一条，其余的清空；清空的不出现在归并清单里。", checks=("各方都已会审", "有建议退回的不能通过"),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def start(request: HttpRequest, pk: int) -> HttpResponse:
    found, plan = plan_for(request, pk)

    def do(cleaned: dict) -> None:
        start_plan(plan=plan, **cleaned, **hands(found, request))

    return act_page(
        request, StartForm(request.POST or None, initial={"on": local_day(request.at)}), do, title="印发实施",
        button="印发实施", back=page_of(plan.feedback), done="方案实施了", crumbs=trail(plan.feedback),
    )  # fmt: skip
