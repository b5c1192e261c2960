"""The sheet of a working draft: one fact, its evidence in rows, its responsible parties in rows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from bihuan.areas.inspection.models import Focus
from bihuan.areas.onsite import words
from bihuan.areas.onsite.access import Data
from bihuan.areas.onsite.actions.amend_draft import amend_draft
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.actions.write_draft import write_draft
from bihuan.areas.onsite.models import Draft
from bihuan.areas.onsite.policies import may_amend_draft, may_write_draft
from bihuan.kernel.refused import Refused
from bihuan.org.policies import insist
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.refusals import into_form

from .finding import Here, crumbs, frame, hands, here, thing_for

_AREA = {"fact": 4, "process": 3, "basis": 3, "nature": 2}
_MORE_EVIDENCE, _MORE_PARTIES = 3, 2


class DraftForm(forms.Form):
    title = forms.CharField(label="问题", max_length=300, help_text="一份底稿写一件事，一句话写清")

    def __init__(self, *args: Any, framework_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        focus = forms.ModelChoiceField(
            label="关注重点", queryset=Focus.objects.filter(framework_id=framework_id).order_by("order")
        )
        self.fields = {"focus": focus, **self.fields}
        for key, label, _ in words.DRAFT_FIELDS:
            if key in _AREA:
                box = forms.Textarea(attrs={"rows": _AREA[key]})
                self.fields[key] = forms.CharField(label=label, widget=box, required=False, max_length=20_000)


class _Row(forms.Form):
    """A row of a table: the head says for the eye what each field is, the field for who listens."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label


class EvidenceForm(_Row):
    name = forms.CharField(label="证据", max_length=200, required=False)
    number = forms.CharField(label="编号", max_length=40, required=False)
    kind = forms.ChoiceField(label="类型", choices=words.EVIDENCE, required=False)


class PartyForm(_Row):
    who = forms.CharField(label="单位或人", max_length=120, required=False)
    kind = forms.ChoiceField(label="责任", choices=words.RESPONSIBILITIES, required=False)


class _Sheet:
    """The form and its two tables, as one."""

    def __init__(
        self, request: HttpRequest, found: Here, said: dict[str, Any], focus_id: int | None = None
    ) -> None:
        data = request.POST or None
        first = {**said, "focus": focus_id}
        self.form = DraftForm(data, framework_id=found.task.framework_id, initial=first)
        self.evidence = formset_factory(EvidenceForm, extra=_MORE_EVIDENCE)(
            data, prefix="evidence", initial=said.get("evidence", [])
        )
        self.parties = formset_factory(PartyForm, extra=_MORE_PARTIES)(
            data, prefix="parties", initial=said.get("parties", [])
        )

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.evidence.is_valid(), self.parties.is_valid()])

    def said(self) -> dict[str, Any]:
        cleaned = {key: value for key, value in self.form.cleaned_data.items() if key != "focus"}
        evidence = [one for one in self.evidence.cleaned_data if one.get("name", "").strip()]
        parties = [one for one in self.parties.cleaned_data if one.get("who", "").strip()]
        return {**cleaned, "evidence": evidence, "parties": parties}


def _answer(request: HttpRequest, found: Here, sheet: _Sheet, do: Any, title: str, back: str) -> HttpResponse:
    if request.method == "POST" and sheet.is_valid():
        try:
            made = do(focus=sheet.form.cleaned_data["focus"], said=sheet.said(), **hands(found, request))
        except Refused as refused:
            into_form(sheet.form, refused)
        else:
            return HttpResponseRedirect(reverse("onsite:draft", args=[made.pk]))
    context = frame(found, "onsite:drafts", page_title=title, sheet=sheet, back=back)
    context["crumbs"] = crumbs(found, ("底稿", reverse("onsite:drafts", args=[found.task.pk])))
    bad = request.method == "POST"
    return render(request, "onsite/draft_sheet.html", context, status=400 if bad else 200)


@view(needs=SIGNED_IN)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    found = here(request, pk, Data.DRAFT)
    insist(may_write_draft(found.task, found.standing))

    def do(**given: Any) -> Draft:
        return write_draft(task=found.task, **given)

    back = reverse("onsite:drafts", args=[pk])
    return _answer(request, found, _Sheet(request, found, {}), do, "编写底稿", back)


@view(needs=SIGNED_IN)
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = thing_for(request, Draft, pk)
    insist(may_amend_draft(one, found.standing))
    (said,) = read_closed(things=[one], **hands(found, request))

    def do(**given: Any) -> Draft:
        given["said"] = {**{key: said[key] for key in ("returns",) if key in said}, **given["said"]}
        return amend_draft(draft=one, **given)

    back = reverse("onsite:draft", args=[pk])
    return _answer(request, found, _Sheet(request, found, said, one.focus_id), do, f"改{one}", back)
