"""A round summed up: figures, common problems, its report and the summary of the special action."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.inspection.models import Round
from bihuan.areas.outcome.actions.confirm_common import confirm_common
from bihuan.areas.outcome.actions.hear_round_paper import hear_round_paper
from bihuan.areas.outcome.actions.write_round_paper import write_round_paper
from bihuan.areas.outcome.models import RoundPaper
from bihuan.areas.outcome.policies.round_papers import may_amend_paper, may_hear, may_sum_up
from bihuan.areas.outcome.reads.round_sums import least_of, shared_in, sums_of
from bihuan.areas.outcome.words import NO_SECRETS, ROUND_PAPERS
from bihuan.documents.reads import menu_of
from bihuan.kernel.moment import local_day
from bihuan.org.forms import DayField
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import view
from bihuan.ui.act import act_page

_PAPERS = {"round": "outcome.round_report", "special": "outcome.special_sum"}


class CommonForm(forms.Form):
    tag = forms.ChoiceField(label="哪一类")
    title = forms.CharField(label="名称", max_length=60)
    text = forms.CharField(label="通报内容", widget=forms.Textarea(attrs={"rows": 6}), help_text=NO_SECRETS)

    def __init__(self, *args, shared, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tag"].choices = [(one.tag, f"{one.label}（{len(one.orgs)} 个党组织）") for one in shared]


class PaperForm(forms.Form):
    text = forms.CharField(
        label="正文",
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=f"件数由系统统计，不用写。{NO_SECRETS}",
    )


class HearForm(forms.Form):
    on = DayField(label="听取日期")
    document = forms.CharField(label="会议和文号", max_length=120)


def _round(request: HttpRequest, code: str) -> Round:
    seen = Round.objects.visible_to(request.actor).select_related("rule_pack")
    return get_object_or_404(seen, code=code)


def _page(round: Round) -> str:
    return reverse("outcome:round-sum", args=[round.code])


def _trail(round: Round) -> list[tuple[str, str]]:
    return [("巡后", "/outcome/"), (f"{round}总结", _page(round))]


@require_safe
@view(needs=(P.INSPECTION_PLAN, P.INSPECTION_DECIDE))
def page(request: HttpRequest, code: str) -> HttpResponse:
    found, by = _round(request, code), request.actor
    confirmed = {one.tag: one for one in found.common_problems.select_related("confirmed_by").order_by("pk")}
    shared = shared_in(found)
    papers = {one.kind: one for one in found.papers.select_related("written_by", "heard_by")}
    for one in papers.values():
        one.round = found
    context = {
        "page_title": f"{found.name}总结", "round": found, "sums": sums_of(found), "least": least_of(found),
        "shared": [(one, confirmed.get(one.tag)) for one in shared],
        "unconfirmed": any(one.tag not in confirmed for one in shared),
        "may": may_sum_up(found, by),
        "offered": menu_of(_papers(found, papers, confirmed), by),
        "papers": [
            (code, label, papers.get(code), may_amend_paper(papers[code], by) if code in papers else may_sum_up(found, by),
             may_hear(papers[code], by) if code in papers else None)
            for code, label in ROUND_PAPERS
        ],
    }  # fmt: skip
    return render(request, "outcome/round_sum.html", context)


def _papers(found: Round, written: dict[str, RoundPaper], confirmed: dict) -> list[tuple[str, int | str]]:
    offered: list[tuple[str, int | str]] = [(_PAPERS[kind], one.pk) for kind, one in written.items()]
    return [*offered, ("outcome.common", found.code)] if confirmed else offered


@view(needs=P.INSPECTION_PLAN)
def common(request: HttpRequest, code: str) -> HttpResponse:
    found = _round(request, code)
    known = set(found.common_problems.values_list("tag", flat=True))
    shared = [one for one in shared_in(found) if one.tag not in known]

    def do(cleaned: dict) -> None:
        confirm_common(round=found, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, CommonForm(request.POST or None, shared=shared), do, title="认定共性问题", button="认定",
        back=_page(found), done="认定了", crumbs=_trail(found), checks=(f"至少 {least_of(found)} 个党组织有这类问题",),
    )  # fmt: skip


@view(needs=P.INSPECTION_PLAN)
def paper(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    found = _round(request, code)
    if kind not in dict(ROUND_PAPERS):
        raise Http404
    old = RoundPaper.objects.filter(round=found, kind=kind).first()

    def do(cleaned: dict) -> None:
        write_round_paper(round=found, kind=kind, by=request.actor, at=request.at, **cleaned)

    form = PaperForm(request.POST or None, initial={"text": old.text} if old else None)
    return act_page(
        request, form, do, title=dict(ROUND_PAPERS)[kind], button="保存", back=_page(found), done="保存了",
        crumbs=_trail(found), lead="保存时记下当时的统计；党委听取以后不能再改。",
    )  # fmt: skip


@view(needs=P.INSPECTION_DECIDE)
def hear(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    found = _round(request, code)
    row = get_object_or_404(RoundPaper, round=found, kind=kind)
    row.round = found

    def do(cleaned: dict) -> None:
        hear_round_paper(paper=row, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, HearForm(request.POST or None, initial={"on": local_day(request.at)}), do, title=f"记听取：{row}",
        button="记听取并通过", back=_page(found), done="记下了", crumbs=_trail(found), checks=("不是起草的人自己记",),
    )  # fmt: skip
