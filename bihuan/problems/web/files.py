"""Files of a problem: whoever may see the problem may see them; originals of photos only with the permission."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from bihuan.org.permissions import Permission
from bihuan.problems.actions.note_original import note_original
from bihuan.problems.models import Attachment
from bihuan.record.reads import Which, file_response
from bihuan.ui.access import SIGNED_IN, view

from .finding import problem_for


def _attachment(request: HttpRequest, number: str, pk: int, small: bool = False) -> Attachment:
    """The attachment of a problem this reader may see. Raises Http404, also for a file of another problem."""
    problem = problem_for(request, number, "" if small else "file")
    return get_object_or_404(Attachment.objects.select_related("file"), problem=problem, pk=pk)


def _send(request: HttpRequest, number: str, pk: int, which: Which) -> HttpResponse:
    found = _attachment(request, number, pk, small=which == "thumb")
    return file_response(found.file, name=found.name, which=which, inline=True, request=request)


@require_safe
@view(needs=SIGNED_IN)
def file(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The copy that is shown: of a photo without the time and place the camera wrote into it."""
    return _send(request, number, pk, "shown")


@require_safe
@view(needs=SIGNED_IN)
def thumb(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    return _send(request, number, pk, "thumb")


@require_safe
@view(needs=Permission.FILE_ORIGINAL)
def original(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The file as it was handed in. The permission must hold in the unit of this very problem."""
    problem = problem_for(request, number, "")
    if not request.actor.may_in(Permission.FILE_ORIGINAL, problem.unit.path or ""):
        raise Http404
    found = _attachment(request, number, pk)
    note_original(problem=problem, attachment=found, by=request.actor, at=request.at)
    return file_response(found.file, name=found.name, which="original", request=request)
