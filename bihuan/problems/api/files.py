"""Files in and out: sent first and named in the step that needs them; fetched by whoever sees the problem."""

from __future__ import annotations

from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Path, Query, Status
from ninja.files import UploadedFile

from bihuan.org.permissions import Permission
from bihuan.problems.actions.note_original import note_original
from bihuan.problems.actions.note_read import note_read
from bihuan.problems.forms.slips import take_file
from bihuan.problems.models import Attachment
from bihuan.record.models import StoredFile
from bihuan.record.reads import file_response
from bihuan.ui.api import MOST_ID, number_in_path

from .steps import problem_for

NUMBER = number_in_path()

#: how a download is described: whatever kind of file it is
ANY_FILE = {
    "responses": {
        200: {
            "description": "文件内容",
            "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
        },
        304: {"description": "没有变过（If-None-Match）"},
    }
}


def keep(request: HttpRequest, file: UploadedFile = File(..., description="照片或文件")) -> Any:  # noqa: B008
    """先传文件。返回的 id 一天内有效，登记或办理时放进 files。"""
    slip = take_file(file, by=request.actor, at=request.at)
    stored = StoredFile.objects.get(pk=slip.file_id)
    return Status(201, {"id": slip.token, "name": slip.name, "sha256": stored.sha256, "size": stored.size})


def fetch(
    request: HttpRequest,
    number: str = NUMBER,
    pk: int = Path(..., ge=1, le=MOST_ID, description="文件号"),
    which: Literal["shown", "thumb", "original"] = Query("shown", description="照片的展示件、缩略图、原件"),
) -> HttpResponse:
    """下载。照片原件含拍摄时间和地点，有“看照片原件”权限的才给。"""
    problem = problem_for(request, number)
    found = get_object_or_404(Attachment.objects.select_related("file"), problem=problem, pk=pk)
    if which == "original" and found.file.is_image:
        if not request.actor.may_in(Permission.FILE_ORIGINAL, problem.unit.path or ""):
            raise Http404
        note_original(problem=problem, attachment=found, by=request.actor, at=request.at)
    note_read(problems=[problem], by=request.actor, at=request.at, via="file")
    return file_response(found.file, name=found.name, which=which, request=request)  # type: ignore[return-value]
