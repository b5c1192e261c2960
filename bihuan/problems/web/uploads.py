"""Files that a page hands in: with the form, or one by one while the form is still being filled in."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from bihuan.kernel.refused import Refused
from bihuan.problems.forms.fields import Slot
from bihuan.problems.forms.slips import put_into, read_slip, take_file
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.refusals import sentence


def fill(request: HttpRequest, slots: Iterable[Slot]) -> bool:
    """Put what was handed in into the slots; False when a file was refused (its slot says why)."""
    fine, by, at = True, request.actor, request.at
    for slot in slots:
        # a browser sends a file field that was left empty as an empty text
        for token in filter(None, request.POST.getlist(slot.name)):
            fine &= put_into(slot, lambda token=token: read_slip(token, by=by))
        for file in request.FILES.getlist(slot.name):
            fine &= put_into(slot, lambda file=file: take_file(file, by=by, at=at))
    return fine


@require_POST
@view(needs=SIGNED_IN)
def upload(request: HttpRequest) -> JsonResponse:
    """One file, sent while the form is still being filled in: {id, name} or {reason}."""
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"reason": "没有收到文件，请再选一次。"}, status=400)
    try:
        slip = take_file(file, by=request.actor, at=request.at)
    except Refused as refused:
        return JsonResponse(
            {"reason": sentence(refused)}, status=400, json_dumps_params={"ensure_ascii": False}
        )
    return JsonResponse({"id": slip.token, "name": slip.name}, json_dumps_params={"ensure_ascii": False})
