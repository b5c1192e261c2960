"""Papers made of one problem, and the Word templates an office may replace."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.permissions import Permission
from bihuan.paper import docx, pdf
from bihuan.problems.actions.note_paper import note_paper
from bihuan.problems.actions.put_template import put_template
from bihuan.problems.exports.papers import (
    OUTLINES,
    closing_facts,
    make_paper,
    notice_facts,
    own_template,
)
from bihuan.problems.exports.papers.trial import check_template, fields_of
from bihuan.problems.models import PaperTemplate
from bihuan.record.actions.keep_file import keep_file
from bihuan.record.filetypes import tidy_name
from bihuan.record.reads import file_response
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.refusals import into_form

from .finding import problem_for
from .side import makeable

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MIME = {"docx": WORD, "pdf": "application/pdf"}


@require_safe
@view(needs=SIGNED_IN)
def paper(request: HttpRequest, number: str, kind: str, which: str) -> HttpResponse:
    """整改通知书 or 销号单 of one problem, made now. That it was made is written down."""
    problem = problem_for(request, number)
    ready = {one["docx"] for one in makeable(problem) if one["ready"]}
    if (
        kind not in ("notice", "closing")
        or which not in _MIME
        or not any(f"/{kind}/" in url for url in ready)
    ):
        raise Http404
    outline = OUTLINES[kind]
    facts = notice_facts(problem, local_day(request.at)) if kind == "notice" else closing_facts(problem)
    made = make_paper(outline, facts, want=(which,))
    if which == "pdf" and made.pdf is None:
        raise Refused(made.why, "下载 Word 版，在 Word 里另存为 PDF")
    note_paper(problem=problem, kind=kind, by=request.actor, at=request.at)
    response = HttpResponse(made.pdf if which == "pdf" else made.docx, content_type=_MIME[which])
    name = f"{outline.label}_{problem.number}.{which}"
    response["Content-Disposition"] = content_disposition_header(which == "docx", name)
    response["Cache-Control"] = "private, no-store"
    return response


class TemplateForm(forms.Form):
    file = forms.FileField(label="Word 模板", help_text="docx，在下载的原模板上改；传上来先试填一遍")


@view(needs=Permission.RULES_MANAGE)
def templates(request: HttpRequest) -> HttpResponse:
    """文书模板: which papers there are, whose template is in force, and what may stand in one."""
    kept = {}
    for row in PaperTemplate.objects.select_related("put_by").order_by("id"):
        kept[row.kind] = row
    lines = [
        {"outline": outline, "own": row if (row := kept.get(code)) and row.file_id else None}
        for code, outline in OUTLINES.items()
    ]
    return render(
        request,
        "problems/templates.html",
        {"lines": lines, "page_title": "文书模板", "no_pdf": pdf.trouble()},
    )


@view(needs=Permission.RULES_MANAGE)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind: POST puts in the office's own template, or goes back to the shipped one."""
    if kind not in OUTLINES:
        raise Http404
    form = (
        TemplateForm(request.POST or None, request.FILES or None)
        if request.method == "POST"
        else TemplateForm()
    )
    if request.method == "POST" and "back" in request.POST:
        put_template(kind=kind, file=None, name="", by=request.actor, at=request.at)
        messages.success(request, f"{OUTLINES[kind].label}改回系统的模板。")
        return redirect("problems:templates")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            check_template(kind, given.read())
            given.seek(0)
            stored = keep_file(content=given, name=given.name, by=request.actor, at=request.at)
            put_template(kind=kind, file=stored, name=tidy_name(given.name), by=request.actor, at=request.at)
        except Refused as refused:
            into_form(form, refused)
        else:
            messages.success(
                request, f"{OUTLINES[kind].label}换成“{tidy_name(given.name)}”，以后发的函件按它出。"
            )
            return redirect("problems:templates")
    context = {
        "outline": OUTLINES[kind],
        "own": own_template(kind),
        "form": form,
        "fields": fields_of(kind),
        "page_title": f"{OUTLINES[kind].label}的模板",
    }
    return render(request, "problems/template.html", context, status=422 if form.errors else 200)


@view(needs=Permission.RULES_MANAGE)
def template_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The template in force, to change it: the office's own, else the shipped one."""
    if kind not in OUTLINES:
        raise Http404
    own = own_template(kind)
    if own is not None and "shipped" not in request.GET:
        return file_response(own.file, name=own.name, which="original", request=request)
    response = HttpResponse(docx.build_template(OUTLINES[kind]), content_type=WORD)
    response["Content-Disposition"] = content_disposition_header(True, f"{OUTLINES[kind].label}_模板.docx")
    return response
