"""Writing a report: its text, its findings, and taking findings from signed drafts with one tap."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.areas.inspection.models import Focus
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.models import Draft
from bihuan.areas.outcome import words
from bihuan.areas.outcome.actions.amend_report import amend_report
from bihuan.areas.outcome.actions.assemble import assemble
from bihuan.areas.outcome.actions.drop_finding import drop_finding
from bihuan.areas.outcome.actions.keep_finding import keep_finding
from bihuan.areas.outcome.actions.read_report import read_report
from bihuan.areas.outcome.models import Report
from bihuan.areas.outcome.policies import may_write
from bihuan.areas.outcome.reads.citing import uncited
from bihuan.org.policies import insist
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page

from .finding import Here, crumbs, finding_for, hands, page_of, report_for

SECRETS = f"{words.NO_SECRETS}。内容加密保存，每次打开都有记录。"
_LONG = 20_000


class TextForm(forms.Form):
    overall = forms.CharField(
        label="总体评价", widget=forms.Textarea(attrs={"rows": 8}), max_length=_LONG, required=False
    )
    suggestions = forms.CharField(
        label="意见建议", widget=forms.Textarea(attrs={"rows": 6}), max_length=_LONG, required=False,
        help_text="一条建议一行，拟反馈意见时一行列一条",
    )  # fmt: skip


class FindingForm(forms.Form):
    phenomenon = forms.CharField(label="现象", widget=forms.Textarea(attrs={"rows": 3}), max_length=_LONG)
    nature = forms.CharField(
        label="定性", widget=forms.Textarea(attrs={"rows": 2}), max_length=_LONG, required=False
    )
    responsibility = forms.CharField(
        label="责任", widget=forms.Textarea(attrs={"rows": 2}), max_length=_LONG, required=False
    )
    basis = forms.CharField(
        label="定性依据", widget=forms.Textarea(attrs={"rows": 2}), max_length=_LONG, required=False
    )
    category = forms.ChoiceField(label="类别", choices=words.CATEGORIES)
    severity = forms.ChoiceField(label="程度", choices=words.SEVERITIES)
    common = forms.CharField(
        label="共性问题",
        max_length=40,
        required=False,
        help_text="几家都有的写同一个词，如：外委准入。别的不填",
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        focus = Focus.objects.filter(framework=report.task.framework_id).order_by("order")
        signed = Draft.objects.filter(task=report.task_id, state="signed").defer("sealed").order_by("number")
        self.fields = {"focus": forms.ModelChoiceField(label="关注重点", queryset=focus), **self.fields}
        self.fields["drafts"] = forms.ModelMultipleChoiceField(
            label="引用的底稿", queryset=signed, widget=forms.CheckboxSelectMultiple, required=False,
            help_text="组长签过的现行版，至少一份",
        )  # fmt: skip


def _crumbs(found: Here, one: Report) -> list[tuple[str, str]]:
    return crumbs(found, (str(one), page_of(one)))


@view(needs=SIGNED_IN)
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = report_for(request, pk)
    insist(may_write(one, found.standing))
    said = read_report(report=one, **hands(found, request))

    def do(cleaned: dict[str, Any]) -> None:
        amend_report(report=one, **cleaned, **hands(found, request))

    first = {"overall": said.overall, "suggestions": said.suggestions}
    return act_page(
        request, TextForm(request.POST or None, initial=first), do, title="总体评价和意见建议", button="存",
        back=page_of(one), done="存了", lead=SECRETS, secret=True, crumbs=_crumbs(found, one),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def assembly(request: HttpRequest, pk: int) -> HttpResponse:
    """Signed drafts that the report does not cite yet, by focus; all of them are taken unless some are unticked."""
    found, one = report_for(request, pk)
    insist(may_write(one, found.standing))
    rows = uncited(one)
    if request.method == "POST":
        chosen = set(request.POST.getlist("drafts"))
        made = assemble(
            report=one, drafts=[row for row in rows if str(row.pk) in chosen], **hands(found, request)
        )
        messages.success(request, f"列入了 {len(made)} 条。")
        return HttpResponseRedirect(page_of(one))
    said = read_closed(things=rows, **hands(found, request))
    context = {
        "page_title": "从底稿列入", "crumbs": _crumbs(found, one), "report": one, "task": found.task,
        "rows": [{"draft": row, "said": text} for row, text in zip(rows, said, strict=True)],
    }  # fmt: skip
    return render(request, "outcome/assembly.html", context)


def _finding_page(request: HttpRequest, found: Here, one: Report, first: dict, title: str, finding: Any):
    def do(cleaned: dict[str, Any]) -> None:
        said = {key: cleaned.pop(key) for key, _ in words.FINDING_FIELDS}
        drafts = list(cleaned.pop("drafts"))
        keep_finding(
            report=one, finding=finding, said=said, drafts=drafts, **cleaned, **hands(found, request)
        )

    return act_page(
        request, FindingForm(request.POST or None, report=one, initial=first), do, title=title, button="存",
        back=page_of(one), done="存了", lead=SECRETS, secret=True, crumbs=_crumbs(found, one),
        checks=("引用至少一份组长签过的现行版底稿", "重点在本任务的关注重点里"),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def finding_new(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = report_for(request, pk)
    insist(may_write(one, found.standing))
    return _finding_page(request, found, one, {}, "加一条问题", None)


@view(needs=SIGNED_IN)
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    found, one, row = finding_for(request, pk)
    insist(may_write(one, found.standing))
    said = read_report(report=one, **hands(found, request))
    text = next(text for other, text in said.findings if other.pk == row.pk)
    first = {
        **text, "focus": row.focus_id, "category": row.category, "severity": row.severity,
        "common": row.common, "drafts": list(row.citations.values_list("draft", flat=True)),
    }  # fmt: skip
    return _finding_page(request, found, one, first, "改这一条", row)


@view(needs=SIGNED_IN)
@require_POST
def finding_drop(request: HttpRequest, pk: int) -> HttpResponse:
    found, one, row = finding_for(request, pk)
    drop_finding(report=one, finding=row, **hands(found, request))
    messages.success(request, "去掉了。它引用的底稿可以再列入。")
    return HttpResponseRedirect(reverse("outcome:report", args=[one.pk]))
