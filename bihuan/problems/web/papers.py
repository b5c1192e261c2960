"""Papers made of one problem."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from bihuan.documents.exports import make_paper
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.problems.actions.note_paper import note_paper
from bihuan.problems.exports.papers import (
    OUTLINES,
    closing_facts,
    notice_facts,
)
from bihuan.ui.access import SIGNED_IN, view

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
