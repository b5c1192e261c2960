"""文书模板: which papers there are, whose template is in force, and what may stand in one."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from bihuan.documents.actions.put_template import put_template
from bihuan.documents.exports import make_paper
from bihuan.documents.models import Template
from bihuan.documents.reads import own_template, papers_by_room
from bihuan.kernel.refused import Refused
from bihuan.org.permissions import Permission
from bihuan.paper import docx, pdf
from bihuan.paper.form import check_template, fields_of
from bihuan.record.actions.keep_file import keep_file
from bihuan.record.filetypes import tidy_name
from bihuan.record.reads import file_response
from bihuan.registry import shelf
from bihuan.registry.papers import PaperKind
from bihuan.ui.access import view
from bihuan.ui.refusals import into_form

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class TemplateForm(forms.Form):
    file = forms.FileField(label="Word 模板", help_text="docx，在下载的原模板上改；传上来先试填一遍")


def kind_for(code: str) -> PaperKind:
    kind = shelf.papers().get(code)
    if kind is None:
        raise Http404
    return kind


@require_safe
@view(needs=Permission.RULES_MANAGE)
def templates(request: HttpRequest) -> HttpResponse:
    own = Template.objects.in_force()
    rooms = [
        (title, [{"kind": kind, "own": own.get(kind.code)} for kind in kinds])
        for title, kinds in papers_by_room()
    ]
    context = {"rooms": rooms, "page_title": "文书模板", "no_pdf": pdf.trouble()}
    return render(request, "documents/templates.html", context)


@view(needs=Permission.RULES_MANAGE)
def template(request: HttpRequest, code: str) -> HttpResponse:
    """One kind: POST puts in the office's own template."""
    kind = kind_for(code)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _put(request, kind, form):
        messages.success(request, f"{kind.form.label}换了模板，以后按它出。")
        return redirect("documents:template", code)
    context = {
        "kind": kind,
        "own": own_template(code),
        "form": form,
        "fields": fields_of(kind.form),
        "history": Template.objects.filter(kind=code).select_related("put_by").order_by("-id"),
        "page_title": f"{kind.form.label}的模板",
    }
    return render(request, "documents/template.html", context, status=422 if form.errors else 200)


def _put(request: HttpRequest, kind: PaperKind, form: TemplateForm) -> bool:
    """Checked, kept, put in; a refusal goes into the form."""
    given, by, at = form.cleaned_data["file"], request.actor, request.at
    try:
        check_template(kind.form, given.read())
        given.seek(0)
        stored = keep_file(content=given, name=given.name, by=by, at=at)
        put_template(kind=kind.code, file=stored, name=tidy_name(given.name), by=by, at=at)
    except Refused as refused:
        into_form(form, refused)
        return False
    return True


@require_POST
@view(needs=Permission.RULES_MANAGE)
def back(request: HttpRequest, code: str) -> HttpResponse:
    """Back to the template that comes with the product."""
    kind = kind_for(code)
    put_template(kind=code, file=None, name="", by=request.actor, at=request.at)
    messages.success(request, f"{kind.form.label}改回系统的模板。")
    return redirect("documents:template", code)


@require_safe
@view(needs=Permission.RULES_MANAGE)
def template_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """The shipped template, to change it; with `of` one of the office's own."""
    kind = kind_for(code)
    if (pk := request.GET.get("of", "")).isdecimal():
        own = get_object_or_404(Template.objects.exclude(file=None), kind=code, pk=int(pk))
        return file_response(own.file, name=own.name, which="original", request=request)
    return _word(docx.build_template(kind.form.outline), f"{kind.form.label}_模板.docx")


@require_safe
@view(needs=Permission.RULES_MANAGE)
def sample(request: HttpRequest, code: str) -> HttpResponse:
    """How a paper of this kind looks, with invented facts, in the template in force."""
    kind = kind_for(code)
    made = make_paper(kind.form.outline, kind.form.sample, want=("docx",))
    return _word(made.docx, f"{kind.form.label}_样张.docx")


def _word(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=WORD)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
