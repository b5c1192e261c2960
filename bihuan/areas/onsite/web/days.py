"""工作日志: a week of the team — what it did in figures, counted from the work itself, and what it wrote."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import words
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.actions.write_day import write_day
from bihuan.areas.onsite.models import DayLog
from bihuan.areas.onsite.policies.daily import may_write_day
from bihuan.areas.onsite.reads.figures import by_day, total
from bihuan.kernel.moment import local_day
from bihuan.ui.access import SIGNED_IN, confidential, view
from bihuan.ui.act import act_page

from .finding import frame
from .site import crumbs_of, list_of, site_for

WEEK = timedelta(days=7)


class DayForm(forms.Form):
    text = forms.CharField(
        label="做了什么", widget=forms.Textarea(attrs={"rows": 8}), max_length=8000,
        help_text=f"几句话写清。封存保管，只有巡察组看得到。{words.NO_SECRETS}。",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)


def _monday(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        day = today
    return day - timedelta(days=day.weekday())


@require_safe
@view(needs=SIGNED_IN)
def days(request: HttpRequest, pk: int) -> HttpResponse:
    """One week; the logs are opened for whoever may read them, which is written down."""
    confidential(request)
    found = site_for(request, pk)
    task, standing = found.task, found.standing
    today = local_day(request.at)
    first = _monday(request.GET.get("week", ""), min(today, task.left_on or today))
    counted = by_day(task, first, first + WEEK - timedelta(days=1))
    logs, texts = _logs(request, task, standing, first)
    context = {
        **frame(found, "onsite:days"),
        "page_title": "工作日志",
        "rows": [(day, one, logs.get(day), texts.get(day), _open(task, day, today)) for day, one in counted.items()],
        "week": total(counted),
        "first": first,
        "before": first - WEEK if task.entered_on and task.entered_on < first else None,
        "after": first + WEEK if first + WEEK <= min(today, task.left_on or today) else None,
        "may": may_write_day(task, standing),
    }  # fmt: skip
    return render(request, "onsite/days.html", context)


def _logs(request: HttpRequest, task: Task, standing: Standing, first: date) -> tuple[dict, dict]:
    """(log by day, its words by day); the office sees that there is one."""
    rows = DayLog.objects.listed_for(standing).filter(day__range=(first, first + WEEK - timedelta(days=1)))
    logs = {log.day: log for log in rows.select_related("written_by")}
    own = list(
        DayLog.objects.readable_by(standing).filter(pk__in=[log.pk for log in logs.values()]).order_by("day")
    )
    said = read_closed(things=own, standing=standing, by=request.actor, at=request.at)
    return logs, {log.day: words_["text"] for log, words_ in zip(own, said, strict=True)}


def _open(task: Task, day: date, today: date) -> bool:
    return bool(task.entered_on and task.entered_on <= day <= min(today, task.left_on or today))


@view(needs=SIGNED_IN)
def day(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    confidential(request)
    found = site_for(request, pk)
    task, standing = found.task, found.standing
    try:
        when = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    form = DayForm(request.POST or None, initial=_before(request, task, when, standing))

    def do(cleaned: dict) -> None:
        write_day(task=task, day=when, standing=standing, by=request.actor, at=request.at, **cleaned)

    back = f"{list_of('days', task)}?week={when.isoformat()}"
    return act_page(
        request, form, do, title=words.day_of(when), button="存下", back=back, done="存下了", secret=True,
        crumbs=crumbs_of(task, ("工作日志", back)), lead="谈话、信访、调阅、下沉的数字自动统计，不用写。",
    )  # fmt: skip


def _before(request: HttpRequest, task: Task, when: date, standing: Standing) -> dict:
    """What is there already, for whoever goes on writing."""
    log = DayLog.objects.readable_by(standing).filter(task=task, day=when).first()
    if log is None or request.method == "POST":
        return {"version": 0}
    (said,) = read_closed(things=[log], standing=standing, by=request.actor, at=request.at)
    return {"text": said["text"], "version": log.version}
