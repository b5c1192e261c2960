"""公开目录: what must be public, and what is late."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.kernel.moment import local_day
from bihuan.kernel.rules import CERTAINTY_LABELS
from bihuan.org.forms import DayField
from bihuan.publication import states, words
from bihuan.publication.actions.end_entry import end_entry
from bihuan.publication.actions.keep_entry import keep_entry
from bihuan.publication.models import Entry
from bihuan.publication.reads import duties, units_of_part
from bihuan.ui.access import view
from bihuan.ui.act import act_page

from .finding import CATALOGUE, CRUMB, PART, entry_for


class EntryForm(forms.Form):
    title = forms.CharField(label="公开什么", max_length=80)
    kind = forms.ChoiceField(label="类别", choices=words.KINDS)
    scope = forms.ChoiceField(label="范围", choices=words.SCOPES)
    whose = forms.ChoiceField(label="谁公开", choices=words.WHOSE)
    every = forms.TypedChoiceField(label="多久公开一次", choices=words.EVERY, coerce=int)
    chain = forms.MultipleChoiceField(
        label="公开前谁看", choices=states.LOOK_LABELS, widget=forms.CheckboxSelectMultiple,
        help_text="至少选一个；起草的人不能自己看，一个人不能看两关",
    )  # fmt: skip
    term_days = forms.IntegerField(label="公开几天", min_value=1, max_value=3650)
    since = DayField(label="从哪天起算", help_text="定期公开的，从这一天起一期一期地算")
    basis = forms.CharField(label="依据", max_length=200, help_text="文件和条款；本企业自己定的也写明")
    certainty = forms.ChoiceField(label="依据的把握", choices=tuple(CERTAINTY_LABELS.items()))

    def clean_chain(self) -> str:
        return "".join(letter for letter, _ in states.LOOK_LABELS if letter in self.cleaned_data["chain"])


@require_safe
@view(needs=PART)
def catalogue(request: HttpRequest) -> HttpResponse:
    entries = list(Entry.objects.visible_to(request.actor).standing().order_by("pk"))
    groups = [(label, [one for one in entries if one.kind == kind]) for kind, label in words.KINDS]
    context = {
        "page_title": "公开目录",
        "groups": [(label, rows) for label, rows in groups if rows],
        "late": _late(request),
        "may_keep": request.actor.may(states.MAY_REVIEW),
        "may_draft": request.actor.may(states.MAY_DRAFT),
        "crumbs": [CRUMB],
    }
    return render(request, "publication/catalogue.html", context)


def _late(request: HttpRequest) -> int:
    today = local_day(request.at)
    return sum(duty.due_on(today) < today for duty in duties(units_of_part(request.actor)))


@require_safe
@view(needs=PART)
def due(request: HttpRequest) -> HttpResponse:
    """该公开的: every recurring entry of every unit one has a part in, the late ones first."""
    today = local_day(request.at)
    rows = [(duty, duty.due_on(today)) for duty in duties(units_of_part(request.actor))]
    rows.sort(key=lambda row: (row[1], row[0].unit.order, row[0].entry.pk))
    context = {
        "page_title": "该公开的",
        "late": [row for row in rows if row[1] < today],
        "total": len(rows),
        "rest": [row for row in rows if row[1] >= today],
        "may_draft": request.actor.may(states.MAY_DRAFT),
        "crumbs": [CRUMB, CATALOGUE],
    }
    return render(request, "publication/due.html", context)


def _keep(request: HttpRequest, entry: Entry | None, first: dict, title: str, done: str) -> HttpResponse:
    def do(cleaned: dict) -> None:
        keep_entry(entry=entry, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, EntryForm(request.POST or None, initial=first), do, title=title, button="保存", back=CATALOGUE[1],
        done=done, crumbs=[CRUMB, CATALOGUE], lead="已经起草的，还按起草那天的范围和关口走。" if entry else "",
    )  # fmt: skip


@view(needs=states.MAY_REVIEW)
def entry_new(request: HttpRequest) -> HttpResponse:
    first = {"since": local_day(request.at), "term_days": 15, "chain": ["h"], "certainty": "M"}
    return _keep(request, None, first, "列入公开目录", "列入了")


@view(needs=states.MAY_REVIEW)
def entry_edit(request: HttpRequest, pk: int) -> HttpResponse:
    entry = entry_for(request, pk)
    first = {name: getattr(entry, name) for name in EntryForm.base_fields} | {"chain": list(entry.chain)}
    return _keep(request, entry, first, f"改公开事项：{entry}", "改好了")


@view(needs=states.MAY_REVIEW)
def entry_end(request: HttpRequest, pk: int) -> HttpResponse:
    entry = entry_for(request, pk)

    def do(cleaned: dict) -> None:
        end_entry(entry=entry, by=request.actor, at=request.at)

    return act_page(
        request, forms.Form(request.POST if request.method == "POST" else None), do, title=f"停用：{entry}", button="停用", back=CATALOGUE[1],
        done="停用了", crumbs=[CRUMB, CATALOGUE], lead="停用以后不能再起草；已经公开的到期照常撤下。",
    )  # fmt: skip
