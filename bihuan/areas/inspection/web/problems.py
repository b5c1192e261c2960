"""Take the problems of an organisation into the round that found them."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse

from bihuan.areas.inspection.actions.adopt_problems import adopt_problems
from bihuan.areas.inspection.reads import adoptable
from bihuan.org.permissions import Permission as P
from bihuan.problems.models import Problem
from bihuan.ui.access import view
from bihuan.ui.act import act_page

from .finding import CRUMB, page_of, task_for

MOST = 2_000


class _ProblemsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, problem: Problem) -> str:
        return f"{problem.number}　{problem.aside[:60]}"


class AdoptForm(forms.Form):
    def __init__(self, *args, found, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["problems"] = _ProblemsField(
            label="本轮发现的问题",
            queryset=found,
            widget=forms.CheckboxSelectMultiple,
            help_text="勾上本轮发现的；同时期别的检查发现的不要勾",
        )


@view(needs=P.INSPECTION_PLAN)
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    task = task_for(request, pk)
    back = page_of(task.round)
    found = adoptable(task, request.actor).order_by("number")
    chosen = list(found.values_list("pk", flat=True)[:MOST])
    form = AdoptForm(
        request.POST or None, found=Problem.objects.filter(pk__in=chosen).order_by("number"),
    )  # fmt: skip

    def do(cleaned: dict) -> None:
        adopt_problems(task=task, problems=cleaned["problems"], by=request.actor, at=request.at)

    lead = f"{task.org}所属单位在进驻期间发现、还没有归入哪一轮的问题，共 {len(chosen)} 件。"
    return act_page(
        request, form, do, title=f"归入问题：{task}", button="归入本轮", back=back, done="归入了", lead=lead,
        crumbs=[CRUMB, (task.round.name, back)],
    )  # fmt: skip
