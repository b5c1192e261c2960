"""意见和异议 inside the group: giving one with or without a name, and answering."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.kernel.actor import NOBODY
from bihuan.kernel.refused import Refused
from bihuan.publication import states, words
from bihuan.publication.actions.answer_opinion import answer_opinion
from bihuan.publication.actions.give_opinion import LONGEST, Given, give_opinion
from bihuan.publication.models import Opinion
from bihuan.publication.policies import may_answer
from bihuan.ui.access import SIGNED_IN, confidential, view
from bihuan.ui.act import act_page
from bihuan.ui.lists import Choice, Column, Filter, ListPage, Order, View
from bihuan.ui.parts import clock_until
from bihuan.ui.refusals import into_form

from .board import unit_choices
from .finding import CRUMB, publication_for

ANSWERS = (states.MAY_DRAFT, states.MAY_CHECK, states.MAY_REVIEW)


class SpeakForm(forms.Form):
    kind = forms.ChoiceField(
        label="是什么", choices=words.OPINION_KINDS, widget=forms.RadioSelect, initial="opinion",
        help_text="内容不实、不该公开、程序不对的，提异议；成立的会撤下",
    )  # fmt: skip
    text = forms.CharField(
        label="内容", widget=forms.Textarea(attrs={"rows": 6}), max_length=LONGEST,
        help_text=f"最多 {LONGEST} 字；不得录入国家秘密",
    )  # fmt: skip


class InsideForm(SpeakForm):
    named = forms.ChoiceField(
        label="署名", widget=forms.RadioSelect, initial="no",
        choices=(("no", "不署名：不留你是谁，只留收到的日期"), ("yes", "署名：答复的人看得到你是谁")),
    )  # fmt: skip


class AnswerForm(forms.Form):
    ruling = forms.ChoiceField(
        label="认定", choices=words.RULINGS, widget=forms.RadioSelect,
        help_text="成立的，公开的内容当时撤下，答复就是撤下的原因",
    )  # fmt: skip
    answer = forms.CharField(label="答复", widget=forms.Textarea(attrs={"rows": 5}), max_length=2000)
    shown = forms.BooleanField(label="公开答复：和公开的内容放在一起", required=False)
    gist = forms.CharField(
        label="公开时的摘要",
        max_length=200,
        required=False,
        help_text="问的是什么，一句话，不照登原话，不写人名",
    )

    def __init__(self, *args, kind: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if kind != "objection":
            del self.fields["ruling"]


@view(needs=SIGNED_IN)
def speak(request: HttpRequest, pk: int) -> HttpResponse:
    """The form carries no key that would count it once: that key is kept with the account (`record.middleware`)."""
    found = publication_for(request, pk)
    form = InsideForm(request.POST or None)
    confidential(request)
    if request.method == "POST" and form.is_valid():
        named = form.cleaned_data.pop("named") == "yes"
        try:
            given = give_opinion(
                publication=found, by=request.actor, at=request.at, named=named, **form.cleaned_data
            )
        except Refused as refused:
            into_form(form, refused)
        else:
            return _taken(request, given)
    told = {"form": form, "publication": found, "page_title": "提意见", "crumbs": [CRUMB]}
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "publication/speak.html", told, status=status)


def _taken(request: HttpRequest, given: Given) -> HttpResponse:
    told = {"given": given, "code": spaced(given.code), "page_title": "意见收到了", "crumbs": [CRUMB]}
    answer = render(request, "publication/taken.html", told)
    if given.opinion.sender_id is None:
        request.actor = NOBODY  # the line of the log about this answer names nobody either
    return answer


def spaced(code: str) -> str:
    """In fours, as it is read out and copied."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


class OpinionPage(ListPage):
    """收到的意见。"""

    model = Opinion
    title = "意见和异议"
    noun = "条"
    template = "publication/opinions.html"
    filters = (
        Filter("kind", "类别", choices=words.OPINION_KINDS, method="of_kinds", phrase="{}"),
        Filter("answered", "答复", choices=[Choice("no", "待答复"), Choice("yes", "已答复")]),
        Filter("unit", "单位", choices=unit_choices, method="in_units", phrase="{}"),
    )
    columns = (
        Column(
            "clock", "期限", value="due_on", width=110, phone="top",
            cell=lambda row, page: clock_until(row.due_on, page.today, closed=row.answered_on is not None),
        ),
        Column("kind", "类别", value="get_kind_display", width=90, phone="end"),
        Column("text", "内容", value=lambda row: row.text[:60], link=True, fixed=True, phone="title"),
        Column("about", "公开的内容", value="publication.title", phone="note"),
        Column("unit", "单位", value="publication.unit.shown", width=120),
        Column("door", "来自", value="get_door_display", width=70, soft=True),
        Column("given_on", "收到", width=100, soft=True),
    )  # fmt: skip
    orders = (Order("due", "先到期的在前", "due_on"),)
    views = (View("waiting", "待答复", "answered=no"), View("all", "全部"))
    empty_title = "没有收到意见。"
    empty_text = "公开的内容下面有提意见的入口，社会公开的不登录也能提。"

    def queryset(self) -> QuerySet:
        return Opinion.objects.of_part(self.actor).select_related("publication__unit")

    def row_url(self, row: Opinion) -> str:
        return reverse("publication:opinion", args=[row.pk])


@require_safe
@view(needs=ANSWERS)
def opinions(request: HttpRequest) -> HttpResponse:
    return OpinionPage.of(request).response(request, crumbs=[CRUMB])


@view(needs=ANSWERS)
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """One opinion with its answer, or the form for it."""
    seen = Opinion.objects.of_part(request.actor).select_related(
        "publication__unit", "publication__entry", "sender__unit", "answered_by"
    )
    found = seen.filter(pk=pk).first()
    if found is None:
        raise Http404
    may = may_answer(found, request.actor)

    def do(cleaned: dict) -> None:
        answer_opinion(opinion=found, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, AnswerForm(request.POST or None, kind=found.kind), do,
        title=f"{found.get_kind_display()}：{found.publication.title}", button="答复",
        back=reverse("publication:opinions"), done="答复好了", template="publication/opinion.html",
        crumbs=[CRUMB, ("意见和异议", reverse("publication:opinions"))], opinion=found, may=may,
    )  # fmt: skip
