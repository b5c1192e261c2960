"""巡察回头看: what was drawn, what was found of it, and the sum."""

from __future__ import annotations

from collections import Counter

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.reads import standing_of, tasks_of
from bihuan.areas.outcome import states
from bihuan.areas.outcome.actions.draw_samples import draw_samples
from bihuan.areas.outcome.actions.look_at_sample import look_at_sample
from bihuan.areas.outcome.models import LookAgain, Sample
from bihuan.areas.outcome.policies.looking_again import SEES, may_draw_samples, may_look
from bihuan.areas.outcome.reads.looking_again import earlier_of
from bihuan.areas.outcome.reads.standing import departments_of
from bihuan.areas.outcome.words import NO_SECRETS, SAMPLE_VERDICTS
from bihuan.kernel.moment import local_day
from bihuan.ui.access import SIGNED_IN, confidential, view
from bihuan.ui.act import act_page

from .following import Here, hands


class _TaskField(forms.ModelChoiceField):
    def label_from_instance(self, task: Task) -> str:
        return f"{task.round}，{task.get_mode_display()}"


class DrawForm(forms.Form):
    earlier = _TaskField(label="回看哪一次", queryset=Task.objects.none(), empty_label="——")

    def __init__(self, *args, tasks, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["earlier"].queryset = tasks.select_related("round")


class LookForm(forms.Form):
    verdict = forms.ChoiceField(label="结论", choices=SAMPLE_VERDICTS, widget=forms.RadioSelect)
    text = forms.CharField(label="看到的情况", widget=forms.Textarea(attrs={"rows": 5}), help_text=NO_SECRETS)


def _here(request: HttpRequest, pk: int) -> Here:
    seen = (
        tasks_of(request.actor)
        .select_related("round__rule_pack", "round__plan", "org")
        .filter(mode=states.LOOKBACK)
    )
    task = get_object_or_404(seen, pk=pk)
    standing = standing_of(task, request.actor, local_day(request.at))
    if not standing.hats & SEES:
        raise Http404
    confidential(request)
    return Here(task, standing, frozenset(departments_of(request.actor)))


def _page(task: Task) -> str:
    return reverse("outcome:look-again", args=[task.pk])


def _trail(task: Task) -> list[tuple[str, str]]:
    return [("巡后", "/outcome/"), (f"{task.org.shown}回头看", _page(task))]


@require_safe
@view(needs=SIGNED_IN)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    found = _here(request, pk)
    look = LookAgain.objects.select_related("earlier__round", "rule_pack").filter(task=found.task).first()
    rows = (
        look.samples.select_related("problem__unit", "looked_by", "recheck").order_by("order") if look else ()
    )
    samples = [(one, may_look(one, found.task, found.standing)) for one in rows]
    counts = Counter(one.verdict for one, _ in samples)
    context = {
        "page_title": f"{found.task.org.shown}回头看", "task": found.task, "look": look, "samples": samples,
        "counts": [(label, counts[code]) for code, label in SAMPLE_VERDICTS], "waiting": counts[""],
        "pool": len(look.pool.splitlines()) if look else 0,
        "may_draw": may_draw_samples(found.task, found.standing),
    }  # fmt: skip
    return render(request, "outcome/look_again.html", context)


@view(needs=SIGNED_IN)
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _here(request, pk)
    form = DrawForm(request.POST or None, tasks=earlier_of(found.task))

    def do(cleaned: dict) -> None:
        draw_samples(task=found.task, **cleaned, **hands(found, request))

    return act_page(
        request, form, do, title="抽回看的问题", button="抽取", back=_page(found.task), done="抽好了",
        crumbs=_trail(found.task), lead="从那一次已核验销号的问题里按规则包的比例抽，种子和名单留着，谁都可以重抽核对。",
    )  # fmt: skip


@view(needs=SIGNED_IN)
def look(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Sample.objects.select_related("look__task__round", "problem__unit"), pk=pk)
    found = _here(request, row.look.task_id)

    def do(cleaned: dict) -> None:
        look_at_sample(sample=row, **cleaned, **hands(found, request))

    return act_page(
        request, LookForm(request.POST or None), do, title=f"回头看：{row.problem.number}", button="记结论",
        back=_page(found.task), done="记下了", crumbs=_trail(found.task), lead=row.problem.aside,
        checks=("没有参加过这件问题的整改和核验", "真改的确认，其余的重新整改"),
    )  # fmt: skip
