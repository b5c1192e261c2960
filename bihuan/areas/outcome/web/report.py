"""One report: its text for who may read it, how far it has come, what was said of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.onsite.access import Data as OnsiteData
from bihuan.areas.onsite.access import Hat
from bihuan.areas.outcome import words
from bihuan.areas.outcome.actions.read_report import Read, read_edition, read_report
from bihuan.areas.outcome.actions.start_report import start_report
from bihuan.areas.outcome.models import Report, ReportEdition
from bihuan.areas.outcome.policies import may_check_facts, may_read, may_say, may_write, report_verdict
from bihuan.areas.outcome.reads import faults_of
from bihuan.areas.outcome.reads.citing import cited_by, uncited
from bihuan.documents.reads import menu_of
from bihuan.kernel.moment import local_day
from bihuan.org.forms import NodeField
from bihuan.org.models import Unit
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page

from .finding import Here, crumbs, hands, here, page_of, report_for
from .looks import look_of, marks_of, steps_of

_STEPS = ("hand_in", "team", "office", "leading", "approve", "issue", "return")


class StartForm(forms.Form):
    """A special report is addressed to a department; without one it is the report of the task."""

    def __init__(self, *args: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"] = NodeField(Unit, day, label="送哪个职能部门")


@view(needs=SIGNED_IN)
def start(request: HttpRequest, pk: int) -> HttpResponse:
    found = here(request, pk)

    def do(cleaned: dict[str, Any]) -> str:
        return page_of(start_report(task=found.task, **hands(found, request)))

    lead = "巡察报告由总体评价、主要问题、意见建议组成。每条问题都从组长签过的底稿来。"
    return act_page(
        request, forms.Form(request.POST if request.method == "POST" else None), do,
        title="起草巡察报告", button="起草", back=reverse("outcome:task", args=[pk]), done="可以写了",
        lead=lead, crumbs=crumbs(found),
    )  # fmt: skip


@view(needs=SIGNED_IN)
def start_special(request: HttpRequest, pk: int) -> HttpResponse:
    found = here(request, pk)

    def do(cleaned: dict[str, Any]) -> str:
        return page_of(start_report(task=found.task, **cleaned, **hands(found, request)))

    form = StartForm(request.POST or None, day=local_day(request.at))
    lead = "共性的、系统的问题写专题报告，送主管的职能部门。印发以后只有这个部门的联系人看得到这一份。"
    return act_page(
        request, form, do, title="起草专题报告", button="起草", back=reverse("outcome:task", args=[pk]),
        done="可以写了", lead=lead, crumbs=crumbs(found),
    )  # fmt: skip


@require_safe
@view(needs=SIGNED_IN)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = report_for(request, pk)
    faults = faults_of(one)
    may = may_read(one, found.standing, found.departments)
    context = {
        "page_title": str(one),
        "crumbs": crumbs(found),
        "here": found,
        "task": found.task,
        "report": one,
        "look": look_of(one),
        "steps": steps_of(one),
        "marks": marks_of(one),
        "readable": may,
        "verdicts": {step: report_verdict(step, one, found.standing, faults) for step in _STEPS},
        "write": may_write(one, found.standing),
        "say": may_say(one, found.standing),
        "facts": may_check_facts(one, found.standing),
        **(_text(request, found, one, faults) if may else {}),
    }
    return render(request, "outcome/report.html", context)


def _text(request: HttpRequest, found: Here, one: Report, faults: list) -> dict[str, Any]:
    said = read_report(report=one, departments=found.departments, **hands(found, request))
    chain = bool(found.standing.hats - {Hat.DEPARTMENT})
    team = may_write(one, found.standing)
    return {
        "said": said,
        "groups": _groups(one, said, {fault.finding.pk: fault.text for fault in faults}, found, chain),
        "opinions": said.opinions,
        "editions": one.editions.defer("sealed").order_by("-number") if chain else (),
        "free": len(uncited(one)) if team else 0,
        "chain": chain,
        "papers": menu_of(_papers(one, chain), request.actor),
    }


def _papers(one: Report, chain: bool) -> list[tuple[str, int]]:
    """A special report has one; that of a task has its list, which names drafts, for the chain."""
    if one.kind == "special":
        return [("outcome.special_report", one.pk)]
    return [("outcome.report", one.pk), ("outcome.problem_list", one.pk)] if chain else []


def _groups(one: Report, said: Read, faults: dict[int, str], found: Here, chain: bool) -> list[tuple]:
    """Findings under their focus; drafts are named for who may open them."""
    cited = cited_by(one) if chain else {}
    opens = bool(found.standing.reaches(OnsiteData.DRAFT))
    groups: dict[str, list[dict[str, Any]]] = {}
    for finding, text in said.findings:
        row = {
            "finding": finding, "said": text, "fault": faults.get(finding.pk, "") if chain else "",
            "drafts": cited.get(finding.pk, []), "opens": opens,
        }  # fmt: skip
        groups.setdefault(finding.focus.title, []).append(row)
    return list(groups.items())


@require_safe
@view(needs=SIGNED_IN)
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """The copy kept when the report was handed in."""
    row = get_object_or_404(ReportEdition.objects.defer("sealed").select_related("kept_by"), pk=pk)
    found, one = report_for(request, row.report_id)
    row.report = one
    said = read_edition(edition=row, **hands(found, request))
    labels = dict(words.SEVERITIES), dict(words.CATEGORIES)
    for finding in said["findings"]:
        finding["severity"], finding["category"] = (
            labels[0].get(finding["severity"], ""), labels[1].get(finding["category"], ""),
        )  # fmt: skip
    context = {
        "page_title": f"{one}{row}", "crumbs": crumbs(found, (str(one), page_of(one))), "edition": row,
        "said": said, "task": found.task,
    }  # fmt: skip
    return render(request, "outcome/edition.html", context)
