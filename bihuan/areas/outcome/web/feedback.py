"""The feedback: its text for who may read it, its clock, and writing it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bihuan.areas.inspection.models import Focus, Task
from bihuan.areas.onsite.models import Clue
from bihuan.areas.outcome import words
from bihuan.areas.outcome.actions.amend_feedback import amend_feedback
from bihuan.areas.outcome.actions.compose_feedback import compose_feedback
from bihuan.areas.outcome.actions.drop_item import drop_item
from bihuan.areas.outcome.actions.keep_item import keep_item
from bihuan.areas.outcome.actions.read_feedback import read_feedback
from bihuan.areas.outcome.models import Feedback
from bihuan.areas.outcome.policies import (
    may_amend_feedback,
    may_copy,
    may_hold_meeting,
    may_raise,
    may_receive,
    may_tell,
)
from bihuan.areas.outcome.reads.clock import clock_of, clue_rule
from bihuan.areas.outcome.reads.inside import units_of
from bihuan.documents.reads import menu_of
from bihuan.kernel.moment import local_day
from bihuan.kernel.rules import CERTAINTY_LABELS
from bihuan.problems.states import TIMING
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page

from .finding import Here, crumbs, feedback_for, hands, item_for, page_of, report_for
from .writing import SECRETS

_LONG = 20_000


class TextForm(forms.Form):
    opening = forms.CharField(
        label="开头和总体评价", widget=forms.Textarea(attrs={"rows": 8}), max_length=_LONG, required=False
    )
    demands = forms.CharField(
        label="整改要求", widget=forms.Textarea(attrs={"rows": 5}), max_length=_LONG, required=False
    )


class SuggestionForm(forms.Form):
    statement = forms.CharField(label="内容", widget=forms.Textarea(attrs={"rows": 4}), max_length=_LONG)


class ProblemForm(SuggestionForm):
    demand = forms.CharField(
        label="整改要求", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False
    )
    timing = forms.ChoiceField(label="整改类型", choices=TIMING, initial="time_limited")
    category = forms.ChoiceField(label="类别", choices=words.CATEGORIES, initial="other")
    severity = forms.ChoiceField(label="程度", choices=words.SEVERITIES)
    common = forms.CharField(label="共性问题", max_length=40, required=False)

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["statement"].help_text = "下达整改时一字不改。不写问题从哪里查到，不写谈话和来信的人"
        focus = Focus.objects.filter(framework=task.framework_id).order_by("order")
        units = units_of(task).in_tree_order()
        self.fields["focus"] = forms.ModelChoiceField(label="关注重点", queryset=focus, required=False)
        self.fields["unit"] = forms.ModelChoiceField(label="牵头单位", queryset=units)


@view(needs=SIGNED_IN)
def compose(request: HttpRequest, pk: int) -> HttpResponse:
    found, report = report_for(request, pk)

    def do(cleaned: dict[str, Any]) -> str:
        return page_of(compose_feedback(report=report, **hands(found, request)))

    lead = "问题从报告的各条来，建议从意见建议的各行来，都可以改；责任人不带过去。被巡察党组织看反馈意见，看不到报告。"
    form = forms.Form(request.POST if request.method == "POST" else None)
    return act_page(
        request, form, do, title="拟反馈意见", button="拟稿", back=page_of(report), done="拟好了，可以改",
        lead=lead, crumbs=crumbs(found, (str(report), page_of(report))),
    )  # fmt: skip


@require_safe
@view(needs=SIGNED_IN)
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = feedback_for(request, pk)
    standing = found.standing
    context = {
        "page_title": str(one),
        "crumbs": crumbs(found),
        "here": found,
        "task": found.task,
        "feedback": one,
        "said": read_feedback(feedback=one, **hands(found, request)),
        "clock": clock_rows(one),
        "today": local_day(request.at),
        "receive": may_receive(one, standing, request.actor),
        "papers": menu_of(
            [("outcome.feedback", pk)] + ([] if found.is_inspected else [("outcome.agenda", pk)]),
            request.actor,
        ),
        **({} if found.is_inspected else _office(found, one)),
    }
    return render(request, "outcome/feedback.html", context)


def clock_rows(one: Feedback) -> list[tuple[Any, str]]:
    """Each date with how sure its source is."""
    return [(day, CERTAINTY_LABELS.get(day.certainty, "")) for day in clock_of(one)]


def _office(found: Here, one: Feedback) -> dict[str, Any]:
    """What the other side never sees: the way it is given, to whom copies went, when clues are to be answered."""
    standing = found.standing
    rule = clue_rule(found.task.round.rule_pack)
    clues = Clue.objects.listed_for(standing).filter(due_on__isnull=False).defer("sealed").order_by("number")
    return {
        "amend": may_amend_feedback(one, standing),
        "tell": may_tell(one, standing),
        "meeting": may_hold_meeting(one, standing),
        "copy": may_copy(one, standing),
        "raise_": may_raise(one, standing) if one.raised_at is None else None,
        "copies": one.copies.order_by("sent_on", "pk"),
        "clue_rule": rule,
        "clue_sure": CERTAINTY_LABELS[rule.certainty] if rule else "",
        "clues": clues,
    }


@view(needs=SIGNED_IN)
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = feedback_for(request, pk)
    said = read_feedback(feedback=one, **hands(found, request))

    def do(cleaned: dict[str, Any]) -> None:
        amend_feedback(feedback=one, **cleaned, **hands(found, request))

    first = {"opening": said.opening, "demands": said.demands}
    return _page(request, found, one, TextForm(request.POST or None, initial=first), do, "开头和整改要求")


def _page(request: HttpRequest, found: Here, one: Feedback, form: forms.Form, do: Any, title: str):
    may = may_amend_feedback(one, found.standing)
    return act_page(
        request, form, do, title=title, button="存", back=page_of(one), done="存了", secret=True,
        lead=SECRETS if may else f"{may.reason}。", crumbs=crumbs(found, (str(one), page_of(one))),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def item_new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    found, one = feedback_for(request, pk)
    data = request.POST or None
    form = ProblemForm(data, task=found.task) if kind == "problem" else SuggestionForm(data)

    def do(cleaned: dict[str, Any]) -> None:
        keep_item(feedback=one, kind=kind, **cleaned, **hands(found, request))

    return _page(request, found, one, form, do, f"加一条{dict(words.ITEM_KINDS).get(kind, '')}")


@view(needs=SIGNED_IN)
def item(request: HttpRequest, pk: int) -> HttpResponse:
    found, one, row = item_for(request, pk)
    said = read_feedback(feedback=one, **hands(found, request))
    text = next(text for _, other, text in [*said.problems, *said.suggestions] if other.pk == row.pk)
    names = ("timing", "category", "severity", "common")
    first = {
        **text,
        **{name: getattr(row, name) for name in names},
        "focus": row.focus_id,
        "unit": row.unit_id,
    }
    data = request.POST or None
    form = ProblemForm(data, task=found.task, initial=first) if row.kind == "problem" else SuggestionForm(data, initial=first)  # fmt: skip

    def do(cleaned: dict[str, Any]) -> None:
        keep_item(feedback=one, item=row, kind=row.kind, **cleaned, **hands(found, request))

    return _page(request, found, one, form, do, f"改这一条{row.get_kind_display()}")


@view(needs=SIGNED_IN)
@require_POST
def item_drop(request: HttpRequest, pk: int) -> HttpResponse:
    found, one, row = item_for(request, pk)
    drop_item(feedback=one, item=row, **hands(found, request))
    messages.success(request, "去掉了。报告里的那一条不变。")
    return HttpResponseRedirect(page_of(one))
